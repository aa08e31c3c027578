"""From rows of cells that are all right to what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from calpulli_core.formats.sheets.reading import Read

from .known import Reads
from .rows import (
    ActivityRow,
    AnnualFile,
    BudgetRow,
    DeliveryRow,
    GoalRow,
    MatrixRow,
    ProgrammeRow,
    ShareRow,
)
from .tables import ACTIVITIES, BUDGET, DELIVERIES, GOALS, MATRIX, PROGRAMMES, SHARES
from .words import MONTHS

Values = dict[str, Any]


def assemble(reads: Reads, year: int | None) -> AnnualFile:
    """What the tables say; every cell must have been read."""
    made = {key: tuple(_MAKERS[key](reads[key])) for key in reads}
    return AnnualFile(year=year, **made)


def _rows(read: Read) -> Iterator[tuple[int, Values]]:
    names = [column.key for column in read.table.columns]
    for row, values in read.rows:
        yield row, dict(zip(names, values, strict=True))


def _plain(kind: Callable[..., Any], *texts: str, without: tuple[str, ...] = ()) -> Callable[[Read], Iterator[Any]]:
    """Rows whose fields are the columns; `texts` may be empty, `without` are columns that were joined to another."""

    def make(read: Read) -> Iterator[Any]:
        for row, values in _rows(read):
            for name in without:
                del values[name]
            yield kind(row=row, **values | {name: values[name] or "" for name in texts})

    return make


def _budget(read: Read) -> Iterator[BudgetRow]:
    """In the order of the columns, which is that of the fields: there are many."""
    return (BudgetRow(row, *values) for row, values in read.rows)


def _matrix(read: Read) -> Iterator[MatrixRow]:
    position: Counter[str] = Counter()
    for row, values in _rows(read):
        del values["assumptions_reason"]
        position[values["programme"]] += 1
        yield MatrixRow(row=row, position=position[values["programme"]], **values)


def _goals(read: Read) -> Iterator[GoalRow]:
    for row, values in _rows(read):
        months = tuple(values[f"month_{number}"] for number in range(1, len(MONTHS) + 1))
        yield GoalRow(row=row, year=values["year"], activity=values["activity"], unit=values["unit"], months=months)


_MAKERS: Mapping[str, Callable[[Read], Iterator[Any]]] = {
    PROGRAMMES.key: _plain(ProgrammeRow),
    MATRIX.key: _matrix,
    ACTIVITIES.key: _plain(ActivityRow, "description", "post", "population", without=("population_reason",)),
    SHARES.key: _plain(ShareRow),
    GOALS.key: _goals,
    BUDGET.key: _budget,
    DELIVERIES.key: _plain(DeliveryRow),
}
