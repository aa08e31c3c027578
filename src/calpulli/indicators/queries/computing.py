"""Values of many indicators at once: first which cells they need, then all of them in few questions, then the formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from calpulli_core.indicators.computing import Computed, Missing, Outcome, Reason, evaluate
from calpulli_core.indicators.moments import Grain, Moment
from calpulli_core.indicators.needs import needs
from calpulli_core.indicators.order import in_order

from .cells import Cell, Reading, Why, read
from .memory import remembered_tallies
from .sheets import Binding, SheetView, TargetView

MOST_KEPT = 100  # periods of a sheet whose cells and result are kept with it
Wanted = tuple[str, Moment]  # the key of an indicator, and a period


@dataclass(frozen=True)
class Input:
    """What a name of the formula had in a period. `why` tells why a cell or a target has nothing."""

    name: str
    moment: Moment
    binding: Binding
    outcome: Outcome | None
    why: str = ""

    @property
    def value(self) -> Fraction | None:
        """The number, if there is one."""
        return self.outcome if isinstance(self.outcome, Fraction) else None


@dataclass(frozen=True)
class Result:
    """The value of an indicator in a period, or why there is none, with all that went into it."""

    sheet: SheetView
    moment: Moment
    computed: Computed
    inputs: tuple[Input, ...]

    @property
    def outcome(self) -> Outcome:
        """The value, or what is missing."""
        return self.computed.outcome

    @property
    def value(self) -> Fraction | None:
        """The number, if there is one."""
        return self.outcome if isinstance(self.outcome, Fraction) else None


def moments_in(quarter: Moment, grain: Grain) -> tuple[Moment, ...]:
    """The periods of a grain that a quarter is computed for: its months, itself, or the year that it is of."""
    first = quarter.place * 3
    places = {Grain.MONTH: range(first, first + 3), Grain.QUARTER: (quarter.place,), Grain.YEAR: (first // 12,)}[grain]
    return tuple(Moment(grain, place) for place in places)


def wanted_in(sheets: Mapping[str, SheetView], quarters: Iterable[Moment]) -> list[Wanted]:
    """Each indicator with each period of those quarters."""
    found = (
        (key, moment) for quarter in quarters for key, sheet in sheets.items() for moment in moments_in(quarter, sheet.grain)
    )
    return list(dict.fromkeys(found))


def compute(
    sheets: Mapping[str, SheetView], targets: Mapping[tuple[str, str], TargetView], wanted: Iterable[Wanted]
) -> dict[Wanted, Result]:
    """What was wanted, and what that reads of other indicators."""
    asked = asked_for(sheets, wanted)
    of = {place: cells_of(sheets[place[0]], place[1]) for place in asked}
    readings = read((cell for cells in of.values() for cell in cells), tallied=remembered_tallies)
    found: dict[Wanted, Result] = {}
    moments: dict[str, list[Moment]] = {}
    for key, moment in asked:
        moments.setdefault(key, []).append(moment)
    for key in in_order({key: sheets[key].reads for key in moments}):
        for moment in moments[key]:
            had = tuple(readings[cell] for cell in of[key, moment])
            found[key, moment] = _again(sheets[key], moment, had, lambda: _result(sheets[key], moment, readings, targets, found))  # noqa: B023 - called at once
    return found


def _again(sheet: SheetView, moment: Moment, had: tuple[Reading, ...], result: Callable[[], Result]) -> Result:
    """The result of the last time, if all that the sheet reads are cells, and they hold what they held."""
    if any(not binding.measure for binding in sheet.bindings.values()):
        return result()
    before: tuple[tuple[Reading, ...], Result] | None = sheet.computed.get(moment)
    if before is None or before[0] != had:
        before = (had, result())
        _kept(sheet.computed)[moment] = before
    return before[1]


def asked_for(sheets: Mapping[str, SheetView], wanted: Iterable[Wanted]) -> list[Wanted]:
    """With those that they read, however far."""
    waiting = [place for place in wanted if place[0] in sheets]
    found = dict.fromkeys(waiting)
    while waiting:
        key, moment = waiting.pop()
        for name, when in needs(sheets[key].formula, moment):
            place = (sheets[key].bindings[name].indicator, when)
            if place[0] in sheets and place not in found:
                found[place] = None
                waiting.append(place)
    return list(found)


def cells_of(sheet: SheetView, moment: Moment) -> tuple[Cell, ...]:
    """The cells that it may read to be computed for that period."""
    found: tuple[Cell, ...] | None = sheet.cells.get(moment)
    if found is None:
        read_there = ((sheet.bindings[name], when) for name, when in needs(sheet.formula, moment))
        found = tuple(Cell(binding.measure, binding.where, when) for binding, when in read_there if binding.measure)
        _kept(sheet.cells)[moment] = found
    return found


def _kept(found: dict[Moment, Any]) -> dict[Moment, Any]:
    """Begun anew when it is of too many periods."""
    if len(found) >= MOST_KEPT:
        found.clear()
    return found


def _result(
    sheet: SheetView,
    moment: Moment,
    readings: Mapping[Cell, Reading],
    targets: Mapping[tuple[str, str], TargetView],
    others: Mapping[Wanted, Result],
) -> Result:
    inputs: dict[tuple[str, Moment], Input] = {}

    def given(name: str, when: Moment) -> Outcome | None:
        if (name, when) not in inputs:
            inputs[name, when] = _input(sheet, name, when, readings, targets, others)
        return inputs[name, when].outcome

    computed = evaluate(sheet.formula, moment, given)
    return Result(sheet, moment, computed, tuple(inputs.values()))


def _input(
    sheet: SheetView,
    name: str,
    when: Moment,
    readings: Mapping[Cell, Reading],
    targets: Mapping[tuple[str, str], TargetView],
    others: Mapping[Wanted, Result],
) -> Input:
    binding = sheet.bindings[name]
    if binding.measure:
        reading = readings[Cell(binding.measure, binding.where, when)]
        return Input(name, when, binding, reading.value, reading.why or "")
    if binding.indicator:
        return Input(name, when, binding, _of_another(binding.indicator, others.get((binding.indicator, when))))
    if binding.awaits:
        return Input(name, when, binding, None, Why.AWAITED)
    target = targets.get((sheet.key, str(when)))
    return Input(name, when, binding, target.value if target else None, "" if target else Why.NO_TARGET)


def _of_another(key: str, result: Result | None) -> Outcome | None:
    """What another indicator came to; without a value, its own reason, and whose it was."""
    if result is None or isinstance(result.outcome, Fraction):
        return result.outcome if result else None
    return replace(result.outcome, indicator=result.outcome.indicator or key)


def cause_of(result: Result, others: Mapping[Wanted, Result]) -> str:
    """Why there is no value, as finely as is known: the reason of the cell that lacks it (`Why`), or that of the formula."""
    outcome = result.outcome
    if not isinstance(outcome, Missing):
        return ""
    if outcome.reason is not Reason.NO_DATA:
        return outcome.reason
    if outcome.indicator and outcome.indicator != result.sheet.key:
        at = others.get((outcome.indicator, outcome.moment))
        return cause_of(at, others) if at else outcome.reason
    return next(
        (one.why for one in result.inputs if one.name == outcome.part and one.moment == outcome.moment and one.why),
        outcome.reason,
    )


__all__ = ["Input", "Result", "Wanted", "Why", "cause_of", "cells_of", "compute", "moments_in", "wanted_in"]
