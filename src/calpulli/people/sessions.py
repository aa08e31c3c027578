"""Sessions: how one begins, what keeps it open, and how it ends. Each has a row; without the row there is no session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from calpulli.commons import clock
from calpulli.commons.access import at_this_computer
from calpulli.commons.registries.personal import Person

from . import factors, limits
from .models import Account, OpenSession, SpentCode

# In a browser's session: which open session it is, when the person proved who she is, whether she must still enrol.
HANDLE, PROVED, NEEDS_FACTOR = "open_session", "proved_at", "needs_factor"
# On a request: how the person proved who she is, and on what device.
HOW = "signed_in_by"
# Being seen is written no more often than this.
SEEN_EVERY = dt.timedelta(minutes=1)
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def begin(request: HttpRequest, account: Account, *, how: str) -> None:
    """Signs the account in, with another session key than the browser had, and notes how and on what device."""
    setattr(request, HOW, (how, device_of(request.headers.get("User-Agent", ""))))
    auth.login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    note_proof(request)
    if must_have_factor(account) and not factors.has_one(account):
        request.session[NEEDS_FACTOR] = True


@receiver(user_logged_in)
def note_open_session(sender: object, request: HttpRequest, user: Account, **_: Any) -> None:
    """Whatever signs an account in, its session is listed: here, because no way in can go round this signal."""
    now = clock.now()
    how, device = getattr(request, HOW, ("otro", ""))
    opened = OpenSession.objects.create(account=user, how=how, device=device, began_at=now, seen_at=now)
    request.session[HANDLE] = str(opened.pk)


def must_have_factor(account: Account) -> bool:
    """Whether the institute asks a second factor of this account: of its staff, if it does."""
    return limits.current().staff_second_factor and not account.is_resident


def note_proof(request: HttpRequest) -> None:
    """The person has just proved who she is."""
    request.session[PROVED] = clock.now().timestamp()


def is_proved(request: HttpRequest) -> bool:
    """Whether the person proved who she is so lately that she may change how she signs in."""
    proved = float(request.session.get(PROVED, 0))
    return clock.now().timestamp() - proved < 60 * limits.current().proof_minutes


def current(request: HttpRequest) -> OpenSession | None:
    """The open session of a signed-in request."""
    handle = request.session.get(HANDLE)
    held = OpenSession.objects.filter(pk=handle).first() if handle else None
    return held if held is not None and held.account_id == request.user.pk else None


def of_account(account: Account) -> QuerySet[OpenSession]:
    """The account's open sessions that still hold, newest first."""
    oldest, seen = _edges()
    return OpenSession.objects.filter(account=account, began_at__gt=oldest, seen_at__gt=seen).order_by("-began_at")


def close(account: Account, session_id: UUID) -> bool:
    """Ends one session of the account; False when it has no such session."""
    return bool(OpenSession.objects.filter(account=account, pk=session_id).delete()[0])


def close_others(account: Account, *, but: OpenSession | None) -> int:
    """Ends every session of the account but one; how many."""
    found = OpenSession.objects.filter(account=account)
    return (found.exclude(pk=but.pk) if but else found).delete()[0]


def end(request: HttpRequest) -> None:
    """Signs out: the row goes, and with it every copy of the cookie."""
    session = current(request)
    if session is not None:
        session.delete()
    auth.logout(request)


def keep(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: a session that was closed, is too old or was long unused is no session; nor a demonstration's from afar."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return get_response(request)
        if not _holds(request):
            end(request)
        elif request.session.get(NEEDS_FACTOR) and not _may_wait(request):
            return redirect("one_time_key")
        return _private(request, get_response(request))

    return answer


def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What somebody who signed in was shown stays on no shared computer, unless its page says who may keep it."""
    if request.user.is_authenticated and not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _holds(request: HttpRequest) -> bool:
    session = current(request)
    oldest, seen = _edges()
    if session is None or session.began_at <= oldest or session.seen_at <= seen or not may_be_here(request, _account(request)):
        return False
    if clock.now() - session.seen_at > SEEN_EVERY:
        OpenSession.objects.filter(pk=session.pk).update(seen_at=clock.now())
    return True


def _account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def _edges() -> tuple[dt.datetime, dt.datetime]:
    """Before which a session that began, or was last seen, has ended."""
    now, told = clock.now(), limits.current()
    return now - dt.timedelta(hours=told.session_hours), now - dt.timedelta(minutes=told.idle_minutes)


def _may_wait(request: HttpRequest) -> bool:
    """Pages that whoever still lacks the second factor that the institute asks for may open: to set it, or to leave."""
    return request.path.startswith((reverse("one_time_key"), reverse("sign_out"), reverse("confirm")))


def may_be_here(request: HttpRequest, account: Account) -> bool:
    """An account of the demonstration is used only at the demonstration's own computer."""
    return not is_demonstration(account) or at_this_computer(request)


def is_demonstration(account: Account) -> bool:
    """Whether the account is one of those that the demonstration brings."""
    return bool(account.demonstration)


def device_of(agent: str) -> str:
    """Browser and system in a few words; nothing that tells one telephone from another of its kind."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part)


def close_all_of(person: Person, /) -> int:
    """Ends every session of a person; how many."""
    return OpenSession.objects.filter(account_id=person.account).delete()[0]


def forget_codes_of(person: Person, /) -> int:
    """Forgets which codes a person spent; how many."""
    return SpentCode.objects.filter(account_id=person.account).delete()[0]


def forget_old() -> int:
    """Deletes the sessions that no longer hold, and what browsers held of them; how many."""
    oldest, seen = _edges()
    ended = OpenSession.objects.filter(Q(began_at__lte=oldest) | Q(seen_at__lte=seen)).delete()[0]
    return ended + Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
