"""What a formula is made of, once read. `place` is the character of the sign that makes the part, from 1."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

# Each name with the exponent that it has, never 0.
Unit = dict[str, int]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; `unit` is None where it has none."""

    value: Fraction
    unit: Unit | None
    place: int


@dataclass(frozen=True, slots=True)
class Name:
    """What a sheet binds."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Opposite:
    """`-a`."""

    of: Value
    place: int


@dataclass(frozen=True, slots=True)
class Step:
    """One more operand of a chain, with the operator before it."""

    operator: str
    operand: Value
    place: int


@dataclass(frozen=True, slots=True)
class Chain:
    """`a + b - c` or `a * b / c`: operators of one rank."""

    first: Value
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Extreme:
    """`min` or `max`."""

    least: bool
    parts: tuple[Value, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Rounded:
    """`redondear`."""

    of: Value
    digits: int
    place: int


@dataclass(frozen=True, slots=True)
class Choice:
    """`si`."""

    test: Test
    then: Value
    otherwise: Value
    place: int


@dataclass(frozen=True, slots=True)
class Before:
    """`anterior`."""

    of: Value
    count: int
    place: int


@dataclass(frozen=True, slots=True)
class SumOfPeriods:
    """`ultimos`, or `acumulado` where `count` is None."""

    of: Value
    count: int | None
    place: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact."""

    left: Value
    operator: str
    right: Value
    place: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Tests joined by `o`, which `decided_by` one that holds, or by `y`, by one that does not."""

    decided_by: bool
    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """`no`."""

    of: Test


Value = Number | Name | Opposite | Chain | Extreme | Rounded | Choice | Before | SumOfPeriods
Test = Comparison | Joined | Denied
