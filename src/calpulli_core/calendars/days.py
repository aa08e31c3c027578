"""What an entry of the book of days says, and of which days (docs/spec/terms.md, section 1)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
EVERYTHING = "*"
SUSPENDED, ELECTORAL, OPEN, CLOSED, YEARLY, WEEKLY = "suspended", "electoral", "open", "closed", "yearly", "weekly"
# The first of these that applies says what a day is.
KINDS = (SUSPENDED, ELECTORAL, OPEN, CLOSED, YEARLY, WEEKLY)
WORK = frozenset({OPEN, ELECTORAL})


@dataclass(frozen=True, slots=True)
class EveryDay:
    """All the days of a span."""

    def within(self, first: date, last: date) -> Iterator[date]:
        """The days from first to last, both included."""
        return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week; 0 is Monday."""

    numbers: frozenset[int]

    def within(self, first: date, last: date) -> Iterator[date]:
        """Those days from first to last, both included."""
        return (day for day in EveryDay().within(first, last) if day.weekday() in self.numbers)


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year: of that number in the month, or its nth day of the week.

    ``number`` is the day of the month when ``weekday`` is None, else which of those days of the week. With ``every`` n
    and ``since``, only that year and each nth after it. A day that a year does not have (29 February, a fifth Monday)
    is not in it.
    """

    month: int
    number: int
    weekday: int | None = None
    every: int = 1
    since: int | None = None

    def within(self, first: date, last: date) -> Iterator[date]:
        """Those days from first to last, both included."""
        for year in range(first.year, last.year + 1):
            day = self._of(year)
            if day is not None and first <= day <= last:
                yield day

    def _of(self, year: int) -> date | None:
        if self.since is not None and (year < self.since or (year - self.since) % self.every):
            return None
        before, length = calendar.monthrange(year, self.month)
        number = self.number if self.weekday is None else 1 + (self.weekday - before) % 7 + 7 * (self.number - 1)
        return date(year, self.month, number) if number <= length else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a norm or an agreement says of some days.

    ``days`` are those it speaks of, from ``first`` to ``last`` (both included; None is open), for what belongs to
    ``scope``. ``article`` is its article or agreement. ``decided_on`` is the day on which the institute adopted it; None:
    it always was.
    """

    key: str
    kind: str
    days: tuple[EveryDay | Weekdays | YearDay, ...]
    article: str
    source: str
    confirmed: bool
    scope: str = EVERYTHING
    first: date | None = None
    last: date | None = None
    decided_on: date | None = None

    def holds_for(self, scope: str) -> bool:
        """True when it speaks of terms of that scope: all, its own, or one below it."""
        return self.scope in (EVERYTHING, scope) or scope.startswith(f"{self.scope}.")

    def known_on(self, day: date | None) -> bool:
        """True when it was decided on that day or before; None is at the end of time."""
        return day is None or self.decided_on is None or self.decided_on <= day

    def in_year(self, year: int) -> Iterator[date]:
        """Its days in a year."""
        first = max(date(year, 1, 1), self.first or date.min)
        last = min(date(year, 12, 31), self.last or date.max)
        if first <= last:
            for days in self.days:
                yield from days.within(first, last)

    def rank(self) -> tuple[int, int, str]:
        """Order among the entries of one day: the least says what it is."""
        decided = self.decided_on.toordinal() if self.decided_on else 0
        return KINDS.index(self.kind), -decided, self.key


@dataclass(frozen=True, slots=True)
class Reading:
    """What a day is: the entry that says so (None: nobody says anything, and it is a working day), over what it would be else."""

    entry: Entry | None = None
    over: Reading | None = None
    works: bool = True
    suspended: bool = False

    @classmethod
    def of(cls, entry: Entry, over: Reading) -> Reading:
        """The reading of a day by an entry that stands over another reading."""
        return cls(entry, over, entry.kind in WORK, entry.kind == SUSPENDED)

    @property
    def kind(self) -> str:
        """The kind of its entry; empty for a plain working day."""
        return self.entry.kind if self.entry else ""

    @property
    def state(self) -> str:
        """What matters of the day: working, working at all hours, at rest or suspended."""
        if self.kind in (SUSPENDED, ELECTORAL):
            return self.kind
        return "working" if self.works else "rest"


PLAIN = Reading()
