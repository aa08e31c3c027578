"""What cells hold: an exact number, or why there is none. All that are needed are read at once (`questions`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from calpulli.commons import clock
from calpulli.commons.registries.measures import MEASURES, Aggregate, Hidden, Measure, Rule, rule_of
from calpulli_core.indicators.moments import Moment

from .questions import Cell, Tally, months_of, tallied
from .tellings import ALL, told_last

Tallied = Callable[[Iterable[tuple[Measure, list[Cell]]]], dict[Cell, Tally]]
# Of no rows they are 0; the others have no value.
ZERO = (Aggregate.COUNT, Aggregate.SUM, Aggregate.DISTINCT)


class Why(StrEnum):
    """Why a cell has no value."""

    NO_ROWS = "no-rows"  # a share or a middle of nothing
    UNRECORDED = "unrecorded"  # nothing was recorded then, or not for the whole period
    NOT_BEGUN = "not-begun"  # the period is still to come
    NOT_DUE = "not-due"  # whoever must tell it still may, and nobody did yet
    NOT_ADDED = "not-added"  # each month tells the whole, and this is of several
    MIXED = "mixed"  # what it adds up is of different units unless more is asked
    PRIVACY = "privacy"  # so few people that they could be known
    NOT_TOLD = "not-told"  # of people, and no edition tells it yet
    NO_MEASURE = "no-measure"  # the package that counts it is not there
    AWAITED = "awaited"  # nobody counts it yet
    NO_TARGET = "no-target"  # the institute set none


def hidden_of(hides: Callable[[int], Hidden], year: int) -> Hidden:
    """What of a year may not be told."""
    return hides(year)


@dataclass(frozen=True)
class Reading:
    """What a cell holds: an exact number, or why there is none."""

    value: Fraction | None
    why: Why | None = None


def read(cells: Iterable[Cell], *, tallied: Tallied = tallied) -> dict[Cell, Reading]:
    """What each of the cells holds, exactly. `tallied`: how it is read; for what is asked often, `memory.remembered_tallies`."""
    found: dict[Cell, Reading] = {}
    counted: dict[str, tuple[Measure, list[Cell]]] = {}
    rules, hidden = lru_cache(maxsize=None)(rule_of), lru_cache(maxsize=None)(hidden_of)
    for cell in set(cells):
        measure = MEASURES.get(cell.measure)
        if measure is None:
            found[cell] = Reading(None, Why.NO_MEASURE)
        elif not {*measure.only_by} <= {*cell.dimensions}:
            found[cell] = Reading(None, Why.MIXED)
        elif not measure.may_sum(dict(cell.where), cell.moment, rules):
            found[cell] = Reading(None, Why.NOT_ADDED)
        elif measure.hides and hidden(measure.hides, cell.moment.year)(dict(cell.where), cell.moment):
            found[cell] = Reading(None, Why.PRIVACY)
        elif measure.table:
            found[cell] = _told(measure, cell)
        else:
            counted.setdefault(cell.measure, (measure, []))[1].append(cell)
    tallies = tallied(counted.values())
    for measure, asked in counted.values():
        found |= _readings(measure, asked, tallies)
    return found


def _told(measure: Measure, cell: Cell) -> Reading:
    """Of people, what was told last and nothing else: never what there is now."""
    where, since = dict(cell.where), measure.since()
    place = where.get(measure.dimensions[0].key, ALL) if measure.dimensions else ALL
    told = told_last(measure.table, cell.moment.year)
    key = (str(cell.moment), place, measure.category or ALL)
    if since is None or months_of(cell.moment).start < since:
        return Reading(None, Why.UNRECORDED)
    if key not in told:
        return Reading(None, Why.NOT_TOLD)
    count = told[key]
    return Reading(None, Why.PRIVACY) if count is None else Reading(Fraction(count))


def _readings(measure: Measure, asked: Iterable[Cell], tallies: Mapping[Cell, Tally]) -> dict[Cell, Reading]:
    since, today = measure.since(), clock.today()
    read_one = _reader(measure, tallies, since, today.year * 12 + today.month - 1)
    return {cell: read_one(cell) for cell in asked}


def _reader(measure: Measure, tallies: Mapping[Cell, Tally], since: int | None, month: int) -> Callable[[Cell], Reading]:
    told: dict[Moment, Rule] = {}

    def one(cell: Cell) -> Reading:
        tally, first = tallies.get(cell), months_of(cell.moment).start
        if since is None or first < since:
            return Reading(None, Why.UNRECORDED)
        if tally is not None:
            return Reading(_value(measure, tally))
        if first > month:
            return Reading(None, Why.NOT_BEGUN)
        if cell.moment not in told:
            told[cell.moment] = measure.told_by(cell.moment, clock.today()) if measure.told_by else _all_told
        if not told[cell.moment](dict(cell.where)):
            return Reading(None, Why.NOT_DUE)
        return Reading(Fraction(0)) if measure.aggregate in ZERO else Reading(None, Why.NO_ROWS)

    return one


def _all_told(where: Mapping[str, str]) -> bool:
    return True


def _value(measure: Measure, tally: Tally) -> Fraction:
    total = tally.total / tally.rows if measure.aggregate is Aggregate.SHARE else tally.total
    return total if measure.aggregate in (Aggregate.COUNT, Aggregate.DISTINCT, Aggregate.SHARE) else total * measure.scale


__all__ = ["Cell", "Reading", "Why", "months_of", "read"]
