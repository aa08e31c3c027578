"""When a number may be judged: once its period is over and what it counts was due."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from calpulli.annual.doors import Again, awaited_again, reports_due_on
from calpulli.commons.registries.measures import MEASURES
from calpulli_core.indicators.moments import Grain, Moment

from .cells import months_of
from .sheets import Binding, SheetView

Where = Iterable[tuple[str, str]]
REPORTED = "annual"  # measures that change with its acts wait for reports
TERMS = ("annual", "norms", "planning")  # by when those are due follows from facts of these chains


def span_of(moment: Moment) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period."""
    months = months_of(moment)
    year, month = divmod(months.stop - 1, 12)
    first = dt.date(months.start // 12, months.start % 12 + 1, 1)
    return first, dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


class Terms:
    """By when reports are due and, of those that were returned, until when they may come again: each asked for once."""

    def __init__(self) -> None:
        """Nothing is asked for yet."""
        self._due: Callable[[str, int, int], dt.date | None] = lru_cache(maxsize=None)(reports_due_on)
        self._again: Callable[[str, int], tuple[Again, ...]] = lru_cache(maxsize=None)(awaited_again)

    def days(self, plan_key: str, quarter: Moment, where: Where = ()) -> list[dt.date]:
        """The last day of the term of a quarter, where a rule says it, and those of what was returned of it."""
        year, place = divmod(quarter.place, 4)
        due_on = self._due(plan_key, year, place + 1)
        again = [one.until for one in self._again(plan_key, year) if one.quarter == place + 1 and one.is_of(where)]
        return [*filter(None, (due_on,)), *again]


def early_until(sheet: SheetView, moment: Moment, terms: Terms) -> dt.date:
    """The last day on which it is too early to judge: that of its period, or by which what it reads of reports is to come."""
    ends_on, quarter = span_of(moment)[1], Moment(Grain.QUARTER, (months_of(moment).stop - 1) // 3)
    waits = (binding.where for binding in sheet.bindings.values() if _waits(binding))
    return max([ends_on, *(day for where in waits for day in terms.days(sheet.row.plan_key, quarter, where))])


def turning_days(quarter: Moment, plans: Iterable[str], terms: Terms) -> Iterator[dt.date]:
    """The days after which more can be told or judged of a quarter: the last of each of its months, and those of its terms."""
    for place in months_of(quarter):
        yield span_of(Moment(Grain.MONTH, place))[1]
    for plan in plans:
        yield from terms.days(plan, quarter)


def _waits(binding: Binding) -> bool:
    measure = MEASURES.get(binding.measure)
    return measure is not None and REPORTED in measure.chains
