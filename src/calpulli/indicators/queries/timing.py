"""When a number may be judged: once its period is over and what it counts was due."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from calpulli.annual.doors import reports_due_on
from calpulli.commons.registries.measures import MEASURES
from calpulli_core.indicators.moments import Grain, Moment

from .cells import months_of
from .sheets import SheetView

Due = Callable[[str, int, int], dt.date | None]
REPORTED = "annual"  # measures that change with its acts wait for reports
TERMS = ("annual", "norms", "planning")  # by when those are due follows from facts of these chains


def span_of(moment: Moment) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period."""
    months = months_of(moment)
    year, month = divmod(months.stop - 1, 12)
    first = dt.date(months.start // 12, months.start % 12 + 1, 1)
    return first, dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def early_until(sheet: SheetView, moment: Moment, due: Due = reports_due_on) -> dt.date:
    """The last day on which it is too early to judge: that of its period, or that by which its reports are due."""
    ends_on = span_of(moment)[1]
    due_on = due(sheet.row.plan_key, ends_on.year, (ends_on.month + 2) // 3) if _waits(sheet) else None
    return max(ends_on, due_on) if due_on else ends_on


def turning_days(quarter: Moment, plans: Iterable[str], due: Due = reports_due_on) -> Iterator[dt.date]:
    """The days after which more can be told or judged of a quarter: the last of each of its months, and those of its terms."""
    for place in months_of(quarter):
        yield span_of(Moment(Grain.MONTH, place))[1]
    year, number = divmod(quarter.place, 4)
    yield from filter(None, (due(plan, year, number + 1) for plan in plans))


def _waits(sheet: SheetView) -> bool:
    found = (MEASURES.get(binding.measure) for binding in sheet.bindings.values())
    return any(measure and REPORTED in measure.chains for measure in found)
