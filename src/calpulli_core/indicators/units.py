"""Units: products of named units with whole exponents (docs/spec/formulas.md, section 1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

_NAME = r"[a-záéíóúüñ][a-záéíóúüñ0-9_]*"
_FACTOR = re.compile(rf"({_NAME})(?:\^([2-9]))?")
MOST_EXPONENT = 9


class UnitError(ValueError):
    """A text that is no unit; the message says why, in Spanish."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Named units with their exponents, by name and none of them 0; empty is `1`."""

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, powers: Mapping[str, int]) -> Unit:
        """The unit with those exponents."""
        return cls(tuple(sorted((name, power) for name, power in powers.items() if power)))

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Reads `1`, `%`, `personas` or `pesos/actividad*persona^2`; UnitError for anything else."""
        if text.strip(" ") in ("1", "%"):
            return ONE
        above, slash, below = text.partition("/")
        if "/" in below or (slash and not below.strip(" ")):
            raise UnitError(f"La unidad «{text}» no se entiende: escriba una sola diagonal, como en pesos/actividad.")
        powers = Counter() if above.strip(" ") == "1" else _factors(above, text)
        powers.subtract(_factors(below, text) if slash else {})
        return cls.of(powers)

    def __mul__(self, other: Unit) -> Unit:
        return Unit.of(_sum(self, other, 1))

    def __truediv__(self, other: Unit) -> Unit:
        return Unit.of(_sum(self, other, -1))

    def __str__(self) -> str:
        above = "*".join(_written(name, power) for name, power in self.powers if power > 0)
        below = "*".join(_written(name, -power) for name, power in self.powers if power < 0)
        return f"{above or '1'}/{below}" if below else above or "1"


ONE = Unit()


def _sum(one: Unit, other: Unit, sign: int) -> dict[str, int]:
    powers = dict(one.powers)
    for name, power in other.powers:
        powers[name] = powers.get(name, 0) + sign * power
    return powers


def _written(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


def _factors(text: str, whole: str) -> Counter[str]:
    powers: Counter[str] = Counter()
    for part in text.split("*"):
        found = _FACTOR.fullmatch(part.strip(" "))
        if found is None:
            raise UnitError(
                f"La unidad «{whole}» no se entiende en «{part}»: use palabras en minúsculas, como personas o pesos/actividad."
            )
        powers[found[1]] += int(found[2] or 1)
    if any(power > MOST_EXPONENT for power in powers.values()):
        raise UnitError(f"La unidad «{whole}» pasa del exponente {MOST_EXPONENT}.")
    return powers
