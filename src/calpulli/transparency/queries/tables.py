"""A data set as it is now: whole, or a page of it. What may be many rows is asked of the database each time.

What is held in memory is kept by where its chains of the ledger stand: every change of a domain row is a fact, so the
same stamp means the same rows, and no copy can be older than the last act that this process could see.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Protocol

import orjson
from django.db.models import Q, QuerySet

from calpulli.commons import institutes
from calpulli.commons.act import for_everyone
from calpulli.commons.registries.datasets import DATASETS, Column, Dataset, Kind, Row, Value
from calpulli.ledger import doors as ledger

from .lines import OPTIONS, Line, json_line, place_value, row_json

CHUNK = 2000
MOST_COUNTED = 100_000
LINE, PLACE = "line_", "place_{}_"  # no column ends so


@dataclass(frozen=True)
class Filter:
    """Rows whose column has that value; None asks for those that have none."""

    column: Column
    value: Value

    def admits(self, value: Value) -> bool:
        """Whether the value of a row passes; an instant is asked for by its second, as it is written."""
        if isinstance(value, dt.datetime):
            value = value.replace(microsecond=0)
        return value == self.value if self.value is not None else value in (None, "")


@dataclass(frozen=True)
class Order:
    """By which column, and whether from the greatest down; the keys decide between equals."""

    columns: tuple[str, ...]
    down: bool = False

    @classmethod
    def of(cls, dataset: Dataset, column: str = "", *, down: bool = False) -> Order:
        """By that column and then by the keys; by the keys alone without one."""
        first = (column,) if column else ()
        return cls((*first, *(key for key in dataset.keys if key != column)), down)


@dataclass(frozen=True)
class Page:
    """Some rows in order, written as objects of JSON; where the last one stands, if others follow."""

    lines: list[str]
    place: Row | None

    @property
    def more(self) -> bool:
        """Whether others follow."""
        return self.place is not None


@dataclass(frozen=True)
class Size:
    """How many rows; of very many, what the database last estimated."""

    count: int
    exact: bool = True


class Table(Protocol):
    """What pages, files and the API ask of a data set."""

    dataset: Dataset
    at: dt.datetime | None  # of the last act that could have changed it

    @property
    def tag(self) -> str:
        """The same while its rows are."""
        ...

    @property
    def size(self) -> Size:
        """How many rows, without going through very many."""
        ...

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Row]: ...

    def page(self, *, filters: Iterable[Filter], order: Order, after: Row | None, limit: int) -> Page:
        """At most `limit` rows that follow `after` (the values of the order's columns)."""
        ...


class HeldTable:
    """A table in memory, its rows by key."""

    def __init__(self, dataset: Dataset, stamp: ledger.Stamp) -> None:
        self.dataset, self.at = dataset, stamp.at
        places = places_of(dataset, dataset.keys)
        with for_everyone():
            made = [dataset.told(row) for row in dataset.rows()] if dataset.rows else []
        self._rows = sorted(made, key=lambda row: [row[place] for place in places])
        self._orders: dict[Order, tuple[list[Any], list[Row]]] = {}

    @cached_property
    def tag(self) -> str:
        """Of the rows themselves: another order of the same acts gives the same table."""
        return hashlib.sha256(orjson.dumps([self.dataset.names, self._rows], option=OPTIONS)).hexdigest()

    @property
    def size(self) -> Size:
        """As `Table.size`."""
        return Size(len(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def page(self, *, filters: Iterable[Filter], order: Order, after: Row | None, limit: int) -> Page:
        """As `Table.page`; an order is sorted once and kept with the table."""
        marks, rows = self._ordered(order)
        start, step = (0, 1) if not order.down else (len(rows) - 1, -1)
        if after is not None:
            start = bisect_right(marks, list(after)) if not order.down else bisect_left(marks, list(after)) - 1
        stop = len(rows) if step > 0 else -1
        tests = [(self.dataset.names.index(one.column.name), one) for one in filters]
        found = (rows[n] for n in range(start, stop, step))
        taken = list(islice((row for row in found if all(f.admits(row[p]) for p, f in tests)), limit + 1))
        places = places_of(self.dataset, order.columns)
        place = tuple(taken[limit - 1][place] for place in places) if len(taken) > limit else None
        return Page([row_json(self.dataset.names, row).decode() for row in taken[:limit]], place)

    def _ordered(self, order: Order) -> tuple[list[Any], list[Row]]:
        upwards = Order(order.columns)
        if upwards not in self._orders:
            places = places_of(self.dataset, order.columns)
            pairs = sorted(([row[place] for place in places], row) for row in self._rows)
            self._orders[upwards] = [mark for mark, _ in pairs], [row for _, row in pairs]
        return self._orders[upwards]


class QueriedTable:
    """A table that stays in the database."""

    def __init__(self, dataset: Dataset, stamp: ledger.Stamp) -> None:
        self.dataset, self.at = dataset, stamp.at
        self._stamp = stamp

    @property
    def tag(self) -> str:
        """Of where its chains stand: its rows are too many to be read for it."""
        return hashlib.sha256(orjson.dumps([self.dataset.key, self.dataset.names, self._stamp.digest])).hexdigest()

    @property
    def _all(self) -> QuerySet[Any]:
        if self.dataset.query is None:
            raise TypeError("a data set without a query")
        return self.dataset.query()

    @property
    def size(self) -> Size:
        """As `Table.size`: counted while it is cheap. The estimate is of the whole table: a query with conditions is counted."""
        found = self._all
        estimate = 0 if found.query.where else ledger.estimated_rows(found.model)
        return Size(len(self)) if estimate <= MOST_COUNTED else Size(estimate, exact=False)

    def __len__(self) -> int:
        return self._all.count()

    def lines(self, line: Line) -> Iterator[str]:
        """Every row by its keys, as the database writes it."""
        found = self._all.order_by(*self.dataset.keys).annotate(**{LINE: line(self.dataset)}).values_list(LINE, flat=True)
        return iter(found.iterator(chunk_size=CHUNK))

    def __iter__(self) -> Iterator[Row]:
        found = self._all.order_by(*self.dataset.keys).values_list(*self.dataset.names)
        return map(self.dataset.told, found.iterator(chunk_size=CHUNK))

    def page(self, *, filters: Iterable[Filter], order: Order, after: Row | None, limit: int) -> Page:
        """As `Table.page`, in one question."""
        found = self._all
        for one in filters:
            found = found.filter(_condition(one))
        if after is not None:
            found = found.filter(_beyond(order, after))
        found = found.order_by(*(("-" if order.down else "") + name for name in order.columns))
        columns = [self.dataset.column(name) for name in order.columns]
        placed = {PLACE.format(number): place_value(column) for number, column in enumerate(columns)}
        rows = list(found.annotate(**{LINE: json_line(self.dataset)}, **placed).values_list(LINE, *placed)[: limit + 1])
        place = tuple(map(_read_place, columns, rows[limit - 1][1:])) if len(rows) > limit else None
        return Page([row[0] for row in rows[:limit]], place)


def _read_place(column: Column, value: Any) -> Value:
    """A value of an order's column: instants come as text, because only that of one row is ever read."""
    return dt.datetime.fromisoformat(value) if column.kind is Kind.INSTANT else value


def places_of(dataset: Dataset, names: Iterable[str]) -> list[int]:
    """Where those columns are in a row."""
    return [dataset.names.index(name) for name in names]


def _condition(one: Filter) -> Q:
    name, value = one.column.name, one.value
    if value is None:
        empty = Q(**{f"{name}__isnull": True})
        return empty | Q(**{name: ""}) if one.column.kind is Kind.TEXT else empty
    if isinstance(value, dt.datetime):
        return Q(**{f"{name}__gte": value, f"{name}__lt": value + dt.timedelta(seconds=1)})
    return Q(**{name: value})


def _beyond(order: Order, after: Row) -> Q:
    """What follows `after`: a greater first column, or the same and what follows in the rest.

    The plain bound on the first column says nothing new, but an index can begin at it.
    """
    word = "lt" if order.down else "gt"
    beyond: Q | None = None
    for name, value in reversed(list(zip(order.columns, after, strict=True))):
        further = Q(**{f"{name}__{word}": value})
        beyond = further if beyond is None else further | (Q(**{name: value}) & beyond)
    if beyond is None:
        raise ValueError("an order without columns")
    return Q(**{f"{order.columns[0]}__{word}e": after[0]}) & beyond


_held: dict[str, tuple[str, HeldTable]] = {}


def table_of(dataset: Dataset) -> Table:
    """The data set as it is now."""
    return _at(dataset, ledger.stamp(dataset.chains))


def tables_of(datasets: Iterable[Dataset]) -> dict[str, Table]:
    """Data sets by their key, as they are now; where the same chains stand is asked once."""
    found = list(datasets)
    stamps = {chains: ledger.stamp(chains) for chains in {one.chains for one in found}}
    return {one.key: _at(one, stamps[one.chains]) for one in found}


def _at(dataset: Dataset, stamp: ledger.Stamp) -> Table:
    if dataset.query is not None:
        return QueriedTable(dataset, stamp)
    kept = _held.get(dataset.key)
    if kept is None or kept[0] != stamp.digest:
        kept = _held[dataset.key] = stamp.digest, HeldTable(dataset, stamp)
    return kept[1]


def dataset_named(key: str) -> Dataset | None:
    """The data set of that key."""
    return DATASETS.get(key)


def responsible_for(dataset: Dataset) -> str:
    """The area that answers for it, by its name; empty while the institute's data name none."""
    return institutes.open_data().areas.get(dataset.area, "")


def licence_of(dataset: Dataset) -> str:
    """The terms of its use: its own, or those of all the institute's data; empty while nobody has said."""
    return str(dataset.licence or institutes.open_data().licence)
