"""Editions of data sets, and their differences in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calpulli.ledger import doors as ledger

from ..models import DatasetEdition

CHAIN = "transparency"


@dataclass(frozen=True)
class DifferenceView:
    """One difference: what happened to which row, and in which column."""

    kind: str
    row: str
    column: str
    before: str
    after: str


def editions_of(key: str) -> list[DatasetEdition]:
    """The editions of a data set, the newest first."""
    return list(DatasetEdition.objects.filter(dataset=key).order_by("-number"))


def edition_of(key: str, number: int) -> DatasetEdition | None:
    """That edition."""
    return DatasetEdition.objects.filter(dataset=key, number=number).first()


def fact_of(edition: DatasetEdition) -> int:
    """Where the ledger says that it was published: the number of the fact in its chain."""
    told = {"dataset": edition.dataset, "edition": edition.number}
    return ledger.sequence_of(CHAIN, name="transparency.dataset_published", details=told)


def latest_editions(limit: int) -> list[DatasetEdition]:
    """The newest editions of all data sets."""
    return list(DatasetEdition.objects.order_by("-published_at", "-id")[:limit])


def sentences(differences: Mapping[str, Any]) -> list[str]:
    """What changed since the edition before, in plain words; empty for a first edition."""
    if not differences:
        return []
    about = (_about_columns, _about_rows, _about_cells, _about_description)
    return [sentence for tell in about for sentence in tell(differences)] or [_about_the_rest()]


def _about_the_rest() -> str:
    return _("Los renglones son los mismos: cambió solo su orden o cómo se escriben.")


def _about_columns(told: Mapping[str, Any]) -> list[str]:
    pairs = (
        (_("Se agregó la columna «%(name)s»."), "columns_added"),
        (_("Ya no está la columna «%(name)s»."), "columns_removed"),
    )
    return [sentence % {"name": name} for sentence, key in pairs for name in told[key]]


def _about_rows(told: Mapping[str, Any]) -> list[str]:
    added, removed = told["added"], told["removed"]
    found = []
    if added:
        found.append(ngettext("Se agregó %(count)d renglón.", "Se agregaron %(count)d renglones.", added) % {"count": added})
    if removed:
        found.append(ngettext("Se quitó %(count)d renglón.", "Se quitaron %(count)d renglones.", removed) % {"count": removed})
    return found


def _about_cells(told: Mapping[str, Any]) -> list[str]:
    return [
        ngettext("En %(count)d renglón cambió «%(name)s».", "En %(count)d renglones cambió «%(name)s».", count)
        % {"count": count, "name": name}
        for name, count in told["changed"].items()
    ]


def _about_description(told: Mapping[str, Any]) -> list[str]:
    """What is said of the data set and not in it."""
    words = {
        "title": _("el título"),
        "description": _("de qué trata"),
        "licenses": _("la licencia"),
        "contributors": _("quién responde"),
        "keywords": _("con qué palabras se busca"),
        "cadence": _("cada cuándo cambia"),
        "sensitivity": _("qué tan sensible es"),
        "legal": _("el fundamento"),
        "check": _("cómo se comprueba"),
        "dictionary": _("el diccionario"),
    }
    named = ", ".join(words[name] for name in told.get("described", ()) if name in words)
    return [_("Cambió lo que se dice del conjunto: %(what)s.") % {"what": named}] if named else []
