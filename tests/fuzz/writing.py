"""Formulas by chance: sound ones written by the grammar in a unit that was asked for, and what becomes of them by damage."""

from __future__ import annotations

import random
import re
from typing import Any

Json = dict[str, Any]

UNITS = ["1", "personas", "pesos", "pesos/personas", "%", "personas^2", "1/personas"]
GRAINS = {"month": "2026-M{:02}", "quarter": "2026-Q{}", "year": "{}"}
COUNTS = {"month": 12, "quarter": 4, "year": 1}
SIGNS = ["+", "-", "*", "/", "(", ")", ",", "<", "<=", ">", ">=", "=", "<>", "y", "o", "no", "si", "min", "max"]
SIGNS += ["redondear", "anterior", "ultimos", "acumulado", "0", "1", "2", "40", "9", "0.5", "[personas]", "[%]", "a", "b", "c"]
STRANGE = [
    "\t",
    "\r\n",
    "\u00a0",
    "ñ",
    "]",
    "[",
    ".",
    "_",
    "^",
    "%",
    "\x00",
    "😀",
    "A",
    "[a^9*a]",
    "[ pesos / personas ]",
    "1e3",
    "٣",
]
PIECE = re.compile(r"\[[^\]]*\]|[a-z_]+|[0-9.]+|<=|>=|<>|.", re.DOTALL)
LONG = 2**2048


class Writer:
    """One source of chance, so that a seed repeats a run."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.in_window = False

    # Sound ones.

    def formula(self, units: dict[str, str], unit: str, room: int) -> str:
        """A value in that unit, whose names are of those units."""
        if room <= 0 or self.chance.random() < 0.15:
            return self.leaf(units, unit)
        kind = self.chance.choice(
            ["sum", "sum", "product", "product", "extreme", "round", "si", "shift", "window", "sign", "group"]
        )
        return str(getattr(self, f"_{kind}")(units, unit, room - 1))

    def leaf(self, units: dict[str, str], unit: str) -> str:
        fitting = [name for name, one in units.items() if one == unit]
        if fitting and self.chance.random() < 0.7:
            return self.chance.choice(fitting)
        number = self.chance.choice(["0", "0.00", "1", "2", "3", "10", "0.5", "12.25", "0.000000001", "999999999999999999"])
        return number if unit == "1" else f"{number} [{unit}]"

    def _sum(self, units: dict[str, str], unit: str, room: int) -> str:
        parts = [self.formula(units, unit, room - self.chance.randrange(3)) for _ in range(self.chance.randint(2, 4))]
        return self.spaced(self.chance.choice("+-").join(self.maybe_zero(part) for part in parts))

    def maybe_zero(self, part: str) -> str:
        return "0" if self.chance.random() < 0.08 else part

    def _product(self, units: dict[str, str], unit: str, room: int) -> str:
        other = self.chance.choice(UNITS)
        first = self.formula(units, unit, room)
        one, two = (self.formula(units, other, room - 2) for _ in range(2))
        return self.chance.choice([f"({first})*({one})/({two})", f"({one})/({two})*({first})", f"({first})/(({two})/({one}))"])

    def _extreme(self, units: dict[str, str], unit: str, room: int) -> str:
        parts = [self.maybe_zero(self.formula(units, unit, room - 1)) for _ in range(self.chance.randint(2, 3))]
        return f"{self.chance.choice(['min', 'max'])}({', '.join(parts)})"

    def _round(self, units: dict[str, str], unit: str, room: int) -> str:
        return f"redondear({self.formula(units, unit, room)}, {self.chance.randrange(10)})"

    def _si(self, units: dict[str, str], unit: str, room: int) -> str:
        one, two = (self.maybe_zero(self.formula(units, unit, room - 1)) for _ in range(2))
        return f"si({self.test(units, room - 1)}, {one}, {two})"

    def test(self, units: dict[str, str], room: int) -> str:
        if room > 0 and self.chance.random() < 0.5:
            one, two = (self.test(units, room - 2) for _ in range(2))
            word = self.chance.choice([" y ", " o "])
            return self.chance.choice([f"{one}{word}{two}", f"({one}{word}{two})", f"no ({one}){word}{two}", f"no {one}"])
        unit = self.chance.choice(UNITS)
        one, two = (self.formula(units, unit, min(room, self.chance.choice([1, 2, 4]))) for _ in range(2))
        if self.chance.random() < 0.4:
            one = f"({one})"
        return f"{one}{self.chance.choice(['<', '<=', '>', '>=', '=', '<>'])}{self.maybe_zero(two)}"

    def _shift(self, units: dict[str, str], unit: str, room: int) -> str:
        return f"anterior({self.formula(units, unit, room)}, {self.chance.choice([1, 1, 1, 2, 4, 40])})"

    def _window(self, units: dict[str, str], unit: str, room: int) -> str:
        """Seldom within another one, which is refused."""
        if self.in_window and self.chance.random() < 0.97:
            return self.leaf(units, unit)
        outer, self.in_window = self.in_window, True
        inside = self.formula(units, unit, room)
        self.in_window = outer
        return self.chance.choice([f"ultimos({inside}, {self.chance.choice([1, 2, 3, 4, 40])})", f"acumulado({inside})"])

    def _sign(self, units: dict[str, str], unit: str, room: int) -> str:
        return f"-{self.leaf(units, unit)}" if self.chance.random() < 0.5 else f"-({self.formula(units, unit, room)})"

    def _group(self, units: dict[str, str], unit: str, room: int) -> str:
        times = self.chance.choice([1, 1, 2, 31])
        return "(" * times + self.formula(units, unit, room) + ")" * times

    def spaced(self, text: str) -> str:
        return text.replace("+", self.chance.choice([" + ", "+", "\n+\t"]))

    # Damage.

    def damaged(self, text: str, other: str) -> str:
        """One to three small damages, or two texts joined somewhere."""
        if self.chance.random() < 0.1:
            return text[: self.chance.randrange(len(text) + 1)] + other[self.chance.randrange(len(other) + 1) :]
        pieces = PIECE.findall(text)
        for _ in range(self.chance.randint(1, 3)):
            self._damage(pieces)
        return "".join(pieces)[:2_100]

    def _damage(self, pieces: list[str]) -> None:
        place, act = self.chance.randrange(len(pieces) + 1), self.chance.randrange(6)
        if act == 0:
            del pieces[place : place + self.chance.choice([1, 1, 3])]
        elif act == 1:
            pieces[place:place] = [self.chance.choice(SIGNS)]
        elif act == 2:
            pieces[place : place + 1] = [self.chance.choice(SIGNS)]
        elif act == 3:
            pieces[place:place] = [self.chance.choice(STRANGE)]
        elif act == 4:
            pieces[place:place] = pieces[place : place + self.chance.choice([1, 2, 9])] * self.chance.choice([1, 2, 40])
        elif len(pieces) > 1:
            one, two = self.chance.sample(range(len(pieces)), 2)
            pieces[one], pieces[two] = pieces[two], pieces[one]

    # What stands around a formula.

    def value(self) -> str:
        """The text of a value: mostly small, sometimes at the bound."""
        kind = self.chance.random()
        if kind < 0.15:
            return "0"
        if kind < 0.6:
            return str(self.chance.randint(-9, 9))
        if kind < 0.9:
            return f"{2 * self.chance.randint(-50, 50) + 1}/{self.chance.choice([2, 4, 8, 16])}"
        return self.chance.choice(
            [str(LONG - 1), f"1/{LONG - 1}", str(-LONG // 2), str(LONG), f"{3**900}/{2**1500}", f"-{2**1500}/{3**900}"]
        )

    def cells(self, grain: str) -> dict[str, str]:
        """Some years of a cell, with gaps or none."""
        kept = self.chance.choice([1.0, 1.0, 0.9, 0.5])
        years = range(2020, 2027) if grain != "year" else range(1980, 2027)
        periods = [self.period(grain, year, within) for year in years for within in range(1, COUNTS[grain] + 1)]
        return {period: self.value() for period in periods if self.chance.random() < kept}

    def period(self, grain: str, year: int, within: int) -> str:
        if grain == "year":
            return str(year)
        return f"{year}-M{within:02}" if grain == "month" else f"{year}-Q{within}"

    def asked(self, grain: str) -> list[str]:
        """Two periods: of a year that has data, and perhaps of the first that exists."""
        years = [2026, self.chance.choice([2025, 2026, 1900, 1901, 2199])]
        return [self.period(grain, year, self.chance.randint(1, COUNTS[grain])) for year in years]
