"""A sheet as it was found: its cells by row, and what they are that their values do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .texts import Cell

Spot = tuple[int, int]  # row from 1, column from 0


@dataclass(slots=True)
class Grid:
    """The cells of one sheet. `name`: None where the file has none (CSV). An empty cell is "".

    `computed`: formulas ("=A1") and errors ("#REF!"). `merged`: first and last spot of each range. `lengths`: where rows
    must be as long as the headings, so that a lost separator is found.
    """

    name: str | None
    rows: Sequence[Sequence[Cell]]
    computed: dict[Spot, str] = field(default_factory=dict)
    merged: tuple[tuple[Spot, Spot], ...] = ()
    hidden: bool = False
    lengths: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell != "" for row in self.rows for cell in row) and not self.computed


def letters(column: int) -> str:
    """The name that a sheet gives to a column (from 0)."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def range_name(first: Spot, last: Spot) -> str:
    """A range as a sheet writes it: `A1:C1`."""
    return f"{letters(first[1])}{first[0]}:{letters(last[1])}{last[0]}"
