"""What is not known of the budget: whether the classifier is that of the law, and the months that nobody entered."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown, UnknownSource

from .. import queries


def _unknowns() -> Iterator[Unknown]:
    told, years = queries.classifier(), queries.years()
    if not years or not told.source or told.confirmed:
        return
    yield Unknown(
        what=_("Los nombres de capítulos, conceptos y partidas del clasificador"),
        mark=Mark.UNCONFIRMED,
        url=reverse("budget_by", args=[years[0], "capitulo"]),
        place=_("Presupuesto por capítulo"),
        owner=institutes.open_data().areas.get("budget") or institutes.current().name,
        remedy=_("Que alguien coteje el clasificador con la norma y lo anote en los datos del instituto, con su fuente."),
        also=(reverse("budget_year", args=[years[0]]), *_with_money(years[0]), *_changes(years[0])),
    )


def _untold() -> Iterator[Unknown]:
    """One for each year: of the months after the last entry nobody knows yet."""
    for year in queries.years():
        pages, last = _with_money(year), queries.last_month(year)
        if not pages or last is None or last == 12:
            continue
        first, *others = pages
        yield Unknown(
            what=_("El dinero de los meses de %(year)s que aún no tienen movimientos") % {"year": year},
            mark=Mark.NO_DATA,
            url=first,
            place=_("El dinero de cada actividad"),
            owner=institutes.open_data().areas.get("budget") or institutes.current().name,
            remedy=_("Que se registren los movimientos de cada mes cuando termine."),
            also=tuple(others),
        )


def _changes(year: int) -> tuple[str, ...]:
    """The pages of the adecuaciones that were decided."""
    return tuple(reverse("budget_change", args=[year, one.key]) for one in queries.decided(year))


def _with_money(year: int) -> tuple[str, ...]:
    """The pages of the activities that have some."""
    keys = sorted({one.activity for one in queries.purses(year)})
    return tuple(reverse("budget_activity", args=[year, key]) for key in keys)


UNKNOWNS.add("budget.classifier", UnknownSource("budget.classifier", _unknowns))
UNKNOWNS.add("budget.months", UnknownSource("budget.months", _untold))
