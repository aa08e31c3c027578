"""Periods as a formula counts them: months, quarters or years, one after another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

FIRST_YEAR, LAST_YEAR = 1900, 2199
_WRITTEN = re.compile(r"([0-9]{4})(?:-(Q[1-4]|M0[1-9]|M1[0-2]))?")


class Grain(Enum):
    """The kind of period, by how many there are in a year."""

    MONTH = 12
    QUARTER = 4
    YEAR = 1


@dataclass(frozen=True, slots=True)
class Moment:
    """One period: its grain and its place among all of that grain (year times those of a year, plus the ones before it)."""

    grain: Grain
    place: int

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Reads `2026-M03`, `2026-Q1` or `2026`; ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise ValueError(f"El periodo «{text}» no se entiende: escriba 2026-M03, 2026-Q1 o 2026.")
        year, within = int(found[1]), found[2] or "Y1"
        grain = {"M": Grain.MONTH, "Q": Grain.QUARTER, "Y": Grain.YEAR}[within[0]]
        return cls(grain, year * grain.value + int(within[1:]) - 1)

    def before(self, count: int) -> Moment:
        """The one that many periods earlier."""
        return Moment(self.grain, self.place - count)

    @property
    def year(self) -> int:
        """The year that it is of."""
        return self.place // self.grain.value

    @property
    def within(self) -> int:
        """How many periods of its grain the year has had, itself included: 1 for the first."""
        return self.place % self.grain.value + 1

    @property
    def exists(self) -> bool:
        """Whether anything can be known of it."""
        return FIRST_YEAR <= self.year <= LAST_YEAR

    def __str__(self) -> str:
        if self.grain is Grain.YEAR:
            return str(self.year)
        return f"{self.year}-Q{self.within}" if self.grain is Grain.QUARTER else f"{self.year}-M{self.within:02}"
