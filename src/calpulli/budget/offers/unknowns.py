"""What is not known of the budget: whether the classifier is that of the law."""

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
        also=(reverse("budget_year", args=[years[0]]),),
    )


UNKNOWNS.add("budget.classifier", UnknownSource("budget.classifier", _unknowns))
