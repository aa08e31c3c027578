"""What the layout of every page knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from calpulli.commons import institutes
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
    return f"{reverse(name)}?v={institutes.current_look().version}"


def navigation(request: HttpRequest) -> list[NavItem]:
    """The entries of the public site, and the desk for whoever signed in."""
    entries = [
        (_("Programa"), reverse("home")),
        (_("Registros"), reverse("records")),
        (_("Organización"), reverse("organisation")),
        (_("Datos"), reverse("datasets")),
        (_("Verificar"), reverse("verifying")),
        (_("Libro de hechos"), reverse("ledger")),
    ]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        entries.append((_("Mi mesa"), reverse("desk")))
    return [NavItem(label, url, _is_current(request.path, url)) for label, url in entries]


def _is_current(path: str, url: str) -> bool:
    """Whether the page is in that part of the site; the programme's pages are under the home page's entry."""
    if url == reverse("home"):
        return path == url or _is_current(path, reverse("plans"))
    return path == url or path.startswith(url + "/")


def trust() -> Trust | None:
    """The key in use and the head of the planning chain; None before the first key."""
    keys = ledger.signing_keys()
    return Trust(keys[-1]["fingerprint"], ledger.head("planning")) if keys else None
