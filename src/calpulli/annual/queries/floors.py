"""Activities whose unit counts people: what may be told of them, and under how many nothing is (docs/decisions/0025).

One number a quarter, of the whole activity, when its report is approved; never by month, district or delivery.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calpulli.norms import doors as norms
from calpulli.planning import doors as planning
from calpulli_core.law.rules import NoRule

from ..models import Activity, Report
from .counting import WHOLE_UNIT, months_of, period_of, told_months

FLOOR = "privacy.floor"


def floor_of(activity: Activity, quarter: int) -> int | None:
    """Under how many people a count of that quarter is not told; None where no rule says so."""
    exercise = activity.exercise
    plan = planning.find_card(exercise.plan_key)
    try:
        on = period_of(exercise.year, quarter).ends_on
        return norms.rule(plan.institute, key=FLOOR, on=on).value if plan else None
    except NoRule:
        return None


def whole_month(goals: Mapping[int, int], quarter: int, *, cumulative: bool) -> int:
    """The month at which the one number of a quarter stands: its last, or the last with a goal where months do not add up."""
    months = months_of(quarter)
    with_goal = [month for month in months if goals.get(month, 0) > 0]
    return with_goal[-1] if with_goal and not cumulative else months[-1]


def asked_months(activity: Activity, quarter: int, goals: Mapping[int, int]) -> tuple[int, ...]:
    """The months of which a report tells; of people, one of them that stands for the quarter."""
    if activity.tells_people:
        return (whole_month(goals, quarter, cumulative=activity.cumulative),)
    return told_months(goals, quarter, cumulative=activity.cumulative)


def told_before(activity: Activity, quarter: int) -> list[int]:
    """What approved versions of the report of that quarter told, in thousandths: anyone may have read all of them."""
    found = Report.objects.filter(activity=activity, quarter=quarter, state=Report.State.APPROVED)
    return list(found.values_list("done", flat=True))


def told_people(count: int, before: Iterable[int], floor: int) -> int:
    """What is told of a count of people, all in thousandths: 0 under the floor, since 0 is read as «fewer than the floor».

    Where something was told that is nearer than the floor, it is told again: who subtracts the versions learns of no few people.
    """
    least = floor * WHOLE_UNIT
    if count < least:
        return 0
    near = [one for one in before if one >= least and abs(one - count) < least]
    return min(near, key=lambda one: (abs(one - count), one)) if near else count
