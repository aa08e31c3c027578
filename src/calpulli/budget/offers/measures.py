"""Measures of the budget: pesos by moment, from its entries, each with its batch.

By line there is none: what is shared is the balance of an activity, and its parts are no sums of entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Substr
from django.utils.translation import gettext_lazy as _

from calpulli.annual import doors as annual
from calpulli.annual.doors import ActivityCard
from calpulli.commons.registries.measures import Aggregate, Change, Dimension, Measure, Touched, offer_measures

from .. import queries
from ..models import BudgetBatch, BudgetEntry
from ..queries import words

MOST = 500  # places that batches changed; of more, everything is read again
SHOWN = (
    ("activity", _("Actividad")),
    ("area", _("Área")),
    ("source", _("Fuente")),
    ("partida", _("Partida")),
    ("moment", _("Momento")),
    ("told_document", _("Documento")),
)
MOMENTS = {
    "approved": (("approved",), _("Presupuesto aprobado"), _("Los pesos que se aprobaron para el mes.")),
    "modified": (
        ("approved", "change"),
        _("Presupuesto modificado"),
        _("Lo aprobado, más las ampliaciones, menos las reducciones."),
    ),
    "committed": (("committed",), _("Presupuesto comprometido"), _("Los pesos que se prometieron a alguien en el mes.")),
    "accrued": (("accrued",), _("Presupuesto devengado"), _("Los pesos de lo que se recibió en el mes y se debe.")),
    "exercised": (("exercised",), _("Presupuesto ejercido"), _("Los pesos que en el mes se autorizaron para pago.")),
    "paid": (("paid",), _("Presupuesto pagado"), _("Los pesos que se pagaron en el mes.")),
}


def _rows(asked: frozenset[str]) -> QuerySet[Any]:
    """The entries; `month` as measures count it."""
    plain = {name: F(f"entries__{name}") for name in ("area", "programme", "activity", "source", "partida", "moment", "cents")}
    found = BudgetBatch.objects.filter(entries__isnull=False).annotate(
        month=F("entries__year") * 12 + F("entries__month") - 1, **plain
    )
    if "chapter" in asked:
        found = found.annotate(chapter=Concat(Substr("entries__partida", 1, 1), Value("000")))
    rows: QuerySet[Any] = found.annotate(told_document=Coalesce(NullIf("entries__document", Value("")), F("document")))
    return rows


def changed(touched: Touched) -> Iterable[Change] | None:
    """The months, purses and chapters of the batches that came; nothing else changes a sum of entries."""
    of = ("year", "month", "area", "programme", "activity", "source", "partida")
    batches = map(int, touched.get(BudgetBatch._meta.db_table, ()))
    found = list(BudgetEntry.objects.filter(batch_id__in=batches).order_by().values_list(*of).distinct()[: MOST + 1])
    return None if len(found) > MOST else [_change(*row) for row in found]


def _change(year: int, month: int, area: str, programme: str, activity: str, source: str, partida: str) -> Change:
    one = {"area": area, "programme": programme, "activity": activity, "source": source, "chapter": f"{partida[:1]}000"}
    return Change(year * 12 + month - 1, {name: frozenset({value}) for name, value in one.items()})


def since() -> int | None:
    """January of the first year with entries: a budget is of its whole year, and a month of it without any had none.

    So what is sealed of a year whose entries begin later says 0 where its tables say nothing. None before any entry.
    """
    first = queries.first_month()
    return None if first is None else first // 12 * 12


def _moments() -> Mapping[str, str]:
    return {key: str(told) for key, told in words.ENTERED.items()}


def _chapters() -> Mapping[str, str]:
    return queries.classifier().chapters


def _sources() -> Mapping[str, str]:
    return queries.classifier().sources


def _areas() -> Mapping[str, str]:
    return queries.area_names()


def _activities(years: Iterable[int] | None = None) -> Mapping[str, str]:
    return {card.key: card.name for card in _cards(years)}


def _programmes(years: Iterable[int] | None = None) -> Mapping[str, str]:
    return {card.programme: card.programme_name for card in _cards(years)}


def _cards(years: Iterable[int] | None) -> Iterator[ActivityCard]:
    """The activities of approved exercises, the oldest first: of a draft, nothing is anybody's."""
    for exercise in reversed(annual.exercises()):
        if exercise.is_approved and (years is None or exercise.year in years):
            yield from annual.activities(exercise.id)


DIMENSIONS = (
    Dimension("activity", _("Actividad"), _activities, of_year=lambda year: _activities([year]), url=annual.activity_page),
    Dimension("area", _("Área"), _areas),
    Dimension("programme", _("Programa"), _programmes, of_year=lambda year: _programmes([year])),
    Dimension("chapter", _("Capítulo"), _chapters),
    Dimension("source", _("Fuente del dinero"), _sources),
)

offer_measures(
    Measure(
        key=f"budget.{name}",
        name=called,
        counts=counts,
        aggregate=Aggregate.SUM,
        unit="pesos",
        rows=_rows,
        keeps=Q(moment__in=moments),
        value="cents",
        scale=Fraction(1, 100),
        dimensions=DIMENSIONS,
        owner="budget",
        chains=("budget", "annual"),
        changed=changed,
        since=since,
        shown=SHOWN,
        said={"moment": _moments},
        dataset="movimientos-del-presupuesto",
    )
    for name, (moments, called, counts) in MOMENTS.items()
)
