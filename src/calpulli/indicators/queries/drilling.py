"""From a number to the rows that made it: those that the viewer may see, by pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calpulli.commons.act import Actor
from calpulli.commons.registries.measures import Dimension, Measure
from calpulli_core.formats.plain_text import text_fault
from calpulli_core.indicators.moments import Grain, Moment

from .cells import Cell, Reading, Why, months_of, read

PAGE = 50
LONGEST = 100  # signs of a value


@dataclass(frozen=True)
class Rows:
    """A page of rows: the words of the columns, the cells, and how many rows there are in all."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PAGE))


@dataclass(frozen=True)
class Drilled:
    """A cell with what it holds, and its rows; `rows` is None where none may be seen."""

    measure: Measure
    cell: Cell
    reading: Reading
    rows: Rows | None


def drill(measure: Measure, where: Mapping[str, str], moment: Moment, *, actor: Actor | None, page: int) -> Drilled:
    """What a cell holds, and the page of its rows. No rows of a cell that may not be told."""
    cell = Cell(measure.key, tuple(sorted(where.items())), moment)
    reading = read([cell])[cell]
    if reading.value is not None and not measure.may_sum(where, moment):
        reading = Reading(None, Why.NOT_ADDED)
    columns = columns_for(measure, actor)
    unseen = not columns or reading.why in (Why.PRIVACY, Why.UNRECORDED)
    return Drilled(measure, cell, reading, None if unseen else _rows(measure, cell, columns, page))


def columns_for(measure: Measure, actor: Actor | None) -> tuple[tuple[str, Any], ...]:
    """The columns of a row that somebody may see: those of anyone, and those of her own."""
    return (*measure.shown, *(measure.inside(actor) if measure.inside and actor else ()))


def _rows(measure: Measure, cell: Cell, columns: tuple[tuple[str, Any], ...], page: int) -> Rows:
    """Ordered by all that is shown: rows that look the same are in no order that anybody could tell."""
    names = [key for key, _ in columns]
    dimensions = {one.key: one for one in measure.dimensions}
    asked = frozenset(cell.dimensions) | (set(names) & set(dimensions))
    span = months_of(cell.moment)
    found = measure.rows(asked).order_by().filter(month__gte=span.start, month__lt=span.stop, **dict(cell.where))
    found = found if measure.keeps is None else found.filter(measure.keeps)
    count, start = found.count(), (page - 1) * PAGE
    rows = found.order_by("month", *names).values_list(*names)[start : start + PAGE]
    words = [dimensions[key].words(cell.moment.year) if key in dimensions else {} for key in names]
    told = tuple(tuple(_told(value, known) for value, known in zip(row, words, strict=True)) for row in rows)
    return Rows(tuple(str(label) for _, label in columns), told, count, page)


def _told(value: object, known: Mapping[str, str]) -> str:
    return known.get(str(value), "" if value is None else str(value))


def grain_of(measure: Measure) -> Grain:
    """The period by which its page begins: a quarter, or a year where it has nothing finer."""
    return Grain.QUARTER if measure.grain.value >= Grain.QUARTER.value else Grain.YEAR


def choices(dimension: Dimension, year: int) -> list[tuple[str, str]]:
    """The values of a dimension in a year, for whoever filters by them."""
    return sorted(dimension.words(year).items(), key=lambda pair: pair[1])


def has_value(measure: Measure, dimension: Dimension, value: str) -> bool:
    """Whether one may ask for it: one of its values, or one that rows still carry (of an area that is no more)."""
    if value in dimension.values():
        return True
    if measure.table or len(value) > LONGEST or text_fault(value) is not None:
        return False
    return measure.rows(frozenset([dimension.key])).order_by().filter(**{dimension.key: value}).exists()
