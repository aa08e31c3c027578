"""Arithmetic of goals and of what was done: pure, over thousandths by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from calpulli_core.calendars.periods import Period

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


def told_months(goals: Mapping[int, int], quarter: int, *, cumulative: bool) -> tuple[int, ...]:
    """The months of which a report tells: all three; where they do not add up, those with a goal, if there is any.

    A month without a goal says nothing of an activity whose last month tells the whole: its 0 would undo what came before.
    """
    months = months_of(quarter)
    with_goal = tuple(month for month in months if goals.get(month, 0) > 0)
    return months if cumulative else with_goal or months


def of_quarter(amounts: Mapping[int, int], quarter: int, *, cumulative: bool, goals: Mapping[int, int]) -> int:
    """What a quarter comes to: the sum of its months or, where they do not add up, the last one told (bundle.md, section 10)."""
    months = told_months(goals, quarter, cumulative=cumulative)
    return of_year({month: amounts[month] for month in months if month in amounts}, cumulative=cumulative)


def of_year(amounts: Mapping[int, int], *, cumulative: bool) -> int:
    """What months come to: their sum or, where they do not add up, the last one."""
    if cumulative:
        return sum(amounts.values())
    return amounts[max(amounts)] if amounts else 0


def is_due(goals: Mapping[int, int], quarter: int) -> bool:
    """Whether something was to be done in that quarter."""
    return any(goals.get(month, 0) > 0 for month in months_of(quarter))


def period_of(year: int, quarter: int) -> Period:
    """The quarter as a period."""
    return Period(year, quarter)
