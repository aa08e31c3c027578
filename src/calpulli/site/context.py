"""What the layout of every page knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.page_parts import url
from calpulli.ledger import doors as ledger

from . import languages


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Trust:
    """What a page prints so that someone can hold us to it."""

    fingerprint: str
    head: ledger.Head


def institute_context(request: HttpRequest) -> dict[str, Any]:
    """Institute, navigation and trust marks; read only if the page shows them."""
    return {
        "institute": institutes.current(),
        "look": institutes.current_look(),
        "look_url": look_url,
        "nav": navigation(request),
        "trust": SimpleLazyObject(trust),
        "twin": languages.twin_of(request),
    }


def look_url(name: str) -> str:
    """The address of one of the institute's marks, with the version under which it may be kept."""
    return f"{url(name)}?v={institutes.current_look().version}"


def navigation(request: HttpRequest) -> list[NavItem]:
    """The entries of the public site, and the desk for whoever signed in."""
    entries = [
        (_("Programa"), url("home")),
        (_("Tablero"), url("board")),
        (_("Presupuesto"), url("budget")),
        (_("Registros"), url("records")),
        (_("Datos"), url("datasets")),
        (_("Verificar"), url("verifying")),
    ]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        entries.append((_("Mi mesa"), url("desk")))
    return [NavItem(label, address, _is_current(request.path, address)) for label, address in entries]


def _is_current(path: str, address: str) -> bool:
    """Whether the page is in that part of the site; the programme's and its years' are under the home page's entry."""
    if address == url("home"):
        return path == address or any(_is_current(path, url(name)) for name in ("plans", "poa"))
    return path == address or path.startswith(address + "/")


def trust() -> Trust | None:
    """The key in use and the head of the planning chain; None before the first key."""
    key = ledger.key_in_use()
    return Trust(key, ledger.head("planning")) if key else None
