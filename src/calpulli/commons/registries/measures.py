"""Measures: aggregates over the rows of a package, the only thing that indicators are computed from.

A package says which rows, which of their columns is added up, and by which others one may ask. One engine, above, reads
all the cells of a measure that it needs at once; so a measure never computes anything itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from calpulli_core.indicators.moments import Grain, Moment

from . import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from calpulli.commons.act import Actor

    Words = str | _StrPromise  # a text that is translated when it is shown

KEY = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")


class Aggregate(StrEnum):
    """What is made of the rows of a cell. Of no rows: 0 for a count, a sum and a distinct; nothing for the others."""

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"  # how many different values
    SHARE = "share"  # of the rows, those whose value is true: a fraction
    MEDIAN = "median"  # the middle value, or half the sum of the two in the middle
    PERCENTILE = "percentile"  # the least value that `percent` in a hundred of the rows do not exceed (nearest rank)


RANKED = (Aggregate.MEDIAN, Aggregate.PERCENTILE)


@dataclass(frozen=True)
class Dimension:
    """A column by which one may ask, and the words of its values; a value without words is shown as it stands.

    `apart`: asked by it, rows stand otherwise (an activity once for each line that it serves, or some are left out), so that
    what is asked without it does not add up from what is asked by it.
    `of_year`: where the same value is called otherwise from one year to the next, its words in a year.
    `url`: the public page of a value in a period, where it has one: its key is then shown too, since people look it up by that.
    """

    key: str
    name: Words
    values: Callable[[], Mapping[str, str]]
    apart: bool = False
    of_year: Callable[[int], Mapping[str, str]] | None = None
    url: Callable[[str, Moment], str] | None = None

    def words(self, year: int) -> Mapping[str, str]:
        """The words of its values in a year."""
        return self.of_year(year) if self.of_year else self.values()


Touched = Mapping[str, frozenset[str]]  # keys of rows that facts changed, by table
Rule = Callable[[Mapping[str, str]], bool]  # of what is asked for, whether something is so
YearRules = Callable[[int], Rule]
Hidden = Callable[[Mapping[str, str], Moment], bool]  # of what is asked for, whether it may not be told


@dataclass(frozen=True)
class Change:
    """A month, and in it perhaps only some values of some dimensions, of which a measure may say something else now."""

    month: int
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """Something that a measure counts or does not, with what one looks at to know it, in words.

    `why`: why it does not count; empty: it does.
    """

    name: str
    url: str
    period: str  # 2026-Q3
    facts: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Candidates:
    """All that a cell might have counted; `headers` are those of the facts."""

    headers: tuple[str, ...]
    items: tuple[Candidate, ...]


def rule_of(rules: YearRules, year: int) -> Rule:
    """The rule of a year."""
    return rules(year)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """An aggregate. Names of columns are those that `rows` annotates; `rows` is told which dimensions are asked for.

    `keeps`: of those rows, the ones that it counts: measures that share `rows` are then read in one question.
    `weight`: of a middle or a percentile, the column that says how many times a row counts; empty: once.
    `month`: a whole number, year * 12 + month - 1 (as `calpulli_core.indicators.moments` counts). `value`: the column added
    up; empty for a count. `unit` as docs/spec/formulas.md writes it; `scale` what a whole of the column is worth (cents of
    peso: 1/100). `grain`: the finest period that can be asked.
    `table`: where people are counted, the key of the table that tells them (`people_tables`), with the `category` that it is of,
    empty for everybody. Such a measure is read from what the table told last and never from its rows, by quarter or year, and by
    no dimension but the table's place.
    `changed`: what facts that touched those rows may have changed of it: nothing, some months and values, or None for anything;
    without it, anything. It may say too much and never too little: what is remembered of the rest goes on being shown.
    `since`: before that month nothing was recorded, so that a count has no value rather than 0.
    `told_by`: of what, on that day, all is in that a period will say; while it is not, no rows are no 0, and nothing is judged.
    `only_by`: dimensions of which a value must always be asked for, since what is of two of them does not add up.
    `adds_up`: for a year, whether the months of what is asked for add up; where they do not, it is told by month alone.
    `hides`: for a year, whether what is asked for is of so few people that it has no value.
    `shown`: the columns of a row that anyone may see (key, words), in order; `inside`, those that the actor may see besides.
    When it was, and how much of the column that is added up, are shown of each row without saying so here.
    `said`: the words of the values of shown columns that are no dimensions.
    `gathered`: rows are shown added up by month and by what is shown of them, and never one by one.
    `unlisted`: dimensions that are asked for the number alone: of what is asked by them no rows are shown.
    `candidates`: what a cell might count, one by one, for whoever counts by hand and asks why something did not count.
    """

    key: str
    name: Words
    counts: Words  # what exactly is counted, in a sentence
    aggregate: Aggregate
    unit: str
    rows: Callable[[frozenset[str]], QuerySet[Any]]
    value: str = ""
    keeps: Q | None = None
    weight: str = ""
    scale: Fraction = Fraction(1)
    percent: int = 50
    grain: Grain = Grain.MONTH
    dimensions: tuple[Dimension, ...] = ()
    table: str = ""
    category: str = ""
    owner: str  # a key of `[data.areas]` in the institute's data
    chains: tuple[str, ...]  # the chains whose acts can change it: while their heads stay, it says the same
    changed: Callable[[Touched], Iterable[Change] | None] | None = None
    since: Callable[[], int | None]
    told_by: Callable[[Moment, dt.date], Rule] | None = None
    only_by: tuple[str, ...] = ()
    adds_up: YearRules | None = None
    hides: Callable[[int], Hidden] | None = None
    shown: tuple[tuple[str, Words], ...] = ()
    inside: Callable[[Actor], tuple[tuple[str, Words], ...]] | None = None
    said: Mapping[str, Callable[[], Mapping[str, str]]] = field(default_factory=dict)
    gathered: bool = False
    unlisted: tuple[str, ...] = ()
    candidates: Callable[[Mapping[str, str], Moment], Candidates] | None = None
    dataset: str = ""  # the data set whose rows these are, for whoever counts them again

    def __post_init__(self) -> None:
        wrong = [
            (not KEY.fullmatch(self.key), "a key `package.what_it_counts`"),
            ((self.aggregate is Aggregate.COUNT) == bool(self.value), "a value, unless it is a count"),
            (bool(self.category) and not self.table, "a table, of which it is a category"),
            (bool(self.table) and (self.grain is Grain.MONTH or len(self.dimensions) > 1), "quarters and one place, of people"),
            (bool(self.weight) and self.aggregate not in RANKED, "no weight, unless it is a middle or a percentile"),
            (not 1 <= self.percent <= 99, "a percent from 1 to 99"),
            (len({one.key for one in self.dimensions}) < len(self.dimensions), "dimensions of different keys"),
            (not {*self.only_by} <= {one.key for one in self.dimensions}, "to be asked apart by dimensions that it has"),
        ]
        if told := [what for fault, what in wrong if fault]:
            raise ValueError(f"the measure {self.key!r} needs {'; '.join(told)}")

    def may_sum(self, where: Mapping[str, str], moment: Moment, rule_of: Callable[[YearRules, int], Rule] = rule_of) -> bool:
        """Whether what a period comes to says anything: it is a month, or its months add up.

        `rule_of`: whoever asks of many cells keeps the rules of the years.
        """
        return self.adds_up is None or moment.grain is Grain.MONTH or rule_of(self.adds_up, moment.year)(where)

    def dimension(self, key: str) -> Dimension:
        """The dimension of that key; KeyError when there is none."""
        for one in self.dimensions:
            if one.key == key:
                return one
        raise KeyError(key)


MEASURES: Registry[Measure] = Registry("measures")


def offer_measure(measure: Measure) -> Measure:
    """Registers a measure under its key."""
    return MEASURES.add(measure.key, measure)


def offer_measures(measures: Iterable[Measure]) -> None:
    """Registers several."""
    for measure in measures:
        offer_measure(measure)
