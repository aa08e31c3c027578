"""When a quarter's reports are due: a dated rule of the plan's norms."""

from __future__ import annotations

from calpulli.norms import doors as norms
from calpulli.planning import doors as planning
from calpulli_core.calendars.terms import Deadline, natural_days_after
from calpulli_core.law.rules import NoRule

from .counting import period_of

RULE = "progress.quarterly"


def deadline_of(plan_key: str, year: int, quarter: int) -> Deadline:
    """The due date with its proof; NoRule where the norms have none."""
    period = period_of(year, quarter)
    plan = planning.find_card(plan_key)
    if plan is None:
        raise NoRule(f"No hay un programa «{plan_key}».")
    return natural_days_after(period=period, rule=norms.rule(plan.institute, key=RULE, on=period.ends_on))


def find_deadline(plan_key: str, year: int, quarter: int) -> Deadline | None:
    """The same; None where the norms have no rule for that quarter."""
    try:
        return deadline_of(plan_key, year, quarter)
    except NoRule:
        return None
