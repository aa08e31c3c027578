"""What a formula comes to in a period, exactly, and each step of it: docs/spec/formulas.md, sections 4 to 6."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from . import tree
from .moments import Moment

MOST_BITS = 2_048
HALF = Fraction(1, 2)


class Reason(StrEnum):
    """Why there is no value."""

    NO_DATA = "no-data"  # a name has none in that period
    ZERO = "zero"  # a divisor is 0
    RANGE = "range"  # a number too long to be one


@dataclass(frozen=True, slots=True)
class Missing:
    """Sin datos: why, which part of the text (as it stands there), and in which period.

    `place` is where the sign of that part stands in the text, from 1: of a divisor of 0, its `/`. 0: in no period that exists.
    `indicator` is whose formula it is, where that is another one.
    """

    reason: Reason
    part: str
    moment: Moment
    place: int = 0
    indicator: str = ""


Outcome = Fraction | Missing
Read = Callable[[str, Moment], Outcome | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the text in one period, with what it came to (True or False for a test)."""

    part: tree.Value | tree.Test
    moment: Moment
    outcome: Outcome | bool


@dataclass(frozen=True, slots=True)
class Computed:
    """The outcome of a formula, and its steps in the order in which they were done."""

    outcome: Outcome
    steps: tuple[Step, ...]


def evaluate(formula: tree.Formula, moment: Moment, read: Read) -> Computed:
    """The formula in that period; `read` gives what a name has in a period, or None.

    A `Missing` that it gives, of another indicator, is passed on as it is.
    """
    run = _Run(formula, read)
    return Computed(run.of(formula.value, moment), tuple(run.steps))


class _Run:
    """One computation: every part at most once in a period."""

    def __init__(self, formula: tree.Formula, read: Read) -> None:
        self._formula, self._read = formula, read
        self._done: dict[tuple[int, Moment], Outcome | bool | Missing] = {}
        self.steps: list[Step] = []

    def of(self, part: tree.Value, moment: Moment) -> Outcome:
        """A value in a period."""
        key = (id(part), moment)
        if key not in self._done:
            found = self._bounded(part, moment, self._compute(part, moment)) if moment.exists else self._before_all(part, moment)
            self._done[key] = found
            self.steps.append(Step(part, moment, found))
        return self._done[key]  # type: ignore[return-value]  # a value's place holds no test

    def _bounded(self, part: tree.Value, moment: Moment, found: Outcome, start: int | None = None) -> Outcome:
        if isinstance(found, Missing) or max(found.numerator.bit_length(), found.denominator.bit_length()) <= MOST_BITS:
            return found
        return self._missing(Reason.RANGE, part, moment, start)

    def _missing(self, reason: Reason, part: tree.Part, moment: Moment, start: int | None = None) -> Missing:
        return Missing(reason, self._formula.quote(part), moment, (part.start if start is None else start) + 1)

    def _before_all(self, part: tree.Part, moment: Moment) -> Missing:
        return Missing(Reason.NO_DATA, self._formula.quote(part), moment)

    def _compute(self, part: tree.Value, moment: Moment) -> Outcome:
        match part:
            case tree.Number(value=value):
                return value
            case tree.Name(name=name):
                found = self._read(name, moment)
                return self._missing(Reason.NO_DATA, part, moment) if found is None else found
            case tree.Negative(of=of):
                return _then(self.of(of, moment), operator.neg)
            case tree.Rounded(of=of, digits=digits):
                return _then(self.of(of, moment), lambda value: rounded(value, digits))
            case tree.Shifted(of=of, count=count):
                return self.of(of, moment.before(count))
            case tree.Summed(of=of, count=count):
                return self._sum(part, of, moment, count or moment.within)
            case tree.Extreme(name=name, of=values):
                return self._extreme(min if name == "min" else max, [self.of(value, moment) for value in values])
            case tree.Choice(test=test, then=then, other=other):
                held = self._test(test, moment)
                return held if isinstance(held, Missing) else self.of(then if held else other, moment)
            case tree.Chain():
                return self._chain(part, moment)

    def _sum(self, part: tree.Value, of: tree.Value, moment: Moment, count: int) -> Outcome:
        total: Outcome = Fraction(0)
        for back in range(count - 1, -1, -1):
            found = self.of(of, moment.before(back))
            if isinstance(total, Missing):
                return total
            if isinstance(found, Missing):
                return found
            total = self._bounded(part, moment, total + found)
        return total

    def _extreme(self, choose: Callable[[Iterable[Fraction]], Fraction], found: list[Outcome]) -> Outcome:
        missing = next((one for one in found if isinstance(one, Missing)), None)
        return missing or choose(one for one in found if isinstance(one, Fraction))

    def _chain(self, part: tree.Chain, moment: Moment) -> Outcome:
        total = self.of(part.first, moment)
        for (sign, value), place in zip(part.rest, part.places, strict=True):
            if isinstance(total, Missing):
                return total
            found = self.of(value, moment)
            if isinstance(found, Missing):
                return found
            if sign == "/" and found == 0:
                return self._missing(Reason.ZERO, value, moment, place)
            total = self._bounded(part, moment, SIGNS[sign](total, found), place)
        return total

    def _test(self, test: tree.Test, moment: Moment) -> bool | Missing:
        key = (id(test), moment)
        if key not in self._done:
            found = self._held(test, moment)
            self._done[key] = found
            self.steps.append(Step(test, moment, found))
        return self._done[key]  # type: ignore[return-value]  # a test's place holds no value

    def _held(self, test: tree.Test, moment: Moment) -> bool | Missing:
        match test:
            case tree.Not(of=of):
                held = self._test(of, moment)
                return held if isinstance(held, Missing) else not held
            case tree.Joined(word=word, of=tests):
                return self._joined(tests, moment, decides=word == "o")
            case tree.Comparison(sign=sign, left=left, right=right):
                one = self.of(left, moment)
                if isinstance(one, Missing):
                    return one
                other = self.of(right, moment)
                return other if isinstance(other, Missing) else COMPARISONS[sign](one, other)

    def _joined(self, tests: tuple[tree.Test, ...], moment: Moment, *, decides: bool) -> bool | Missing:
        for one in tests:
            held = self._test(one, moment)
            if isinstance(held, Missing) or held is decides:
                return held
        return not decides


SIGNS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def _then(found: Outcome, change: Callable[[Fraction], Fraction]) -> Outcome:
    return found if isinstance(found, Missing) else change(found)


def rounded(value: Fraction, digits: int) -> Fraction:
    """The nearest with that many decimals; halves go away from zero."""
    scale = 10**digits
    nearest = (abs(value) * scale + HALF).__floor__()
    return Fraction(nearest if value >= 0 else -nearest, scale)


def written(value: Fraction) -> str:
    """As a bundle has it: `n`, or `n/d` in lowest terms."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
