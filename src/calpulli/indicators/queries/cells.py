"""The engine: every cell of every measure that is needed, in one question to the database for each way of grouping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.db.models import Aggregate as Sql
from django.db.models import Count, F, Q, QuerySet, Sum

from calpulli.commons import clock
from calpulli.commons.registries.measures import MEASURES, Aggregate, Measure
from calpulli_core.indicators.moments import Grain, Moment

from .tellings import ALL, told_last

# They add up: the months are read once, and make the quarters and years.
ADDED = (Aggregate.COUNT, Aggregate.SUM, Aggregate.SHARE)
# Of no rows they are 0; the others have no value.
ZERO = (Aggregate.COUNT, Aggregate.SUM, Aggregate.DISTINCT)
MOST_LISTED = 1_000  # values of a dimension that are named in the question; for more, all are read
Place = tuple[int, ...]


class Why(StrEnum):
    """Why a cell has no value."""

    NO_ROWS = "no-rows"  # a share or a middle of nothing
    UNRECORDED = "unrecorded"  # nothing was recorded then, or not for the whole period
    NOT_BEGUN = "not-begun"  # the period is still to come
    PRIVACY = "privacy"  # so few people that they could be known
    NOT_TOLD = "not-told"  # of people, and no edition tells it yet
    NO_MEASURE = "no-measure"  # the package that counts it is not there
    AWAITED = "awaited"  # nobody counts it yet
    NO_TARGET = "no-target"  # the institute set none


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
    def values(self) -> tuple[str, ...]:
        """Their values."""
        return tuple(value for _, value in self.where)


@dataclass(frozen=True)
class Reading:
    """What a cell holds: an exact number, or why there is none."""

    value: Fraction | None
    why: Why | None = None


@dataclass(frozen=True)
class Tally:
    """What the database gave for a cell: rows, and what was made of them."""

    rows: int
    total: Fraction

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.rows + other.rows, self.total + other.total)


Tallies = dict[tuple[Moment, tuple[str, ...]], Tally]


def read(cells: Iterable[Cell]) -> dict[Cell, Reading]:
    """What each of the cells holds, exactly."""
    groups: dict[tuple[str, tuple[str, ...]], list[Cell]] = {}
    for cell in set(cells):
        groups.setdefault((cell.measure, cell.dimensions), []).append(cell)
    found: dict[Cell, Reading] = {}
    shared: dict[object, list[tuple[Measure, list[Cell]]]] = {}
    for (key, dimensions), asked in groups.items():
        measure = MEASURES.get(key)
        if measure is None:
            found |= dict.fromkeys(asked, Reading(None, Why.NO_MEASURE))
        elif measure.table:
            found |= {cell: _told(measure, cell) for cell in asked}
        else:
            shared.setdefault(_way(measure, dimensions), []).append((measure, asked))
    for together in shared.values():
        for (measure, asked), tallies in zip(together, _tallies(together), strict=True):
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


def _way(measure: Measure, dimensions: tuple[str, ...]) -> object:
    """Measures that add up the same rows by the same dimensions are read together."""
    return (measure.rows, dimensions) if measure.aggregate in ADDED else (measure.key, dimensions)


def _tallies(together: list[tuple[Measure, list[Cell]]]) -> list[Tallies]:
    if together[0][0].aggregate in ADDED:
        return _added(together)
    return [_apart(measure, asked) for measure, asked in together]


def _asked_rows(measure: Measure, cells: Iterable[Cell]) -> QuerySet[Any]:
    """The rows of the measure that any of the cells can count."""
    cells = list(cells)
    dimensions = cells[0].dimensions
    spans = [months_of(cell.moment) for cell in cells]
    rows = measure.rows(frozenset(dimensions)).order_by()
    rows = rows.filter(month__gte=min(span.start for span in spans), month__lt=max(span.stop for span in spans))
    for place, key in enumerate(dimensions):
        values = {cell.values[place] for cell in cells}
        if len(values) <= MOST_LISTED:
            rows = rows.filter(**{f"{key}__in": sorted(values)})
    return rows


def months_of(moment: Moment) -> range:
    """The months of a period, as measures count them."""
    length = 12 // moment.grain.value
    return range(moment.place * length, (moment.place + 1) * length)


def _added(together: list[tuple[Measure, list[Cell]]]) -> list[Tallies]:
    """Sums by month, of several measures in one question, then those of the periods that were asked."""
    cells = [cell for _, asked in together for cell in asked]
    dimensions = cells[0].dimensions
    made: dict[str, Any] = {"rows_counted": Count("*")}
    for place, (measure, _) in enumerate(together):
        made |= _sums(measure, place)
    grouped = _asked_rows(together[0][0], cells).values("month", *dimensions).annotate(**made)
    lengths = [sorted({12 // cell.moment.grain.value for cell in asked}) for _, asked in together]
    found: list[Tallies] = [{} for _ in together]
    for row in grouped:
        values = tuple(str(row[key]) for key in dimensions)
        for place, (measure, _) in enumerate(together):
            tally = _tally(measure, row, place)
            for length in lengths[place]:
                key = (Moment(Grain(12 // length), row["month"] // length), values)
                found[place][key] = found[place][key] + tally if key in found[place] else tally
    return found


def _sums(measure: Measure, place: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if measure.aggregate is Aggregate.SUM:
        made[f"total_{place}"] = Sum(measure.value)
    elif measure.aggregate is Aggregate.SHARE:
        made[f"total_{place}"] = Count(measure.value, filter=Q(**{measure.value: True}))
    return made


def _tally(measure: Measure, row: Mapping[str, Any], place: int) -> Tally:
    rows = int(row["rows_counted"])
    total = rows if measure.aggregate is Aggregate.COUNT else row[f"total_{place}"] or 0
    return Tally(rows, Fraction(total))


def _apart(measure: Measure, asked: list[Cell]) -> Tallies:
    """What does not add up (different values, middles), for each grain by itself."""
    found: Tallies = {}
    for grain in {cell.moment.grain for cell in asked}:
        cells = [cell for cell in asked if cell.moment.grain is grain]
        rows = _asked_rows(measure, cells).filter(**{f"{measure.value}__isnull": False})
        grouped = rows.annotate(period_asked=F("month") / (12 // grain.value)).values("period_asked", *cells[0].dimensions)
        for row in grouped.annotate(**_made(measure)):
            values = tuple(str(row[key]) for key in cells[0].dimensions)
            total = sum(Fraction(row[name]) for name in ("made", "made_too") if name in row)
            half = Fraction(1, 2) if measure.aggregate is Aggregate.MEDIAN else Fraction(1)
            found[Moment(grain, row["period_asked"]), values] = Tally(int(row["rows_counted"]), total * half)
    return found


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


def _readings(measure: Measure, asked: Iterable[Cell], tallies: Tallies) -> dict[Cell, Reading]:
    since, today = measure.since(), clock.today()
    month = today.year * 12 + today.month - 1
    read_one = _reader(measure, tallies, since, month)
    return {cell: read_one(cell) for cell in asked}


def _reader(measure: Measure, tallies: Tallies, since: int | None, month: int) -> Callable[[Cell], Reading]:
    def one(cell: Cell) -> Reading:
        place, first = (cell.moment, cell.values), months_of(cell.moment).start
        tally = tallies.get(place)
        if since is None or first < since:
            return Reading(None, Why.UNRECORDED)
        if tally is not None:
            return Reading(_value(measure, tally))
        if first > month:
            return Reading(None, Why.NOT_BEGUN)
        return Reading(Fraction(0)) if measure.aggregate in ZERO else Reading(None, Why.NO_ROWS)

    return one


def _value(measure: Measure, tally: Tally) -> Fraction:
    total = tally.total / tally.rows if measure.aggregate is Aggregate.SHARE else tally.total
    return total if measure.aggregate in (Aggregate.COUNT, Aggregate.DISTINCT, Aggregate.SHARE) else total * measure.scale
