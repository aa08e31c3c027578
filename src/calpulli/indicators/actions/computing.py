"""Computes indicators and keeps what changed."""

from __future__ import annotations

from calpulli.commons.act import Problem, Refused, Work, act
from calpulli_core.indicators.moments import Grain, Moment

from .. import policies
from ..inputs import Compute
from ..models import Computation, ComputationBatch
from ..queries.computing import compute, wanted_in
from ..queries.kept import Written, last_kept, row_of
from ..queries.sheets import SheetView, sheets_digest, sheets_in_force, targets_in_force
from ..queries.standing import standing


@act("indicators.computed", policy=policies.compute_indicators)
def compute_indicators(work: Work, command: Compute) -> ComputationBatch:
    """Computes every indicator of those quarters, and keeps those that say other than the last time.

    What was said before stays. A batch of none says that at that moment all of them still held.
    """
    work.hold_chain()
    quarters = _quarters(command)
    heads = standing()
    rows = _changed(_sheets(command), quarters)
    batch = ComputationBatch(computed_at=work.at, heads=heads, sheets=sheets_digest(), plan_key=command.plan_key)
    batch.periods = [str(one) for one in quarters]
    work.pour(batch, Computation, rows)
    work.details.update(quarters=batch.periods, count=batch.count)
    return batch


def _quarters(command: Compute) -> list[Moment]:
    try:
        quarters = [Moment.parse(text) for text in command.quarters]
    except ValueError as error:
        raise Refused(Problem("quarter", str(error))) from error
    if not quarters or any(one.grain is not Grain.QUARTER for one in quarters):
        raise Refused(Problem("quarter", "Diga un trimestre, como 2026-Q1."))
    return quarters


def _sheets(command: Compute) -> dict[str, SheetView]:
    sheets = sheets_in_force()
    return {key: sheet for key, sheet in sheets.items() if command.plan_key in ("", sheet.row.plan_key)}


def _changed(chosen: dict[str, SheetView], quarters: list[Moment]) -> list[Written]:
    """Only what was asked for is kept; what it reads of others is among its inputs."""
    wanted = wanted_in(chosen, quarters)
    results = compute(sheets_in_force(), targets_in_force(), wanted)
    rows = [row_of(results[place], results) for place in wanted]
    last = last_kept({row[0] for row in rows}, {row[2] for row in rows})
    return [row for row in rows if (row[0], row[2]) not in last or last[row[0], row[2]].said != row]
