"""Who may open an address: every view carries its policy, and a house test refuses one without."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import wraps
from typing import Protocol, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from . import institutes
from .act import Actor, Forbidden, Policy

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
LOOPBACK_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
# What a server that passes a request on may add to it.
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


class Acting(Protocol):
    """What `access` needs to know of an account."""

    @property
    def is_authenticated(self) -> bool:
        """Whether it signed in."""
        ...

    def actor(self) -> Actor:
        """Who it is for acts and policies."""
        ...


def anyone(actor: Actor, /) -> bool:
    """The policy of what is public."""
    return True


def public(view: View) -> View:
    """Marks a view as open to anyone."""
    view.policy = anyone  # type: ignore[attr-defined]  # functions carry attributes; the house test reads this one
    return view


def staff(policy: Policy) -> Callable[[View], View]:
    """A view for whoever passes `policy`: a stranger is sent to sign in; an account without the right gets a 404.

    404 and not 403: what one may not see, one need not know to exist.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not policy(actor_of(request)):
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except Forbidden as error:
                raise Http404 from error

        guarded.policy = policy  # type: ignore[attr-defined]  # as in `public`
        return cast(View, guarded)

    return decorate


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a signed-in request."""
    return cast(Acting, request.user).actor()


def network_address(request: HttpRequest) -> str:
    """Where a request comes from: behind a proxy of ours (`CALPULLI_HTTPS=1`), the last address that the proxy wrote.

    Of IPv6, the network of 64 bits: whoever is connected has all of it, and could count as another with each request.
    """
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    told = forwarded if settings.BEHIND_PROXY and forwarded else str(request.META.get("REMOTE_ADDR", ""))
    try:
        found = ipaddress.ip_address(told)
    except ValueError:
        return told
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def at_this_computer(request: HttpRequest) -> bool:
    """Whether a request of the demonstration's site came over loopback, by its own name, through no proxy.

    By what the server saw of the connection. What the request says of itself can only tell against it.
    """
    passed_on = any(name in request.headers for name in PASSED_ON)
    by_name = LOOPBACK_HOST.fullmatch(request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", ""))
    direct = not settings.BEHIND_PROXY and not passed_on and _is_loopback(request.META.get("REMOTE_ADDR", ""))
    return institutes.current().demonstration and direct and by_name is not None


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
