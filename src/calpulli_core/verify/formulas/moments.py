"""Periods, counted (docs/spec/formulas.md, section 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

FIRST_YEAR = 1900
MONTH, QUARTER, YEAR = "month", "quarter", "year"
# How many of a grain a year has.
IN_A_YEAR = {MONTH: 12, QUARTER: 4, YEAR: 1}

_PERIOD = re.compile(r"((?:19|2[01])[0-9]{2})(?:-Q([1-4])|-M(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A period: its grain, and how many of that grain came before it since the year 0."""

    grain: str
    count: int

    @classmethod
    def read(cls, text: str) -> Moment:
        """The period that the text says; `ValueError` if it says none."""
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise ValueError(text)
        year, quarter, month = match.groups()
        grain = QUARTER if quarter else MONTH if month else YEAR
        return cls(grain, int(year) * IN_A_YEAR[grain] + int(quarter or month or 1) - 1)

    def __str__(self) -> str:
        year, rest = divmod(self.count, IN_A_YEAR[self.grain])
        tail = {MONTH: f"-M{rest + 1:02}", QUARTER: f"-Q{rest + 1}", YEAR: ""}[self.grain]
        return f"{year:04}{tail}"

    @property
    def in_year(self) -> int:
        """Which one of its year it is, from 1."""
        return self.count % IN_A_YEAR[self.grain] + 1

    @property
    def is_before_all(self) -> bool:
        """Whether nothing is computed for it."""
        return self.count < FIRST_YEAR * IN_A_YEAR[self.grain]

    def back(self, periods: int) -> Moment:
        """The one so many periods before."""
        return replace(self, count=self.count - periods)

    def last(self, periods: int) -> list[Moment]:
        """So many periods that end with this one, the oldest first."""
        return [self.back(ago) for ago in range(periods - 1, -1, -1)]
