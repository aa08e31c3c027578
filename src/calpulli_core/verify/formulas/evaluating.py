"""The value of a formula in a period, exactly, or why there is none (docs/spec/formulas.md, sections 4 to 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from calpulli_core.verify.formulas.exact import is_in_range, read_value, rounded
from calpulli_core.verify.formulas.moments import Moment
from calpulli_core.verify.formulas.tree import (
    Before,
    Chain,
    Choice,
    Comparison,
    Denied,
    Extreme,
    Joined,
    Name,
    Number,
    Opposite,
    Rounded,
    Step,
    SumOfPeriods,
    Test,
    Value,
)

NO_DATA, ZERO, RANGE = "no-data", "zero", "range"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no value: what and when, and the name or the place of the part; `indicator` where it is of another one."""

    kind: str
    period: str
    name: str | None = None
    place: int | None = None
    indicator: str | None = None


# What a name has in a period: the text of a value (section 9), or why it has none. A text that is no value is a `ValueError`.
Lookup = Callable[[str, Moment], str | Reason]


class _NoneError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.kind)
        self.reason = reason


def evaluate(tree: Value, moment: Moment, lookup: Lookup) -> Fraction | Reason:
    """The value of the formula in that period, or the first reason that is met."""
    try:
        return _Work(lookup).value(tree, moment)
    except _NoneError as none:
        return none.reason


class _Work:
    """One computation; its methods raise `_NoneError` where there is no value."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._values: dict[tuple[str, Moment], Fraction] = {}  # each is read once: texts may be long

    def value(self, tree: Value, at: Moment) -> Fraction:
        if at.is_before_all:
            raise _NoneError(Reason(NO_DATA, str(at)))
        match tree:
            case Number():
                return tree.value
            case Name():
                key = tree.name, at
                if key not in self._values:
                    self._values[key] = self._named(tree, at)
                return self._values[key]
            case Opposite():
                return -self.value(tree.of, at)
            case Chain():
                return self._chain(tree, at)
            case Extreme() | Rounded() | Choice() | Before() | SumOfPeriods():
                return self._function(tree, at)

    def _function(self, tree: Extreme | Rounded | Choice | Before | SumOfPeriods, at: Moment) -> Fraction:
        match tree:
            case Extreme():
                values = [self.value(part, at) for part in tree.parts]
                return min(values) if tree.least else max(values)
            case Rounded():
                return _bounded(rounded(self.value(tree.of, at), tree.digits), tree.place, at)
            case Choice():
                return self.value(tree.then if self.test(tree.test, at) else tree.otherwise, at)
            case Before():
                return self.value(tree.of, at.back(tree.count))
            case SumOfPeriods():
                return self._sum(tree, at)

    def _named(self, tree: Name, at: Moment) -> Fraction:
        found = self._lookup(tree.name, at)
        if isinstance(found, Reason):
            raise _NoneError(found)
        value = read_value(found)
        if value is None:
            raise ValueError(f"«{found[:40]}» no es un valor: se escribe n, o n/d en su mínima expresión")
        return _bounded(value, tree.place, at)

    def _chain(self, tree: Chain, at: Moment) -> Fraction:
        total = self.value(tree.first, at)
        for step in tree.steps:
            total = _bounded(_stepped(total, step, self.value(step.operand, at), at), step.place, at)
        return total

    def _sum(self, tree: SumOfPeriods, at: Moment) -> Fraction:
        oldest, *rest = at.last(at.in_year if tree.count is None else tree.count)
        total = self.value(tree.of, oldest)
        for moment in rest:
            total = _bounded(total + self.value(tree.of, moment), tree.place, at)
        return total

    def test(self, test: Test, at: Moment) -> bool:
        match test:
            case Comparison():
                return _holds(self.value(test.left, at), test.operator, self.value(test.right, at))
            case Denied():
                return not self.test(test.of, at)
            case Joined():
                decided = any(self.test(part, at) is test.decided_by for part in test.parts)
                return test.decided_by if decided else not test.decided_by


def _stepped(total: Fraction, step: Step, operand: Fraction, at: Moment) -> Fraction:
    if step.operator == "+":
        return total + operand
    if step.operator == "-":
        return total - operand
    if step.operator == "*":
        return total * operand
    if operand == 0:
        raise _NoneError(Reason(ZERO, str(at), place=step.place))
    return total / operand


def _bounded(value: Fraction, place: int, at: Moment) -> Fraction:
    if not is_in_range(value):
        raise _NoneError(Reason(RANGE, str(at), place=place))
    return value


def _holds(left: Fraction, operator: str, right: Fraction) -> bool:
    if operator in ("=", "<>"):
        return (left == right) is (operator == "=")
    return (left < right and "<" in operator) or (left > right and ">" in operator) or (left == right and "=" in operator)


def read_periods(tree: Value | Test, at: Moment) -> Iterable[tuple[str, Moment]]:
    """Each name with each period for which the formula may ask it, those before all left out."""
    for part, moment in _inside(tree, at):
        if moment.is_before_all:
            continue
        if isinstance(part, Name):
            yield part.name, moment
        else:
            yield from read_periods(part, moment)


def weight(tree: Value | Test, in_a_year: int) -> int:
    """How many parts it has, those inside a sum counted once for each period that it may add (bundle.md, section 10)."""
    match tree:
        case Number() | Name():
            return 1
        case Opposite(of=inside) | Rounded(of=inside) | Before(of=inside):
            return 1 + weight(inside, in_a_year)
        case SumOfPeriods():
            return 1 + (tree.count or in_a_year) * weight(tree.of, in_a_year)
        case Chain():
            return weight(tree.first, in_a_year) + sum(1 + weight(step.operand, in_a_year) for step in tree.steps)
        case Choice():
            return 1 + sum(weight(part, in_a_year) for part in (tree.test, tree.then, tree.otherwise))
        case Comparison():
            return 1 + weight(tree.left, in_a_year) + weight(tree.right, in_a_year)
        case Extreme(parts=parts):
            return 1 + sum(weight(part, in_a_year) for part in parts)
        case Joined(parts=parts):
            return sum(weight(part, in_a_year) for part in parts)
        case Denied(of=inside):
            return weight(inside, in_a_year)


def _inside(tree: Value | Test, at: Moment) -> Iterable[tuple[Value | Test, Moment]]:
    match tree:
        case Name():
            yield tree, at
        case Opposite(of=inside) | Rounded(of=inside) | Denied(of=inside):
            yield inside, at
        case Chain():
            yield tree.first, at
            yield from ((step.operand, at) for step in tree.steps)
        case Extreme(parts=parts) | Joined(parts=parts):
            yield from ((part, at) for part in parts)
        case Choice():
            yield from ((part, at) for part in (tree.test, tree.then, tree.otherwise))
        case Comparison():
            yield from ((part, at) for part in (tree.left, tree.right))
        case Before():
            yield tree.of, at.back(tree.count)
        case SumOfPeriods():
            yield from ((tree.of, moment) for moment in at.last(at.in_year if tree.count is None else tree.count))
        case Number():
            return
