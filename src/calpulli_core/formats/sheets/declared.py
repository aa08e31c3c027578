"""How a table that people fill in is declared: its columns, what each holds, and what may stand in it.

From one declaration come the reading, every message, the templates and the guide of the columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

MOST_CENTS = 10**15  # ten millions of millions of pesos, in cents: exact in a cell of a sheet too
MOST_UNITS = 999_999_999


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"  # of one line
    PROSE = "prose"  # of one or more lines
    KEY = "key"  # letters and figures of ASCII, dots and hyphens
    KEYS = "keys"  # some of those, with a semicolon between them
    PARTIDA = "partida"  # four figures, always as text
    WHOLE = "whole"  # a whole number
    THOUSANDTHS = "thousandths"  # a number with three decimals at most, read as thousandths
    PERCENT = "percent"  # with two decimals at most, read as hundredths of a percent
    MONEY = "money"  # pesos with two decimals at most, read as cents
    DAY = "day"  # dd/mm/yyyy, or a cell of date
    YES_NO = "yes_no"
    CHOICE = "choice"  # one of the words of the column


# Kinds of numbers, and how many decimals each admits.
PLACES: Mapping[Kind, int] = {Kind.WHOLE: 0, Kind.PERCENT: 2, Kind.MONEY: 2, Kind.THOUSANDTHS: 3}
LONGEST: Mapping[Kind, int] = {Kind.TEXT: 200, Kind.PROSE: 4_000, Kind.KEY: 20, Kind.KEYS: 2_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `heading`: the words of its first cell, never changed within a version. `means` and `example`: for people.

    `blank`: the rule that is told when a required cell is empty. `least`, `most`: of a number, in what it is read as.
    `words`: of a choice, what is written and what it is read as. `word`: of a list of keys, what is written for none.
    `reason`: the key of the column that gives the reason when this one says "No aplica"; without one it may not say it.
    """

    key: str
    heading: str
    kind: Kind
    means: str
    example: str
    required: bool = True
    blank: str = "required"
    longest: int = 0
    least: int = 0
    most: int = MOST_UNITS
    words: Mapping[str, object] | None = None
    word: str = ""
    catalogue: str = ""
    reason: str = ""
    width: int = 16

    @property
    def length(self) -> int:
        """The most characters that it holds."""
        return self.longest or LONGEST.get(self.kind, LONGEST[Kind.TEXT])


@dataclass(frozen=True)
class Table:
    """A table in a sheet of its own. `unique`: columns that together tell one row from another; empty where rows may repeat."""

    key: str
    sheet: str
    means: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The words of the first row."""
        return tuple(column.heading for column in self.columns)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each column stands, from 0."""
        return {column.key: number for number, column in enumerate(self.columns)}

    def column(self, key: str) -> Column:
        """The column of that key."""
        return self.columns[self.places[key]]

    def named(self, key: str) -> str:
        """A column as defects name it: `columna 3 (Nombre)`."""
        return f"columna {self.places[key] + 1} ({self.column(key).heading})"
