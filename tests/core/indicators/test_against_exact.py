"""Any formula comes to what Python's own exact arithmetic comes to, written beside it by a generator that knows no parser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.indicators.computing import Missing, evaluate, written
from calpulli_core.indicators.moments import Moment
from calpulli_core.indicators.parsing import parse

NOW = Moment.parse("2026-Q3")
NAMES = ("altas", "bajas", "meta", "gasto_2")


class NoValueError(Exception):
    """The oracle found nothing: a gap or a divisor of 0."""


@dataclass(frozen=True)
class Case:
    """A text and what it means, as a Python function of how many periods back one looks."""

    text: str
    means: Callable[[Data, int], Fraction]


Data = dict[tuple[str, int], Fraction]


def gap(data: Data, name: str, back: int) -> Fraction:
    if (name, back) not in data:
        raise NoValueError
    return data[name, back]


def divided(one: Fraction, other: Fraction) -> Fraction:
    if other == 0:
        raise NoValueError
    return one / other


def half_away(value: Fraction, digits: int) -> Fraction:
    """By the digits of the whole quotient, as one does on paper: another way than adding a half."""
    shifted = abs(value) * 10**digits
    whole, rest = divmod(shifted.numerator, shifted.denominator)
    nearest = whole + (1 if 2 * rest >= shifted.denominator else 0)
    return Fraction(nearest, 10**digits) * (1 if value >= 0 else -1)


numbers = st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False).map(lambda one: f"{one:f}")
leaves = st.one_of(
    numbers.map(lambda text: Case(text, lambda data, back: Fraction(text))),
    st.sampled_from(NAMES).map(lambda name: Case(name, lambda data, back: gap(data, name, back))),
)


def binary(sign: str, a: Case, b: Case) -> Case:
    do = {"+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y, "/": divided}[sign]
    return Case(f"({a.text}) {sign} ({b.text})", lambda data, back: do(a.means(data, back), b.means(data, back)))


def bare(a: Case, b: Case, c: Case) -> Case:
    """Without parentheses of its own: products before sums, and from left to right."""
    return Case(
        f"({a.text}) - ({b.text}) - ({c.text}) * ({a.text}) / 4",
        lambda data, back: a.means(data, back) - b.means(data, back) - c.means(data, back) * a.means(data, back) / 4,
    )


def chosen(sign: str, a: Case, b: Case, c: Case, d: Case) -> Case:
    holds = {"<": lambda x, y: x < y, ">=": lambda x, y: x >= y, "=": lambda x, y: x == y, "<>": lambda x, y: x != y}[sign]

    def means(data: Data, back: int) -> Fraction:
        return (c if holds(a.means(data, back), b.means(data, back)) else d).means(data, back)

    return Case(f"si({a.text}{sign}{b.text},{c.text},{d.text})", means)


def both(word: str, a: Case, b: Case, c: Case) -> Case:
    def means(data: Data, back: int) -> Fraction:
        first = a.means(data, back) > b.means(data, back)
        if word == "y":
            held = first and c.means(data, back) <= a.means(data, back)
        else:
            held = first or c.means(data, back) <= a.means(data, back)
        return Fraction(0 if held else 7)

    return Case(f"si(no ({a.text} > {b.text} {word} ({c.text}) <= {a.text}), 7, 0)", means)


def is_summed(a: Case) -> bool:
    return "ultimos" in a.text or "acumulado" in a.text


def summed(a: Case, count: int) -> Case:
    """The sum of it, but no sum of sums: the language has none."""
    if is_summed(a):
        return a
    return Case(
        f"ultimos({a.text}, {count})",
        lambda data, back: sum((a.means(data, back + one) for one in range(count - 1, -1, -1)), Fraction(0)),
    )


def so_far(a: Case) -> Case:
    """The third quarter is the third of its year, two back the first of it, three back the fourth of the one before."""

    def means(data: Data, back: int) -> Fraction:
        count = 4 - (back + 1) % 4 if (back + 1) % 4 else 4
        return sum((a.means(data, back + one) for one in range(count - 1, -1, -1)), Fraction(0))

    return a if is_summed(a) else Case(f"acumulado({a.text})", means)


def grown(inner: st.SearchStrategy[Case]) -> st.SearchStrategy[Case]:
    sign, count, digits = st.sampled_from("+-*/"), st.integers(1, 4), st.integers(0, 4)
    return st.one_of(
        st.builds(binary, sign, inner, inner),
        st.builds(bare, inner, inner, inner),
        st.builds(chosen, st.sampled_from(["<", ">=", "=", "<>"]), inner, inner, inner, inner),
        st.builds(both, st.sampled_from(["y", "o"]), inner, inner, inner),
        inner.map(lambda a: Case(f"-({a.text})", lambda data, back: -a.means(data, back))),
        st.builds(
            lambda a, b: Case(f"min({a.text}, {b.text})", lambda data, back: min(a.means(data, back), b.means(data, back))),
            inner,
            inner,
        ),
        st.builds(
            lambda a, b: Case(f"max({a.text}, {b.text})", lambda data, back: max(a.means(data, back), b.means(data, back))),
            inner,
            inner,
        ),
        st.builds(
            lambda a, n: Case(f"redondear({a.text}, {n})", lambda data, back: half_away(a.means(data, back), n)), inner, digits
        ),
        st.builds(lambda a, n: Case(f"anterior({a.text}, {n})", lambda data, back: a.means(data, back + n)), inner, count),
        st.builds(summed, inner, count),
        inner.map(so_far),
    )


cases = st.recursive(leaves, grown, max_leaves=8).filter(lambda case: len(case.text) <= 1_500)
values = st.one_of(st.just(Fraction(0)), st.fractions(-1000, 1000, max_denominator=12))
tables = st.dictionaries(st.tuples(st.sampled_from(NAMES), st.integers(0, 12)), values, max_size=52)
full = st.builds(
    lambda found: {(name, back): found[at * 40 + back] for at, name in enumerate(NAMES) for back in range(40)},
    st.lists(values, min_size=160, max_size=160),
)


@pytest.mark.parametrize("kept", [tables, full], ids=["with gaps", "full"])
def test_a_formula_is_exact(kept: st.SearchStrategy[Data]) -> None:
    came: list[bool] = []

    @settings(max_examples=400, deadline=None)
    @given(case=cases, data=kept)
    def run(case: Case, data: Data) -> None:
        try:
            expected = case.means(data, 0)
        except NoValueError:
            expected = None
        if expected is not None and max(expected.numerator.bit_length(), expected.denominator.bit_length()) > 1_000:
            return
        found = evaluate(parse(case.text), NOW, lambda name, moment: data.get((name, NOW.place - moment.place)))
        came.append(expected is not None)
        assert isinstance(found.outcome, Missing) if expected is None else found.outcome == expected, (case.text, found.outcome)

    run()
    assert came.count(True) > 100, "the generator gave too few formulas with a value"


@given(st.fractions())
def test_a_value_is_read_back_from_what_is_written(value: Fraction) -> None:
    assert Fraction(written(value)) == value
    assert written(value).endswith("/1") is False
