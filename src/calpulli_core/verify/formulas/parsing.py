"""From a text to its tree, or the first reason to refuse it (docs/spec/formulas.md, section 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

from calpulli_core.verify.formulas.signs import RefusedError, Sign, signs_of
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
    Unit,
    Value,
)
from calpulli_core.verify.formulas.units import read_unit

DEEPEST, MOST_NAMES = 32, 64
_FUNCTIONS = {"min", "max", "redondear", "si", "anterior", "ultimos", "acumulado"}
_TAKEN = _FUNCTIONS | {"y", "o", "no"}
_COMPARISONS = {"<", "<=", ">", ">=", "=", "<>"}


@dataclass(frozen=True, slots=True)
class Formula:
    """A text that was read: its tree, and its names in the order in which they first stand."""

    tree: Value
    names: tuple[str, ...]


def parse(text: str) -> Formula:
    """The formula that the text says; `RefusedError` where it first departs from the language."""
    reader = _Reader(signs_of(text))
    tree = reader.value()
    if reader.sign.kind != "end":
        raise reader.refused("aquí la fórmula ya había terminado; falta un signo antes, o esto sobra")
    return Formula(tree, tuple(reader.names))


class _Reader:
    """The rules of the grammar, one method for each, over the signs."""

    def __init__(self, signs: list[Sign]) -> None:
        self._signs = signs
        self._at = 0
        self._depth = 0
        self._in_sum = False
        self.names: dict[str, Sign] = {}

    @property
    def sign(self) -> Sign:
        """The next one."""
        return self._signs[self._at]

    def refused(self, rule: str, sign: Sign | None = None) -> RefusedError:
        """The next sign, or the one given, is not what must stand there."""
        sign = sign or self.sign
        return RefusedError(sign.place, sign.text or "el final", rule)

    def take(self) -> Sign:
        """The next sign, which is behind now."""
        sign = self.sign
        self._at += 1
        return sign

    def expect(self, text: str) -> Sign:
        """The next sign, which must be this one."""
        if self.sign.text != text or self.sign.kind == "unit":
            raise self.refused(f"aquí va «{text}»")
        return self.take()

    @contextmanager
    def deeper(self, sign: Sign) -> Iterator[None]:
        """One level more, that `sign` opens."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.refused(f"hay más de {DEEPEST} niveles, uno dentro de otro; pase una parte a otro indicador", sign)
        yield
        self._depth -= 1

    # Values.

    def value(self) -> Value:
        return self._chain(self.product, "+", "-")

    def product(self) -> Value:
        return self._chain(self.signed, "*", "/")

    def _chain(self, operand: Callable[[], Value], *operators: str) -> Value:
        first, steps = operand(), []
        while self.sign.text in operators:
            sign = self.take()
            steps.append(Step(sign.text, operand(), sign.place))
        return Chain(first, tuple(steps)) if steps else first

    def signed(self) -> Value:
        if self.sign.text != "-":
            return self.single()
        sign = self.take()
        with self.deeper(sign):
            return Opposite(self.signed(), sign.place)

    def single(self) -> Value:
        if self.sign.kind == "number":
            return self.number()
        if self.sign.text == "(":
            return self.inside(self.value)
        if self.sign.text in _FUNCTIONS:
            return self.call()
        if self.sign.kind != "word" or self.sign.text in _TAKEN:
            raise self.refused("aquí va un número, un nombre, una función o un paréntesis que abre")
        return self.name()

    def inside(self, rule: Callable[[], Value]) -> Value:
        """What stands between two parentheses."""
        with self.deeper(self.expect("(")):
            found = rule()
            self.expect(")")
        return found

    def number(self) -> Number:
        sign = self.take()
        return Number(Fraction(sign.text), self.unit() if self.sign.kind == "unit" else None, sign.place)

    def unit(self) -> Unit:
        sign = self.take()
        unit = read_unit(sign.text[1:-1])
        if unit is None:
            raise self.refused("esto no es una unidad; se escribe como [pesos/actividad]", sign)
        return unit

    def name(self) -> Name:
        sign = self.take()
        self.names.setdefault(sign.text, sign)
        if len(self.names) > MOST_NAMES:
            raise self.refused(f"una fórmula tiene {MOST_NAMES} nombres distintos o menos; pase una parte a otro indicador", sign)
        return Name(sign.text, sign.place)

    # Functions.

    def call(self) -> Value:
        sign = self.take()
        if sign.text in ("ultimos", "acumulado"):
            return self.sum_of_periods(sign)
        return self.inside(lambda: self.arguments(sign))

    def sum_of_periods(self, sign: Sign) -> Value:
        if self._in_sum:
            raise self.refused("no va dentro de otra suma de periodos; ponga la de adentro en otro indicador", sign)
        self._in_sum = True
        found = self.inside(lambda: self.arguments(sign))
        self._in_sum = False
        return found

    def arguments(self, sign: Sign) -> Value:
        if sign.text == "si":
            return self.choice(sign)
        first = self.value()
        if sign.text in ("min", "max"):
            return self.extreme(sign, first)
        if sign.text == "redondear":
            return Rounded(first, self.whole(0, 9), sign.place)
        if sign.text == "acumulado":
            return SumOfPeriods(first, None, sign.place)
        made = Before if sign.text == "anterior" else SumOfPeriods
        return made(first, self.whole(1, 40), sign.place)

    def extreme(self, sign: Sign, first: Value) -> Value:
        parts = [first]
        self.expect(",")
        parts.append(self.value())
        while self.sign.text == ",":
            self.take()
            parts.append(self.value())
        return Extreme(sign.text == "min", tuple(parts), sign.place)

    def choice(self, sign: Sign) -> Value:
        test = self.test()
        self.expect(",")
        then = self.value()
        self.expect(",")
        return Choice(test, then, self.value(), sign.place)

    def whole(self, least: int, most: int) -> int:
        """A comma, and a number without point between two bounds."""
        self.expect(",")
        sign = self.sign
        if sign.kind != "number" or "." in sign.text or not least <= int(sign.text) <= most:
            raise self.refused(f"aquí va un número entero, de {least} a {most}")
        return int(self.take().text)

    # Tests.

    def test(self) -> Test:
        return self._joined(self.clause, "o")

    def clause(self) -> Test:
        return self._joined(self.fact, "y")

    def _joined(self, part: Callable[[], Test], word: str) -> Test:
        parts = [part()]
        while self.sign.text == word:
            self.take()
            parts.append(part())
        return Joined(word == "o", tuple(parts)) if len(parts) > 1 else parts[0]

    def fact(self) -> Test:
        if self.sign.text == "no":
            with self.deeper(self.take()):
                return Denied(self.fact())
        if self.sign.text == "(" and self.opens_a_test():
            with self.deeper(self.take()):
                found = self.test()
                self.expect(")")
            return found
        return self.comparison()

    def comparison(self) -> Test:
        left = self.value()
        if self.sign.text not in _COMPARISONS:
            raise self.refused("aquí va una comparación: < <= > >= = <>")
        sign = self.take()
        return Comparison(left, sign.text, self.value(), sign.place)

    def opens_a_test(self) -> bool:
        """Whether the parenthesis that comes has a comparison, `y`, `o` or `no` inside it, and not inside those of a function."""
        functions: list[bool] = []
        for before, sign in zip(self._signs[self._at - 1 :], self._signs[self._at :], strict=False):
            if sign.text == "(":
                functions.append(before.text in _FUNCTIONS and bool(functions))
            elif sign.text == ")":
                functions.pop()
            elif not any(functions) and (sign.text in _COMPARISONS or sign.text in ("y", "o", "no")):
                return True
            if not functions:
                return False
        return False
