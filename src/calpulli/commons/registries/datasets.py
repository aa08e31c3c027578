"""Data sets: a table that a package gives to anyone, declared with its dictionary beside the code that makes its rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from . import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise  # a text that is translated when it is shown

Value = str | int | bool | dt.date | dt.datetime | None
Row = tuple[Value, ...]
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = frozenset({"desde", "limite", "orden"})  # what a question to the API says besides its filters
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "texto"
    INTEGER = "entero"
    BOOLEAN = "sí o no"
    DATE = "fecha"
    INSTANT = "instante"


class Shelf(IntEnum):
    """Where the catalogue puts a topic: what people come for, then what stands around it, last what checks it."""

    ASKED = 1
    AROUND = 2
    CHECKS = 3


class Check(StrEnum):
    """How far a stranger can check what the table says."""

    RECOUNTED = "se recuenta con renglones públicos"
    RECOMPUTED = "se recalcula con lo publicado"
    ATTESTED = "lo atestigua el libro de hechos"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its name (ASCII, for programs), what it means and an example.

    `fields` are the fields of tables that the value comes from ("planning.Line.text"); a house test refuses one that is
    not public. A value that comes from no table (a name of the institute's own data) has none and says `source`.
    An `optional` column may be empty: it can be filtered by, but nothing can be ordered by it.
    """

    name: str
    kind: Kind = Kind.TEXT
    meaning: Words
    example: Words
    unit: Words = ""
    optional: bool = False
    fields: tuple[str, ...] = ()
    source: Words = ""


@dataclass(frozen=True)
class KeptFile:
    """A file that a data set names, kept by its hash: the name under which it is handed over."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A table for anyone. Rows come from `rows` (held in memory) or, when they may be many, from `query`.

    `rows` gives tuples in the order of the columns; `query` a set of rows with a name for each column (`annotate`).
    An empty text in an `optional` column is one that is absent: it is given as null, so that files say it in one way.
    The columns in `keys` tell a row from every other; pages, differences and order stand on them, and none may be empty.
    `chains` are the chains of the ledger whose acts can change the table: while their heads stay, it is the same table.
    """

    key: str
    title: Words
    topic: Words
    shelf: Shelf = Shelf.AROUND  # the same for all of a topic
    description: Words
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    chains: tuple[str, ...]
    cadence: Words
    area: str  # a key of `[data.areas]` in the institute's data: who answers for it
    check: Check
    check_note: Words
    rows: Callable[[], Iterable[Row]] | None = None
    query: Callable[[], QuerySet[Any]] | None = None
    licence: str = ""  # empty: that of the institute
    legal: Words = ""
    legal_confirmed: bool = False  # True only when somebody read it in a legal text
    sensitivity: Words = "pública: ningún dato de personas"
    editions: bool = True  # False for what only grows and carries its own hashes
    files: Callable[[], Iterable[KeptFile]] | None = None
    words: tuple[Words, ...] = field(default=())  # other words by which people look for it

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        wrong = [
            (not KEY.fullmatch(self.key), "a key in lower case"),
            (not all(NAME.fullmatch(name) for name in names) or len(set(names)) < len(names), "columns with names of their own"),
            (bool(RESERVED & set(names)), "columns that are not called as a parameter of the API"),
            (not self.keys or not set(self.keys) <= set(names), "keys among its columns"),
            (any(self.column(name).optional for name in self.keys if name in names), "keys that are never empty"),
            ((self.rows is None) == (self.query is None), "rows or a query, and not both"),
        ]
        if told := [what for fault, what in wrong if fault]:
            raise ValueError(f"the data set {self.key!r} needs {'; '.join(told)}")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def told(self, row: Row) -> Row:
        """The row as it is given: what is absent is None, also where it came as an empty text."""
        pairs = zip(row, self.columns, strict=True)
        return tuple(None if value == "" and column.optional else value for value, column in pairs)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


DATASETS: Registry[Dataset] = Registry("data sets")


def offer(dataset: Dataset) -> Dataset:
    """Registers a data set under its key."""
    return DATASETS.add(dataset.key, dataset)
