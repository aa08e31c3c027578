"""Indicators as they are handed over: the last computation that is kept of each in each period, with the sheet that it was of.

All of it follows from what is kept, and none from today: the same facts give the same rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count

from calpulli.commons import clock
from calpulli.commons.registries.measures import MEASURES
from calpulli.ledger.doors import remembered
from calpulli.people.doors import area_cards
from calpulli.planning.doors import PlanCard, find_card
from calpulli_core.indicators.computing import rounded
from calpulli_core.indicators.moments import Moment

from ..models import Computation, Sheet
from .bands import Standing, standing_of
from .cells import Why, months_of
from .holding import Holding
from .kept import Kept, kept_of
from .sheets import HELD, Binding, SheetView, TargetView, targets_in_force
from .timing import Terms, early_until, span_of
from .words import cause_words, moment_words, value_words

THOUSAND = 1000


@dataclass(frozen=True)
class Reported:
    """The last computation of an indicator in a period; `times`: how many are kept of it.

    `held_at`: the last time that it was computed and came to the same, which keeps nothing.
    """

    sheet: SheetView
    kept: Kept
    computed_at: dt.datetime
    held_at: dt.datetime
    times: int
    target: TargetView | None

    @property
    def moment(self) -> Moment:
        """Its period."""
        return Moment.parse(self.kept.period)

    @property
    def value(self) -> Fraction | None:
        """The number, if there is one."""
        return self.kept.number if self.kept.value else None

    @property
    def standing(self) -> Standing:
        """How it stood against what was set, on the last day on which it was computed."""
        row, target = self.sheet.row, self.target.value if self.target else None
        early = bool(self.target) and clock.day_at(self.held_at) <= early_until(self.sheet, self.moment, Terms())
        if not self.kept.value and self.kept.cause == Why.NOT_DUE:
            return Standing.EARLY
        return standing_of(self.value, target, row.bands, row.sense, is_early=early)

    @property
    def words(self) -> str:
        """The number as people read it; empty without one."""
        return "" if self.value is None else value_words(self.value, percentage=self.sheet.is_percentage)

    @property
    def period_words(self) -> str:
        """Its period in words."""
        return moment_words(self.moment)

    @property
    def why(self) -> str:
        """Why there is no number, in words; empty where there is one."""
        return "" if self.kept.value else cause_words(self.kept.cause)


@remembered("indicators")
def reported() -> tuple[Reported, ...]:
    """Every indicator that was ever computed, in each of its periods."""
    sheets = {(row.key, row.version): SheetView(row) for row in Sheet.objects.filter(state__in=HELD)}
    holding = Holding(sheets.values())
    grouped = Computation.objects.order_by().values_list("indicator", "period").annotate(Count("pk"))
    times = {(indicator, period): count for indicator, period, count in grouped}
    last = Computation.objects.order_by("indicator", "period", "-batch_id", "-position").distinct("indicator", "period")
    targets = targets_in_force()
    return tuple(
        _reported(row, sheets[row.indicator, row.version], holding, times[row.indicator, row.period], targets) for row in last
    )


def _reported(
    row: Computation,
    sheet: SheetView,
    holding: Holding,
    times: int,
    targets: Mapping[tuple[str, str], TargetView],
) -> Reported:
    computed_at, held_at = holding.computed_at[row.batch_id], holding.until(sheet, row)
    return Reported(sheet, kept_of(row), computed_at, held_at, times, targets.get((row.indicator, row.period)))


def format_values(one: Reported) -> Mapping[str, Any]:
    """What the formats ask of an indicator in a period, by the key of each column; numbers in thousandths."""
    row, target, (starts_on, ends_on) = one.sheet.row, one.target, span_of(one.moment)
    plan = find_card(row.plan_key)
    return {
        "ejercicio": one.moment.year,
        "inicio": starts_on,
        "termino": ends_on,
        "programa": _plan_name(plan) if plan else row.plan_key,
        "objetivo": plan.objective(row.objective) if plan else str(row.objective),
        "indicador": row.name,
        "dimension": row.get_dimension_display(),
        "definicion": row.definition,
        "metodo": _method(one.sheet),
        "unidad": row.unit,
        "frecuencia": row.get_frequency_display(),
        "linea_base": _thousandths(Fraction(row.baseline)) if row.baseline else None,
        "metas_programadas": _thousandths(target.programmed) if target else None,
        "metas_ajustadas": _thousandths(target.value) if target and target.is_adjusted else None,
        "avance": None if one.value is None else _thousandths(one.value),
        "sentido": row.get_sense_display(),
        "fuente": row.source,
        "area": _area(one),
        "actualizacion": clock.day_at(one.computed_at),
        "nota": " ".join(_notes(one)),
    }


def _plan_name(plan: PlanCard) -> str:
    return f"Programa {plan.generation}"


def _area(one: Reported) -> str:
    """The name that the area had when it was computed."""
    with clock.rehearse(one.computed_at):
        return next((card.name for card in area_cards() if card.key == one.sheet.row.area), one.sheet.row.area)


def _thousandths(value: Fraction) -> int:
    return int(rounded(value, 3) * THOUSAND)


def _method(sheet: SheetView) -> str:
    named = "; ".join(f"{name}: {_stands_for(binding)}" for name, binding in sheet.bindings.items())
    return f"{sheet.row.formula}. {named}" if named else sheet.row.formula


def _stands_for(binding: Binding) -> str:
    if binding.measure:
        measure = MEASURES.get(binding.measure)
        of = ", ".join(f"{key} {value}" for key, value in binding.where)
        return f"{measure.name if measure else binding.measure}{f' ({of})' if of else ''}"
    return f"el indicador {binding.indicator}" if binding.indicator else binding.awaits or "la meta del periodo"


def _notes(one: Reported) -> Iterator[str]:
    """A blank says why it is one; so does what is not so."""
    if one.sheet.row.invented:
        yield one.sheet.row.invented
    if one.value is None:
        yield f"Sin avance: {one.why}."
    if not one.target:
        yield "Sin meta: el instituto no la ha fijado."
    if not one.sheet.row.baseline:
        yield "Sin línea base: la ficha no la dice."
    yield f"Ficha versión {one.kept.version}."


def of_quarter(quarter: Moment, marks: Iterable[str]) -> list[Reported]:
    """What a quarter reports of the indicators with those marks: what ends within it."""
    last, wanted = quarter.place * 3 + 2, frozenset(marks)
    ends = {last - 2, last - 1, last}
    return [one for one in reported() if one.sheet.row.mark in wanted and months_of(one.moment).stop - 1 in ends]
