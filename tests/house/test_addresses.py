"""Every address of the site carries its policy, and keeps it."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path
from ninja import NinjaAPI
from ninja.operation import PathView

from calpulli.commons.access import anyone, public, staff
from calpulli.commons.act import Actor
from calpulli.transparency.api import path_views, urlpatterns
from calpulli.transparency.api.addresses import opened

Patterns = list[URLPattern | URLResolver]


class NoRights:
    """A signed-in account that carries no role."""

    is_authenticated = True

    def actor(self) -> Actor:
        return Actor(ref="cuenta:sin-funciones", account="00000000-0000-0000-0000-000000000000")


def views(patterns: Patterns, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Address and view of every pattern, through includes."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def without_policy(patterns: Patterns) -> list[str]:
    """The addresses whose view says nothing of who may open it."""
    return [address for address, view in views(patterns) if not callable(getattr(view, "policy", None))]


def with_strange_policy(patterns: Patterns) -> list[str]:
    """The addresses of staff whose policy is not one of the policies of the view's own package."""
    return [
        address
        for address, view in views(patterns)
        if (policy := getattr(view, "policy", None)) not in (None, anyone)
        and not re.fullmatch(package_of(view) + r"\.policies(\.\w+)?", policy.__module__)
    ]


def package_of(view: Callable[..., Any]) -> str:
    """`calpulli.planning` for a view of planning."""
    return ".".join(view.__module__.split(".")[:2])


def of_staff() -> list[tuple[str, Callable[..., Any]]]:
    found = [(address, view) for address, view in views(get_resolver().url_patterns) if view.policy is not anyone]
    assert found, "the site has a staff desk"
    return found


def values(address: str) -> dict[str, object]:
    """A value for each thing that an address asks; what it is does not matter to who may open it."""
    return dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", address.replace("?P<", "<")), 1)


def test_every_address_has_a_policy() -> None:
    assert len(list(views(get_resolver().url_patterns))) > 20
    assert without_policy(get_resolver().url_patterns) == []


def test_policies_of_staff_are_those_of_the_package() -> None:
    assert with_strange_policy(get_resolver().url_patterns) == []


def test_a_stranger_is_sent_to_sign_in_and_goes_no_further() -> None:
    for address, view in of_staff():
        answer = view(_request(AnonymousUser()), **values(address))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/entrar"), address


def test_an_account_without_the_right_finds_nothing() -> None:
    open_to_any_account = [address for address, view in of_staff() if view.policy(NoRights().actor())]
    # Where signing in leads, which shows each one what is hers, maybe nothing; her dates; hints on what she writes; her account.
    found = sorted(address for address in open_to_any_account if not address.startswith("mi-cuenta"))
    assert found == ["mesa", "mesa/calendario", "texto/pistas"]
    for address, view in of_staff():
        if address not in open_to_any_account:
            with pytest.raises(Http404):
                view(_request(NoRights()), **values(address))


def operations_without_policy(views: Iterable[PathView]) -> list[str]:
    """The operations of the API that say nothing of who may ask for them."""
    return [one.path for view in views for one in view.operations if not callable(getattr(one.view_func, "policy", None))]


def test_every_operation_of_the_api_has_a_policy() -> None:
    found = path_views()
    assert len(found) >= 5
    assert operations_without_policy(found.values()) == []
    assert set(found) <= {pattern.name for pattern in urlpatterns}


def test_an_operation_without_policy_is_found_and_not_served() -> None:
    api = NinjaAPI(urls_namespace="planted", docs_url=None, openapi_url=None)
    api.get("/planted")(_bare_copy())
    planted = [view for _, router in api._routers for view in router.path_operations.values()]
    assert operations_without_policy(planted) == ["/planted"]
    with pytest.raises(ValueError, match="need one policy"):
        opened(_bare, planted[0].operations)


def _request(user: object) -> HttpRequest:
    request = RequestFactory().post("/")
    request.user = user  # type: ignore[assignment]
    return request


def _bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sin política")


def test_an_address_without_policy_is_found() -> None:
    bare = path("planted", _bare)
    inside = path("below/", ([bare], "planted", "planted"))
    assert without_policy([bare, inside, path("open", public(_bare_copy()))]) == ["planted", "below/planted"]


def test_a_policy_from_elsewhere_is_found() -> None:
    def mine(actor: Actor, /) -> bool:
        return True

    assert with_strange_policy([path("planted", staff(mine)(_bare_copy()))]) == ["planted"]


def _bare_copy() -> Callable[[HttpRequest], HttpResponse]:
    """A view of its own each time: `public` marks the function that it is given."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    view.__module__ = "calpulli.planning.pages.planted"
    return view
