"""Arithmetic of goals and of what was done: pure, over thousandths by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from calpulli_core.calendars.periods import Period
from calpulli_core.goals import come_to
from calpulli_core.indicators.moments import Moment

WHOLE_UNIT = 1_000  # thousandths
WHOLE_SHARE = 10_000  # hundredths of a percent


def months_of(quarter: int) -> tuple[int, int, int]:
    """The three months of a quarter, 1 to 12."""
    return 3 * quarter - 2, 3 * quarter - 1, 3 * quarter


def quarter_of(month: int) -> int:
    """The quarter of a month."""
    return (month + 2) // 3


def month_number(on: dt.date) -> int:
    """The place of a day's month as moments count: year * 12 + month - 1."""
    return on.year * 12 + on.month - 1


def months_within(moment: Moment) -> range:
    """The months of a period, from 0, within its year."""
    length = 12 // moment.grain.value
    return range((moment.within - 1) * length, moment.within * length)


def told_months(goals: Mapping[int, int], quarter: int, *, cumulative: bool) -> tuple[int, ...]:
    """The months of which a report tells: all three; where they do not add up, those with a goal, if there is any.

    A month without a goal says nothing of an activity whose last month tells the whole.
    """
    months = months_of(quarter)
    with_goal = tuple(month for month in months if goals.get(month, 0) > 0)
    return months if cumulative else with_goal or months


def of_quarter(amounts: Mapping[int, int], quarter: int, *, cumulative: bool, goals: Mapping[int, int]) -> int:
    """What a quarter comes to, of the months that are told."""
    told = {month: amounts[month] for month in months_of(quarter) if month in amounts}
    return come_to(told, goals, cumulative=cumulative)


def is_due(goals: Mapping[int, int], quarter: int) -> bool:
    """Whether something was to be done in that quarter."""
    return any(goals.get(month, 0) > 0 for month in months_of(quarter))


def period_of(year: int, quarter: int) -> Period:
    """The quarter as a period."""
    return Period(year, quarter)
