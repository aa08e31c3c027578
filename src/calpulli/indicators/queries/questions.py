"""The questions to the database that fill cells: as few as there are rows and ways of grouping, whatever the number of cells.

What adds up is asked by month at the finest grouping that is needed broadly, and makes the quarters, the years and the coarser
groupings. So does what a middle is found in: how many times there is each value. What cannot be added up (different values, a
middle of rows without weight) is asked by itself for each grain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Aggregate as Sql
from django.db.models import Count, F, Q, QuerySet, Sum

from calpulli.commons.registries.measures import Aggregate, Measure
from calpulli_core.indicators.moments import Moment

ADDED = (Aggregate.COUNT, Aggregate.SUM, Aggregate.SHARE)
MOST_LISTED = 1_000  # values of a dimension that are named in the question; for more, all are read
BROAD = 10  # so many different values asked of a grouping, that reading it whole is cheaper than another question
Values = tuple[str, ...]
Place = tuple[int, int, Values]  # months in a period, its place among them, values of the dimensions


@dataclass(frozen=True)
class Cell:
    """A measure in a period, with the values of some dimensions (by key)."""

    measure: str
    where: tuple[tuple[str, str], ...]
    moment: Moment

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that it asks for, in the order of their keys."""
        return tuple(key for key, _ in self.where)

    @property
    def values(self) -> Values:
        """Their values."""
        return tuple(value for _, value in self.where)


@dataclass(frozen=True)
class Tally:
    """What the database gave for a cell: rows, and what was made of them."""

    rows: int
    total: Fraction


@dataclass(frozen=True)
class Asked:
    """The cells that ask a measure by the same dimensions."""

    measure: Measure
    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def places(self) -> dict[Place, Cell]:
        """Where each is found."""
        return {(12 // one.moment.grain.value, one.moment.place, one.values): one for one in self.cells}

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """The months in the periods that are asked for."""
        return tuple(sorted({length for length, _, _ in self.places}))

    @property
    def is_broad(self) -> bool:
        """Whether it asks for many values."""
        return len({one.values for one in self.cells}) >= BROAD


def months_of(moment: Moment) -> range:
    """The months of a period, as measures count them."""
    length = 12 // moment.grain.value
    return range(moment.place * length, (moment.place + 1) * length)


def tallied(cells: Iterable[tuple[Measure, Iterable[Cell]]]) -> dict[Cell, Tally]:
    """What there is of the cells of each measure; those without rows are not there."""
    shared: dict[object, list[Asked]] = {}
    for measure, asked in cells:
        by_dimensions: dict[tuple[str, ...], list[Cell]] = {}
        for cell in asked:
            by_dimensions.setdefault(cell.dimensions, []).append(cell)
        for dimensions, of in by_dimensions.items():
            one = Asked(measure, dimensions, tuple(of))
            shared.setdefault(_way(one), []).append(one)
    found: dict[Cell, Tally] = {}
    for together in shared.values():
        for dimensions, answered in _questions(together):
            found |= _answers(dimensions, answered)
    return found


def _way(one: Asked) -> object:
    """What can be answered by the same rows is asked together."""
    measure = one.measure
    if measure.aggregate in ADDED:
        return measure.rows
    return (measure.rows, measure.keeps, measure.value, measure.weight) if measure.weight else (measure.key, one.dimensions)


def _questions(together: list[Asked]) -> list[tuple[tuple[str, ...], list[Asked]]]:
    """By which dimensions to ask, and what each question answers."""
    found: dict[tuple[str, ...], list[Asked]] = {}
    for one in sorted(together, key=lambda one: (-len(one.dimensions), not one.is_broad)):
        finer = (of for of, answered in found.items() if _answers_too(of, answered, one))
        found.setdefault(next(finer, one.dimensions), []).append(one)
    return list(found.items())


def _answers_too(dimensions: tuple[str, ...], answered: list[Asked], one: Asked) -> bool:
    """Whether what is asked by those dimensions adds up to what is asked by fewer."""
    if dimensions == one.dimensions:
        return True
    more = set(dimensions) - set(one.dimensions)
    adds_up = set(one.dimensions) < set(dimensions) and not any(one.measure.dimension(key).apart for key in more)
    return adds_up and any(other.is_broad and other.dimensions == dimensions for other in answered)


def _answers(dimensions: tuple[str, ...], answered: list[Asked]) -> Mapping[Cell, Tally]:
    measure = answered[0].measure
    if measure.aggregate in ADDED:
        return _added(dimensions, answered)
    return _ranked(dimensions, answered) if measure.weight else _apart(answered[0])


def _asked_rows(dimensions: tuple[str, ...], answered: list[Asked]) -> QuerySet[Any]:
    """The rows that any of the cells can count."""
    spans = [months_of(cell.moment) for one in answered for cell in one.cells]
    rows = answered[0].measure.rows(frozenset(dimensions)).order_by()
    rows = rows.filter(month__gte=min(span.start for span in spans), month__lt=max(span.stop for span in spans))
    kept = [one.measure.keeps for one in answered]
    if None not in kept:
        rows = rows.filter(reduce(or_, kept))
    if any(one.dimensions != dimensions for one in answered):
        return rows  # what is asked by fewer needs every value
    for place, key in enumerate(dimensions):
        values = {cell.values[place] for one in answered for cell in one.cells}
        if len(values) <= MOST_LISTED:
            rows = rows.filter(**{f"{key}__in": sorted(values)})
    return rows


def _added(dimensions: tuple[str, ...], answered: list[Asked]) -> dict[Cell, Tally]:
    """Sums by month, of several measures in one question, then those of the periods and of the coarser groupings."""
    made: dict[str, Any] = {"rows_counted": Count("*")}
    places = {key: place for place, key in enumerate(dict.fromkeys(one.measure.key for one in answered))}
    for one in answered:
        made |= _sums(one.measure, places[one.measure.key])
    found: dict[Cell, Tally] = {}
    for row in _asked_rows(dimensions, answered).values("month", *dimensions).annotate(**made).iterator():
        for one in answered:
            place = places[one.measure.key]
            rows = row.get(f"rows_{place}", row["rows_counted"])
            if rows:
                total = Fraction(row.get(f"total_{place}", rows) or 0)
                for cell in _cells_of(one, row):
                    before = found.get(cell)
                    found[cell] = Tally(before.rows + rows, before.total + total) if before else Tally(rows, total)
    return found


def _cells_of(one: Asked, row: Mapping[str, Any]) -> Iterator[Cell]:
    """The cells of what is asked in which a row of the answer counts."""
    values = tuple([str(row[key]) for key in one.dimensions])
    for length in one.lengths:
        cell = one.places.get((length, row["month"] // length, values))
        if cell is not None:
            yield cell


def _sums(measure: Measure, place: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if measure.keeps is not None:
        made[f"rows_{place}"] = Count("month", filter=measure.keeps)
    if measure.aggregate is Aggregate.SUM:
        made[f"total_{place}"] = Sum(measure.value, filter=measure.keeps)
    elif measure.aggregate is Aggregate.SHARE:
        made[f"total_{place}"] = Count(measure.value, filter=Q(**{measure.value: True}) & (measure.keeps or Q()))
    return made


def _ranked(dimensions: tuple[str, ...], answered: list[Asked]) -> dict[Cell, Tally]:
    """Middles and percentiles of rows that count several times: how often there is each value, then the one in its place."""
    measure = answered[0].measure
    rows = _asked_rows(dimensions, answered).filter(**{f"{measure.value}__isnull": False})
    often: dict[int, dict[Cell, dict[Any, int]]] = {place: {} for place in range(len(answered))}
    for row in rows.values("month", *dimensions, measure.value).annotate(times=Sum(measure.weight)).iterator():
        for place, one in enumerate(answered):
            for cell in _cells_of(one, row):
                values = often[place].setdefault(cell, {})
                values[row[measure.value]] = values.get(row[measure.value], 0) + int(row["times"])
    return {cell: _in_place(one.measure, values) for place, one in enumerate(answered) for cell, values in often[place].items()}


def _in_place(measure: Measure, often: Mapping[Any, int]) -> Tally:
    """In whole numbers, as `Ranked` says it."""
    count = sum(often.values())
    if measure.aggregate is Aggregate.MEDIAN:
        return Tally(count, (_at((count + 1) // 2, often) + _at((count + 2) // 2, often)) / 2)
    return Tally(count, _at((count * measure.percent + 99) // 100, often))


def _at(rank: int, often: Mapping[Any, int]) -> Fraction:
    for value in sorted(often):
        rank -= often[value]
        if rank <= 0:
            return Fraction(value)
    raise ValueError("there are not so many")


def _apart(one: Asked) -> dict[Cell, Tally]:
    """What does not add up (different values, middles of single rows), for each grain by itself."""
    found: dict[Cell, Tally] = {}
    for length in one.lengths:
        cells = tuple(cell for cell in one.cells if 12 // cell.moment.grain.value == length)
        part = Asked(one.measure, one.dimensions, cells)
        rows = _asked_rows(one.dimensions, [part]).filter(**{f"{one.measure.value}__isnull": False})
        grouped = rows.annotate(period_asked=F("month") / length).values("period_asked", *one.dimensions)
        for row in grouped.annotate(**_made(one.measure)):
            place = (length, row["period_asked"], tuple(str(row[key]) for key in one.dimensions))
            if place in part.places:
                found[part.places[place]] = _of_row(one.measure, row)
    return found


def _of_row(measure: Measure, row: Mapping[str, Any]) -> Tally:
    total = sum((Fraction(row[name]) for name in ("made", "made_too") if name in row), Fraction(0))
    return Tally(int(row["rows_counted"]), total / 2 if measure.aggregate is Aggregate.MEDIAN else total)


def _made(measure: Measure) -> dict[str, Any]:
    made: dict[str, Any] = {"rows_counted": Count("*")}
    match measure.aggregate:
        case Aggregate.MEDIAN:
            made |= {
                "made": Ranked(measure.value, rank="(COUNT(*) + 1) / 2"),
                "made_too": Ranked(measure.value, rank="(COUNT(*) + 2) / 2"),
            }
        case Aggregate.PERCENTILE:
            made["made"] = Ranked(measure.value, rank=f"(COUNT(*) * {measure.percent} + 99) / 100")
        case _:
            made["made"] = Count(measure.value, distinct=True)
    return made


class Ranked(Sql):
    """The value in that place of the ordered ones. In whole numbers: `percentile_disc` counts places in floating point."""

    function = "ARRAY_AGG"
    template = "(ARRAY_AGG(%(expressions)s ORDER BY %(expressions)s))[%(rank)s]"

    def as_sql(self, *args: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        """The expression stands in it twice."""
        sql, params = super().as_sql(*args, **more)
        return sql, (*params, *params)
