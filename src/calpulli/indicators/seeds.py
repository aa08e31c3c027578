"""The demo's indicators: one for each line of the plan in force, from one template, and those of Objective 2; through acts.

What they say lies in the institute's `indicators.toml`. Values are computed, never told.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any

from calpulli.commons import clock, institutes
from calpulli.commons.act import Actor
from calpulli.people.doors import actor_named
from calpulli.planning.doors import LineCard, PlanCard, plan_in_force
from calpulli_core.indicators.moments import Grain, Moment

from . import actions, inputs
from .inputs import SheetDraft, TargetDraft
from .models import Sheet
from .queries.tellings import due

MORNING = dt.time(16, tzinfo=dt.UTC)


def seed_indicators(*, until: dt.date) -> None:
    """Sheets and targets, in January of the year that is told, and what the quarters ended before `until` came to on that day."""
    file, plan = institutes.folder(institutes.current().slug) / "indicators.toml", plan_in_force()
    if plan is None or not file.is_file() or Sheet.objects.exists():
        return
    data, year = tomllib.loads(file.read_text(encoding="utf-8")), until.year
    with _on(dt.date(year, 1, 21)):
        rows = actions.propose_sheets(inputs.ProposeSheets(tuple(_drafts(data, plan))), by=actor_named("area")).result
    with _on(dt.date(year, 1, 23)):
        actions.approve_sheets(inputs.DecideSheets(tuple(row.pk for row in rows)), by=actor_named("revision"))
    with _on(dt.date(year, 1, 26)):
        targets = actions.propose_targets(inputs.ProposeTargets(tuple(_targets(data, year))), by=actor_named("area")).result
    with _on(dt.date(year, 1, 28)):
        actions.approve_targets(inputs.DecideTargets(tuple(row.pk for row in targets)), by=actor_named("revision"))
    with _on(until):
        _tell()
        _compute(year)


def _tell() -> None:
    """The tables of people whose turn it is."""
    for table, year in due():
        actions.tell_people(inputs.TellPeople(table, year), by=Actor.system("siembra"))


def seed_computations(*, since: dt.date) -> None:
    """What every quarter of the year comes to today, with what may be told of people by now; after some were retired."""
    _retire(since)
    _tell()
    _compute(clock.today().year)


def _retire(since: dt.date) -> None:
    """Those that the institute's file says are retired, some weeks after `since`: what they came to until then stays."""
    data = tomllib.loads((institutes.folder(institutes.current().slug) / "indicators.toml").read_text(encoding="utf-8"))
    for told in data.get("retired", []):
        with _on(since + dt.timedelta(days=21)):
            asked = actions.propose_retirement(inputs.RetireSheet(told["key"], told["reason"]), by=actor_named("area")).result
        with _on(since + dt.timedelta(days=23)):
            actions.retire_sheets(inputs.DecideSheets((asked.pk,)), by=actor_named("revision"))


def _on(day: dt.date) -> Any:
    return clock.rehearse(dt.datetime.combine(day, MORNING))


def _compute(year: int) -> None:
    running = (clock.today().month + 2) // 3
    quarters = tuple(str(Moment(Grain.QUARTER, year * 4 + place)) for place in range(running))
    actions.compute_indicators(inputs.Compute(quarters), by=Actor.system("siembra"))


def _drafts(data: dict[str, Any], plan: PlanCard) -> Iterator[SheetDraft]:
    for line in plan.lines:
        yield _draft(_filled(data["line"], line), data, plan, line)
    for told in data["indicator"]:
        yield _draft(told, data, plan, plan.line(told.get("line", "")))


def _draft(told: dict[str, Any], data: dict[str, Any], plan: PlanCard, line: LineCard | None) -> SheetDraft:
    place = {"line": line.identifier if line else "", "objective": line.objective if line else told["objective"]}
    common = {"plan_key": plan.key, "area": plan.scope or "", "invented": data["invented"]}
    return SheetDraft(**(told | place | common))


def _filled(template: Any, line: LineCard) -> Any:
    """The template with the number and the identifier of a line wherever its texts name them."""
    if isinstance(template, dict):
        return {key: _filled(value, line) for key, value in template.items()}
    if isinstance(template, str):
        return template.replace("{number}", line.number).replace("{line}", line.identifier)
    return template


def _targets(data: dict[str, Any], year: int) -> Iterator[TargetDraft]:
    for told in data["target"]:
        for line in told["lines"]:
            for quarter in range(1, 5):
                yield TargetDraft(
                    data["line"]["key"].replace("{line}", line), f"{year}-Q{quarter}", told["value"], told["source"]
                )
