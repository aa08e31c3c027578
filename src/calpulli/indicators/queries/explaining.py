"""How a value follows: what each name stands for and had, and each step of the formula in its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons.registries.measures import MEASURES, Measure
from calpulli_core.indicators import tree
from calpulli_core.indicators.computing import Step
from calpulli_core.indicators.moments import Moment

from .computing import Input
from .sheets import Binding, sheets_in_force
from .values import Shown
from .words import cause_words, exact_words, moment_words, unit_words


@dataclass(frozen=True)
class Given:
    """A name with what it had in a period. `url` leads to where it comes from; `why` says why it had nothing."""

    name: str
    stands_for: str
    where: tuple[tuple[str, str], ...]  # dimension and value, in words
    period: str
    value: Fraction | None
    unit: str
    url: str
    why: str
    is_spanish: bool  # whether what it stands for is a text of the institute


@dataclass(frozen=True)
class Done:
    """A step: what was computed, in words with the numbers in the place of the names, and what came out."""

    number: int
    text: str
    filled: str
    period: str
    value: Fraction | None
    told: str  # of a test, whether it holds; of what is missing, that it is


@dataclass(frozen=True)
class Explained:
    """What was given and the steps, each with its number."""

    given: tuple[Given, ...]
    steps: tuple[Done, ...]


def explained(shown: Shown) -> Explained:
    """Of a value, what it follows from."""
    return Explained(given_of(shown), tuple(_steps(shown)))


def given_of(shown: Shown) -> tuple[Given, ...]:
    """What each name had, in the order in which it was asked for."""
    return tuple(_given(one, shown) for one in shown.result.inputs)


def _given(one: Input, shown: Shown) -> Given:
    stands_for, where, unit, url = _source(one.binding, one.moment, shown)
    why = "" if one.value is not None else cause_words(one.why) if one.why else _("sin datos")
    said = bool(one.binding.indicator or one.binding.awaits)
    return Given(one.name, stands_for, where, moment_words(one.moment), one.value, unit_words(unit, one.value), url, why, said)


def _source(binding: Binding, moment: Moment, shown: Shown) -> tuple[str, tuple[tuple[str, str], ...], str, str]:
    """What a name stands for, of what part, in which unit, and its page."""
    measure = MEASURES.get(binding.measure)
    if measure:
        return (
            str(measure.name),
            where_words(measure, dict(binding.where), moment.year),
            measure.unit,
            measure_url(binding, moment),
        )
    if binding.indicator:
        other = sheets_in_force().get(binding.indicator)
        url = reverse("indicator_value", kwargs={"key": binding.indicator, "period": str(moment)})
        return (other.row.name, (), other.row.unit, url) if other else (binding.indicator, (), "", "")
    if binding.awaits:
        return binding.awaits, (), binding.unit, ""
    return (binding.measure or _("Meta del periodo")), (), shown.sheet.row.unit, ""


def measure_url(binding: Binding, moment: Moment) -> str:
    """The page of the cell: what it counts and its rows."""
    return f"{reverse('measure', kwargs={'key': binding.measure})}?{urlencode([('periodo', str(moment)), *binding.where])}"


def where_words(measure: Measure, where: Mapping[str, str], year: int) -> tuple[tuple[str, str], ...]:
    """Of which part of the measure: the dimension and the value, each in words."""
    known = [(measure.dimension(key), value) for key, value in where.items()]
    return tuple((str(dimension.name), dimension.words(year).get(value, value)) for dimension, value in known)


def _steps(shown: Shown) -> list[Done]:
    """What is computed, without what is only read: names and numbers have their value above."""
    done: list[Done] = []
    values: dict[tuple[int, Moment], Any] = {}
    for step in shown.result.computed.steps:
        values[id(step.part), step.moment] = step.outcome
        if not isinstance(step.part, tree.Number | tree.Name):
            done.append(_done(shown, step, len(done) + 1, values))
    return done


def _done(shown: Shown, step: Step, number: int, values: Mapping[tuple[int, Moment], Any]) -> Done:
    formula, value = shown.sheet.formula, step.outcome if isinstance(step.outcome, Fraction) else None
    told = (
        "" if value is not None else (_("sí") if step.outcome else _("no")) if isinstance(step.outcome, bool) else _("sin datos")
    )
    filled = _filled(formula.quote(step.part), step.part, step.moment, values)
    return Done(number, formula.quote(step.part), filled, moment_words(step.moment), value, told)


def _filled(text: str, part: tree.Value | tree.Test, moment: Moment, values: Mapping[tuple[int, Moment], Any]) -> str:
    """The text of a part with the numbers of what it is made of, where all of them are of the same period and there."""
    inner = sorted(tree.inside(part), key=lambda one: one.start)
    if not all(isinstance(values.get((id(one), moment)), Fraction) for one in inner):
        return ""
    made, at = "", part.start
    for one in inner:
        found = values[id(one), moment]
        made += text[at - part.start : one.start - part.start] + _exact(found)
        at = one.end
    return made + text[at - part.start :]


def _exact(value: Fraction) -> str:
    """Exactly, in parentheses where it is one over another."""
    return exact_words(value) if value.denominator == 1 else f"({exact_words(value)})"
