"""Five hundred indicators over the generated volume: from a share of one line to a middle of a million deliveries.

They read every measure that is no count of people (those are read from what was told, a few hundred rows), by every dimension
and grain that there is, with sums of periods, shifts, choices and other indicators.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from calpulli.commons.registries.measures import MEASURES
from calpulli.indicators.actions import approve_sheets, propose_sheets
from calpulli.indicators.inputs import DecideSheets, ProposeSheets, SheetDraft
from calpulli.indicators.queries.cells import Cell
from calpulli.indicators.queries.computing import asked_for, cells_of, wanted_in
from calpulli.indicators.queries.sheets import sheets_in_force
from calpulli.people.doors import actor_named
from calpulli.planning.doors import PlanCard, plan_in_force
from calpulli_core.indicators.moments import Moment
from tests.bench.volume import ACTIVITIES, PROGRAMMES, Volume, key_of

SHEETS = 500
ACTIVITY = key_of(0)  # goals are asked for by activity: those of two are of different units
Told = tuple[str, str, str, dict[str, Any], str, str]  # kind, what of, formula, variables, unit, frequency
CHANGE = "si(anterior(u, 4) > 0, 100 * (u - anterior(u, 4)) / anterior(u, 4), 0)"


def propose(volume: Volume) -> list[str]:
    """The sheets, approved by another person, on the lines of the plan that the board shows; gives their keys."""
    plan = plan_in_force()
    if plan is None:
        raise LookupError("no plan in force")
    drafts = tuple(_drafts(volume, plan))
    rows = propose_sheets(ProposeSheets(drafts), by=actor_named("area")).result
    approve_sheets(DecideSheets(tuple(row.pk for row in rows)), by=actor_named("revision"))
    return [draft.key for draft in drafts]


def cells(volume: Volume) -> set[Cell]:
    """Every cell that those indicators may read in the eight quarters, with what they read of one another."""
    sheets = sheets_in_force()
    asked = asked_for(sheets, wanted_in(sheets, map(Moment.parse, volume.quarters)))
    return {cell for key, moment in asked for cell in cells_of(sheets[key], moment)}


def _drafts(volume: Volume, plan: PlanCard) -> Iterator[SheetDraft]:
    for place, (kind, of, formula, variables, unit, frequency) in enumerate(islice(_told(volume), SHEETS)):
        line = plan.lines[place * place % len(plan.lines)]  # a few lines have most of them
        yield SheetDraft(
            key=f"volumen-{kind}-{of.lower()}", plan_key=plan.key, line=line.identifier, objective=line.objective,
            name=f"Medición: {kind} de {of}", definition="Indicador generado para medir.", formula=formula, variables=variables,
            unit=unit, frequency=frequency, dimension="eficacia", kind="gestion", mark="gestion", sense="ascendente",
            source="Datos generados", area=plan.scope or "", invented="Generado para medir; no dice nada de nadie.",
        )  # fmt: skip


def _told(volume: Volume) -> Iterator[Told]:
    yield from _of_all()
    yield from _of_indicators()
    for line in [identifier for _, identifier in volume.lines]:
        yield from _of_line(line)
    for area in volume.areas[1:]:
        yield from _of_area(area)
    for place in range(PROGRAMMES):
        yield from _of_programme(f"P{place:02}")
    for office in volume.offices:
        yield "cambio", office, CHANGE, {"u": _cell("annual.deliveries_units", district=office)}, "%", "QUARTER"
        yield "comun", office, "m", {"m": _cell("annual.deliveries_median", district=office)}, "unidades/entrega", "QUARTER"
    for place in range(ACTIVITIES):
        yield from _of_activity(key_of(place))


def _cell(measure: str, **where: str) -> dict[str, Any]:
    return {"measure": measure, "where": where} if where else {"measure": measure}


def _sheet(kind: str, of: str, formula: str, unit: str, frequency: str = "QUARTER", **variables: dict[str, Any]) -> Told:
    return kind, of, formula, variables, unit, frequency


def _of_all() -> Iterator[Told]:
    """Each measure by itself, in each grain that it has."""
    for measure in MEASURES:
        if not (measure.table or measure.only_by) and measure.key.startswith(("annual.", "budget.")):
            name = measure.key.replace(".", "-").replace("_", "-")
            for frequency in ("MONTH", "QUARTER", "YEAR")[0 if measure.grain.value == 12 else 1 :]:
                yield _sheet(f"{frequency.lower()}", name, "v", measure.unit, frequency, v=_cell(measure.key))


def _of_indicators() -> Iterator[Told]:
    for first, second in (("paid", "exercised"), ("exercised", "accrued"), ("accrued", "committed"), ("committed", "modified")):
        of = {name: {"indicator": f"volumen-quarter-budget-{key}"} for name, key in (("a", first), ("b", second))}
        yield _sheet("avance", first, "redondear(100 * a / b, 2)", "%", a=of["a"], b=of["b"])


def _of_line(line: str) -> Iterator[Told]:
    due, made = _cell("annual.activities_due", line=line), _cell("annual.deliveries_made", line=line)
    done, units = _cell("annual.activities_fulfilled", line=line), _cell("annual.deliveries_units", line=line)
    goal, said = (_cell(f"annual.goal_{name}", line=line, activity=ACTIVITY) for name in ("adjusted", "achieved"))
    yield _sheet("termino", line, "100 * a / b", "%", a=done, b=due)
    yield _sheet("cuentas", line, "100 * a / b", "%", a=_cell("annual.activities_accounted", line=line), b=due)
    yield _sheet("hecho", line, "100 * acumulado(a) / acumulado(b)", "%", a=said, b=goal)
    yield _sheet("carga", line, "a / b", "unidades/entregas", a=units, b=made)
    yield _sheet("comun", line, "m", "unidades/entrega", m=_cell("annual.deliveries_median", line=line))
    yield _sheet("alcance", line, "max(d, anterior(d, 1))", "distritos", d=_cell("annual.districts_reached", line=line))


def _of_area(area: str) -> Iterator[Told]:
    spent, given = _cell("budget.exercised", area=area), _cell("annual.deliveries_units", area=area)
    yield _sheet("gasto", area, "100 * acumulado(a) / acumulado(b)", "%", a=spent, b=_cell("budget.modified", area=area))
    yield _sheet("mes", area, "ultimos(a, 3) / 3", "unidades", "MONTH", a=given)
    yield _sheet("costo", area, "a / b", "pesos/unidades", a=spent, b=given)
    yield _sheet("comun", area, "m", "unidades/entrega", "YEAR", m=_cell("annual.deliveries_median", area=area))


def _of_programme(programme: str) -> Iterator[Told]:
    told = {"programme": programme, "activity": ACTIVITY}
    goal = {"a": _cell("annual.goal_programmed", **told), "b": _cell("annual.goal_adjusted", **told)}
    paid = _cell("budget.paid", programme=programme)
    yield _sheet("ajuste", programme, "100 * b / a", "%", "YEAR", **goal)
    yield _sheet("pago", programme, "100 * a / b", "%", a=paid, b=_cell("budget.accrued", programme=programme))
    for chapter in ("1000", "3000"):
        spent = {name: _cell(f"budget.{name}", programme=programme, chapter=chapter) for name in ("exercised", "modified")}
        yield _sheet(f"capitulo-{chapter}", programme, "100 * a / b", "%", a=spent["exercised"], b=spent["modified"])
    yield _sheet("fuente", programme, "a", "pesos", a=_cell("budget.committed", programme=programme, source="recursos-fiscales"))


def _of_activity(activity: str) -> Iterator[Told]:
    units, goal = _cell("annual.deliveries_units", activity=activity), _cell("annual.goal_adjusted", activity=activity)
    yield _sheet("meta", activity, "100 * acumulado(a) / acumulado(b)", "%", a=units, b=goal)
    yield _sheet("unitario", activity, "a / b", "pesos/unidades", a=_cell("budget.exercised", activity=activity), b=units)
