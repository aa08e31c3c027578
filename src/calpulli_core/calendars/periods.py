"""The periods that an institute reports: a calendar quarter or a calendar year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

FIRST_YEAR, LAST_YEAR = 1900, 2199
_WRITTEN = re.compile(r"([0-9]{4})(?:-Q([1-4]))?")
ORDINALS = ("primer", "segundo", "tercer", "cuarto")


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A quarter (1 to 4) of a year, or the whole year when ``quarter`` is None.

    Periods order by their last day; a year comes after its own fourth quarter.
    Raises ValueError (in Spanish) for a year or a quarter that does not exist.
    """

    year: int
    quarter: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"El año {self.year} no se admite: use uno entre {FIRST_YEAR} y {LAST_YEAR}.")
        if self.quarter is not None and not 1 <= self.quarter <= 4:
            raise ValueError(f"El trimestre {self.quarter} no existe: use 1, 2, 3 o 4.")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2023-Q1`` or ``2023``; ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"El periodo «{text}» no se entiende: escriba un trimestre como 2023-Q1 o un año como 2023.")
        quarter = found.group(2)
        return cls(int(found.group(1)), int(quarter) if quarter else None)

    @classmethod
    def covering(cls, starts_on: date, ends_on: date) -> Period:
        """The period with exactly these first and last days; ValueError if there is none."""
        for quarter in (1, 2, 3, 4, None):
            period = cls(starts_on.year, quarter)
            if (period.starts_on, period.ends_on) == (starts_on, ends_on):
                return period
        raise ValueError(
            f"Del {starts_on:%d/%m/%Y} al {ends_on:%d/%m/%Y} no es un trimestre ni un año: "
            "use las fechas exactas de un trimestre calendario o del año completo."
        )

    @property
    def starts_on(self) -> date:
        """First day of the period."""
        return date(self.year, 1 if self.quarter is None else 3 * self.quarter - 2, 1)

    @property
    def ends_on(self) -> date:
        """Last day of the period."""
        month = 12 if self.quarter is None else 3 * self.quarter
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """Name in Spanish: ``primer trimestre de 2023`` or ``año 2023``."""
        if self.quarter is None:
            return f"año {self.year}"
        return f"{ORDINALS[self.quarter - 1]} trimestre de {self.year}"

    def next(self) -> Period:
        """The following period of the same kind."""
        if self.quarter is None:
            return Period(self.year + 1)
        return Period(self.year + self.quarter // 4, self.quarter % 4 + 1)

    def previous(self) -> Period:
        """The preceding period of the same kind."""
        if self.quarter is None:
            return Period(self.year - 1)
        return Period(self.year - (self.quarter == 1), (self.quarter - 2) % 4 + 1)

    def _rank(self) -> tuple[date, bool]:
        return self.ends_on, self.quarter is None

    def __lt__(self, other: Period) -> bool:
        return self._rank() < other._rank()

    def __str__(self) -> str:
        return str(self.year) if self.quarter is None else f"{self.year}-Q{self.quarter}"
