"""What a formula is made of. Every part knows where its text begins and ends, for whoever has to be told about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .units import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """Any part; `start` and `end` are places in the text of the formula."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number(Part):
    """A number, as exact as it is written, and its unit."""

    value: Fraction
    unit: Unit


@dataclass(frozen=True, slots=True)
class Name(Part):
    """What is bound to a measure, a goal or another indicator."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative(Part):
    """The opposite of a value."""

    of: Value


@dataclass(frozen=True, slots=True)
class Chain(Part):
    """Values with `+` and `-`, or with `*` and `/`, from left to right; flat, so that a long sum is not a deep one."""

    first: Value
    rest: tuple[tuple[str, Value], ...]
    places: tuple[int, ...]  # where the sign of each of `rest` stands


@dataclass(frozen=True, slots=True)
class Extreme(Part):
    """`min` or `max` of two values or more."""

    name: str
    of: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Rounded(Part):
    """A value with so many decimals."""

    of: Value
    digits: int


@dataclass(frozen=True, slots=True)
class Choice(Part):
    """One of two values, by a test."""

    test: Test
    then: Value
    other: Value


@dataclass(frozen=True, slots=True)
class Shifted(Part):
    """A value so many periods before."""

    of: Value
    count: int


@dataclass(frozen=True, slots=True)
class Summed(Part):
    """The sum over the last periods; `count` None: since the year began."""

    of: Value
    count: int | None


@dataclass(frozen=True, slots=True)
class Comparison(Part):
    """Two values compared."""

    sign: str
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Not(Part):
    """A test that does not hold."""

    of: Test


@dataclass(frozen=True, slots=True)
class Joined(Part):
    """Tests with `y`, or with `o`, between them."""

    word: str
    of: tuple[Test, ...]


Value = Number | Name | Negative | Chain | Extreme | Rounded | Choice | Shifted | Summed
Test = Comparison | Not | Joined


def inside(part: Value | Test) -> tuple[Value | Test, ...]:
    """The parts that a part is made of, from left to right."""
    match part:
        case Number() | Name():
            return ()
        case Negative(of=of) | Rounded(of=of) | Shifted(of=of) | Summed(of=of) | Not(of=of):
            return (of,)
        case Comparison(left=left, right=right):
            return left, right
        case Chain(first=first, rest=rest):
            return first, *(value for _, value in rest)
        case Extreme(of=of) | Joined(of=of):
            return of
        case Choice(test=test, then=then, other=other):
            return test, then, other


def parts(part: Value | Test) -> Iterator[Value | Test]:
    """A part and all that it is made of."""
    yield part
    for one in inside(part):
        yield from parts(one)


@dataclass(frozen=True, slots=True)
class Formula:
    """A text and what it says."""

    text: str
    value: Value

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it reads, in the order in which they first stand in it."""
        return tuple(dict.fromkeys(part.name for part in parts(self.value) if isinstance(part, Name)))

    def quote(self, part: Part) -> str:
        """The text of a part."""
        return self.text[part.start : part.end]
