"""From a number to the rows that made it: those that the viewer may see, by pages, each with how much it adds and since when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from calpulli.commons.act import Actor
from calpulli.commons.charts.words import MINUS
from calpulli.commons.registries.measures import Aggregate, Dimension, Measure
from calpulli_core.formats.plain_text import text_fault
from calpulli_core.indicators.computing import written
from calpulli_core.indicators.moments import Grain, Moment

from .cells import Cell, Reading, Why, months_of, read
from .words import exact_words, figures, moment_words, unit_words

PAGE = 50
LONGEST = 100  # signs of a value
MOST_IN_FILE = 20_000
ADDS = "row_adds"
THOUSANDTHS = 3


@dataclass(frozen=True)
class Told:
    """A cell of a row as a page says it; as a file does, where that is otherwise; and the page that it leads to."""

    text: str
    plain: str = ""
    url: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Rows:
    """A page of rows: the words of the columns, the cells, and how many rows there are in all."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Told, ...], ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PAGE))

    @property
    def fits_a_file(self) -> bool:
        """Whether all of them go in one file."""
        return 0 < self.count <= MOST_IN_FILE


@dataclass(frozen=True)
class Drilled:
    """A cell with what it holds, and its rows; `rows` is None where none may be seen."""

    measure: Measure
    cell: Cell
    reading: Reading
    rows: Rows | None


def drill(measure: Measure, where: Mapping[str, str], moment: Moment, *, actor: Actor | None, page: int | None) -> Drilled:
    """What a cell holds, and the page of its rows (None: all of them). No rows of a cell that may not be told."""
    cell = Cell(measure.key, tuple(sorted(where.items())), moment)
    reading = read([cell])[cell]
    columns = columns_for(measure, actor)
    unseen = not columns or reading.why in (Why.PRIVACY, Why.UNRECORDED) or not where.keys().isdisjoint(measure.unlisted)
    return Drilled(measure, cell, reading, None if unseen else _rows(measure, cell, columns, page))


def columns_for(measure: Measure, actor: Actor | None) -> tuple[tuple[str, Any], ...]:
    """The columns of a row that somebody may see: those of anyone, and those of her own."""
    return (*measure.shown, *(measure.inside(actor) if measure.inside and actor else ()))


def _rows(measure: Measure, cell: Cell, columns: tuple[tuple[str, Any], ...], page: int | None) -> Rows:
    """Ordered by all that is shown, the amount too, or a row could be on two pages and another on none.

    Of more rows than go in a file, a file has none: they are counted before any is told.
    """
    names = [key for key, _label in columns]
    rows = _lines(measure, _counted(measure, cell, names), names)
    count = rows.count()
    start, stop = (0, count if count <= MOST_IN_FILE else 0) if page is None else ((page - 1) * PAGE, page * PAGE)
    tellers = [_teller(measure, key, cell.moment.year) for key in names]
    order = ("month", *names, *_amounts(measure))
    told = tuple(tuple(_row(measure, tellers, row)) for row in rows.order_by(*order)[start:stop])
    headers = (*(str(label) for _key, label in columns), _("Cuándo"), *_amount_headers(measure))
    return Rows(headers, told, count, page or 1)


def _counted(measure: Measure, cell: Cell, names: list[str]) -> QuerySet[Any]:
    """The rows that the cell counts."""
    asked = frozenset(cell.dimensions) | (set(names) & {one.key for one in measure.dimensions})
    span = months_of(cell.moment)
    found = measure.rows(asked).order_by().filter(month__gte=span.start, month__lt=span.stop, **dict(cell.where))
    return found if measure.keeps is None else found.filter(measure.keeps)


def _amounts(measure: Measure) -> tuple[str, ...]:
    """The column of how much a row adds, where it has one."""
    adds = _added(measure)
    return ((ADDS if measure.gathered else adds),) if adds else ()


def _added(measure: Measure) -> str:
    return measure.weight or (measure.value if measure.aggregate is Aggregate.SUM else "")


def _lines(measure: Measure, found: QuerySet[Any], names: list[str]) -> QuerySet[Any, tuple[Any, ...]]:
    """What is shown of each row, its month, and how much it adds if anything; gathered, of those that look the same at once."""
    adds = _added(measure)
    if not measure.gathered:
        return found.values_list(*names, "month", *_amounts(measure))
    grouped = found.values(*names, "month")
    if not adds:
        return grouped.distinct().values_list(*names, "month")
    summed: QuerySet[Any, tuple[Any, ...]] = grouped.annotate(**{ADDS: Sum(adds)}).values_list(*names, "month", ADDS)
    return summed


def _amount_headers(measure: Measure) -> tuple[str, ...]:
    if measure.weight:
        return (_("Cuántas veces"),)
    return (_("Cuánto, en %(unit)s") % {"unit": unit_words(measure.unit)},) if measure.aggregate is Aggregate.SUM else ()


def _row(measure: Measure, tellers: list[Callable[[object, Moment], Told]], row: tuple[Any, ...]) -> Iterator[Told]:
    """The columns, when it was, and how much it adds."""
    values, (month, *adds) = row[: len(tellers)], row[len(tellers) :]
    when = Moment(measure.grain, month // (12 // measure.grain.value))
    yield from (tell(value, when) for tell, value in zip(tellers, values, strict=True))
    yield Told(moment_words(when), str(when))
    for amount in adds:
        value = Fraction(amount or 0) * (1 if measure.weight else measure.scale)
        yield Told(_amount(measure, value), _plain(value), is_number=True)


def _amount(measure: Measure, value: Fraction) -> str:
    """Money with its two decimals, under one another; the rest as it is."""
    if measure.unit != "pesos" or (value * 100).denominator != 1:
        return exact_words(value)
    return f"{MINUS if value < 0 else ''}{Decimal(abs(value * 100).numerator) / 100:,.2f}"


def _plain(value: Fraction) -> str:
    """As a file says it: a decimal where it has an end within cents or thousandths, otherwise one over another."""
    return figures(value, THOUSANDTHS) if (value * 10**THOUSANDTHS).denominator == 1 else written(value)


def _teller(measure: Measure, key: str, year: int) -> Callable[[object, Moment], Told]:
    """How a column says its values: those that have pages of their own by their key too, since one looks them up by it."""
    dimension = next((one for one in measure.dimensions if one.key == key), None)
    known = measure.said[key]() if key in measure.said else dimension.words(year) if dimension else {}
    leads = dimension.url if dimension else None

    def tell(value: object, when: Moment) -> Told:
        told = "" if value is None else str(value)
        words = known.get(told, told)
        if leads is None:
            return Told(words, is_number=isinstance(value, int) and words == told)
        return Told(f"{told} {words}" if words != told else told, url=leads(told, when))

    return tell


def grain_of(measure: Measure) -> Grain:
    """The period by which its page begins: a quarter, or a year where it has nothing finer."""
    return Grain.QUARTER if measure.grain.value >= Grain.QUARTER.value else Grain.YEAR


def choices(dimension: Dimension, year: int) -> list[tuple[str, str]]:
    """The values of a dimension in a year, for whoever filters by them: 2 before 10, and by key where they have pages."""
    found = dimension.words(year)
    if dimension.url:
        return [(key, f"{key} {found[key]}") for key in sorted(found, key=_in_order)]
    return sorted(found.items(), key=lambda pair: _in_order(pair[1]))


def _in_order(text: str) -> list[tuple[int, int, str]]:
    """Numbers within a text in their order and not letter by letter."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in re.split(r"([0-9]{1,9})", text) if part
    ]


def has_value(measure: Measure, dimension: Dimension, value: str) -> bool:
    """Whether one may ask for it: one of its values, or one that rows still carry (of an area that is no more)."""
    if value in dimension.values():
        return True
    if measure.table or len(value) > LONGEST or text_fault(value) is not None:
        return False
    return measure.rows(frozenset([dimension.key])).order_by().filter(**{dimension.key: value}).exists()
