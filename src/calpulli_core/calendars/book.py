"""The book of days: every entry that was ever decided, as it answers for a scope and as it was known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from calpulli_core.calendars.days import PLAIN, SUSPENDED, Entry, EveryDay, Reading


class Days:
    """What each day is by some entries. A year is laid out once, when the first of its days is asked for."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=Entry.rank, reverse=True)
        self._laid: dict[date, Reading] = {}

    def of(self, day: date) -> Reading:
        """What the day is."""
        try:
            return self._laid[day]
        except KeyError:
            self._lay_out(day.year)
            return self._laid[day]

    def _lay_out(self, year: int) -> None:
        """Each entry over those that it outranks; a day that an entry names twice is said once."""
        days = dict.fromkeys(EveryDay().within(date(year, 1, 1), date(year, 12, 31)), PLAIN)
        for entry in self._entries:
            for day in entry.in_year(year):
                if days[day].entry is not entry:
                    days[day] = Reading.of(entry, days[day])
        self._laid.update(days)


@dataclass(frozen=True)
class Book:
    """The days of an institute. What it answers is kept, since a book never changes: a new entry makes another."""

    key: str
    entries: tuple[Entry, ...]
    _kept: dict[tuple[str, date, date], Days] = field(default_factory=dict, init=False, repr=False, compare=False)

    def days(self, scope: str, known_on: date | None = None, suspended_by: date | None = None) -> Days:
        """What each day is for a scope, by what had been decided until ``known_on`` (None: by everything).

        With ``suspended_by``, of the suspensions only those that had been decided by then.
        """
        known = [entry for entry in self.entries if entry.holds_for(scope) and entry.known_on(known_on)]
        suspensions = [entry for entry in known if entry.kind == SUSPENDED and entry.known_on(suspended_by)]
        others = [entry for entry in known if entry.kind != SUSPENDED]
        # Between two decisions nothing changes: one answer serves.
        asked = scope, _last(suspensions), _last(others)
        if asked not in self._kept:
            self._kept[asked] = Days((*suspensions, *others))
        return self._kept[asked]

    def decisions(self, scope: str, after: date, until: date | None) -> list[date]:
        """The days after one, until another (included), on which something of the scope was decided."""
        decided = {entry.decided_on for entry in self.entries if entry.decided_on and entry.holds_for(scope)}
        return sorted(day for day in decided if after < day and (until is None or day <= until))


def _last(entries: Iterable[Entry]) -> date:
    """The last day on which one of them was decided."""
    return max((entry.decided_on for entry in entries if entry.decided_on), default=date.min)
