"""What a period seals of the indicators: their sheets with their values, and the cells that these were computed from.

Computed at the moment of the seal (docs/spec/bundle.md, section 10), so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from calpulli.commons.registries.measures import MEASURES
from calpulli.commons.registries.sealing import Sealed, seal
from calpulli_core.board import year
from calpulli_core.board.layout import INDICATORS
from calpulli_core.board.layout import MEASURES as CELLS
from calpulli_core.calendars.periods import Period
from calpulli_core.indicators.computing import written
from calpulli_core.indicators.moments import Grain, Moment

from ..models.sheets import Mark
from ..queries.computing import Input, Result, Wanted, Why, cause_of, compute
from ..queries.sheets import Binding, SheetView, TargetView, sheets_in_force, targets_in_force

GRAINS = {Grain.MONTH: "month", Grain.QUARTER: "quarter", Grain.YEAR: "year"}
MARKS = {Mark.MANAGEMENT: "de gestión", Mark.RESULT: "de resultado"}
Results = Mapping[Wanted, Result]


def _files(plan_key: str, period: Period) -> Mapping[str, bytes]:
    """The cells and the sheets of the plan in force; nothing where it has none."""
    sheets = _read(plan_key)
    if not sheets:
        return {}
    targets = targets_in_force()
    wanted = [(key, moment) for key, sheet in sheets.items() for moment in moments_within(period, sheet.grain)]
    results = compute(sheets, targets, wanted)
    lines = [_line(sheet, plan_key, targets, results, moments_within(period, sheet.grain)) for sheet in sheets.values()]
    return {CELLS: year.measures(_cells(results)), INDICATORS: year.indicators(lines)}


def _read(plan_key: str) -> dict[str, SheetView]:
    """The sheets of the plan, and those that they read, however far."""
    known = sheets_in_force()
    waiting = [key for key, sheet in known.items() if sheet.row.plan_key == plan_key]
    found: dict[str, SheetView] = {}
    while waiting:
        key = waiting.pop()
        if key in known and key not in found:
            found[key] = known[key]
            waiting += known[key].reads
    return found


def moments_within(period: Period, grain: Grain) -> list[Moment]:
    """The periods of a grain that lie within the one that is sealed."""
    size = 12 // grain.value
    first, last = (each.year * 12 + each.month - 1 for each in (period.starts_on, period.ends_on))
    return [Moment(grain, place) for place in range(-(-first // size), (last + 1) // size)]


def _cells(results: Results) -> list[dict[str, Any]]:
    """Each cell that was read, once."""
    read = (one for result in results.values() for one in result.inputs if one.binding.measure)
    cells = {(one.binding.measure, one.binding.where, str(one.moment)): one for one in read}
    return [_cell(one) for one in cells.values()]


def _cell(one: Input) -> dict[str, Any]:
    value = one.value
    reason = None if value is not None else "privacy" if one.why == Why.PRIVACY else "no-data"
    told = {"measure": one.binding.measure, "where": dict(one.binding.where), "period": str(one.moment)}
    return told | {"reason": reason, "value": None if value is None else written(value)}


def _line(
    sheet: SheetView,
    plan_key: str,
    targets: Mapping[tuple[str, str], TargetView],
    results: Results,
    moments: Iterable[Moment],
) -> dict[str, Any]:
    row = sheet.row
    return {
        "formula": row.formula,
        "grain": GRAINS[sheet.grain],
        "key": row.key,
        "line": row.line if row.line and row.plan_key == plan_key else None,
        "mark": MARKS[Mark(row.mark)],
        "name": row.name,
        "unit": row.unit,
        "values": [_value(results[row.key, moment], results) for moment in moments],
        "variables": {name: _variable(sheet, binding, targets) for name, binding in sheet.bindings.items()},
        "version": row.version,
    }


def _value(result: Result, results: Results) -> dict[str, Any]:
    value = result.value
    cause = cause_of(result, results)
    reason = None if value is not None else cause if cause in ("zero", "range", "privacy") else "no-data"
    return {"period": str(result.moment), "reason": reason, "value": None if value is None else written(value)}


def _variable(sheet: SheetView, binding: Binding, targets: Mapping[tuple[str, str], TargetView]) -> dict[str, Any]:
    """What a name reads; what nobody counts yet is a target without any value."""
    if binding.measure:
        measure = MEASURES.get(binding.measure)
        unit = measure.unit if measure else binding.unit or "1"
        return {"measure": binding.measure, "unit": unit, "where": dict(binding.where)}
    if binding.indicator:
        other = sheets_in_force().get(binding.indicator)
        return {"indicator": binding.indicator, "unit": other.row.unit if other else "1"}
    if binding.awaits:
        return {"target": {}, "unit": binding.unit}
    told: dict[str, Fraction] = {period: one.value for (key, period), one in targets.items() if key == sheet.key}
    return {"target": {period: written(value) for period, value in told.items()}, "unit": sheet.row.unit}


seal(Sealed("indicators", ("indicators",), _files))
