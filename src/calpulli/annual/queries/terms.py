"""When a quarter's reports are due, and when those that were returned, by the plan's norms; until when goals can change."""

from __future__ import annotations

import datetime as dt

from calpulli.norms import doors as norms
from calpulli.planning import doors as planning
from calpulli_core.calendars.terms import Deadline, natural_days_after
from calpulli_core.law.rules import NoRule

from ..models import Adjustment
from .counting import period_of

RULE = "progress.quarterly"
AGAIN = "progress.returned"


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


def again_by(plan_key: str, returned_on: dt.date) -> dt.date | None:
    """By when a report returned that day is to be sent again; None where the norms give it no term of its own."""
    plan = planning.find_card(plan_key)
    if plan is None:
        return None
    try:
        rule = norms.rule(plan.institute, key=AGAIN, on=returned_on)
    except NoRule:
        return None
    return returned_on + dt.timedelta(days=rule.value) if rule.unit == "natural_days" else None


def approvable_until(adjustment: Adjustment) -> dt.date:
    """The last day on which an adjustment can be approved: that of the first month that it changes."""
    months = [int(month) for month, amount in adjustment.after.items() if amount != adjustment.before.get(month, 0)]
    year, first = adjustment.activity.exercise.year, min(months)
    return dt.date(year + first // 12, first % 12 + 1, 1) - dt.timedelta(days=1)
