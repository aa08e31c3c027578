"""Which column of a table stands where in a sheet, as its first row says it, and what is wrong with that row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from calpulli_core.text.folding import fold

from .declared import Table
from .findings import Faults
from .grids import Grid, range_name
from .texts import Cell

_NEAR = 0.6  # how alike two headings must be for one to be taken for the other


def headings_of(grid: Grid) -> list[str]:
    """The first row as texts, without the empty cells at its end."""
    first = [str(cell) for cell in grid.rows[0]] if grid.rows else []
    while first and not first[-1]:
        first.pop()
    return first


def resemblance(headings: Sequence[str], table: Table) -> int:
    """How many of the table's headings are there."""
    return len(set(table.headings) & set(headings))


def has_headings(grid: Grid, table: Table) -> bool:
    """Whether the first row could be the headings of the table, however spoiled."""
    return any(_likeness(heading, name) >= _NEAR for heading in headings_of(grid) for name in table.headings)


def _likeness(heading: str, name: str) -> float:
    return SequenceMatcher(None, fold(heading), fold(name)).ratio()


def place_columns(grid: Grid, table: Table, faults: Faults) -> dict[int, int]:
    """For each column of the sheet (from 0) the column of the table; every fault of the first row noted.

    A heading that is nearly one is read as it, so that what is wrong below is told at once too.
    """
    return _Placing(grid, table, faults).placed()


class _Placing:
    def __init__(self, grid: Grid, table: Table, faults: Faults) -> None:
        self._grid, self._table, self._faults = grid, table, faults
        self._found = headings_of(grid)
        self._at: dict[int, int] = {}
        self._missing: set[int] = set()

    def placed(self) -> dict[int, int]:
        merged = set(self._merged())
        free = self._exact(merged)
        self._missing = set(range(len(self._table.columns))) - set(self._at.values()) - merged
        for position in free:
            self._near(position)
        self._tell_order()
        for number in sorted(self._missing):
            heading = self._table.headings[number]
            self._faults.add(1, f"columna {number + 1} ({heading})", "", "missing_column", heading=heading)
        return self._at

    def _merged(self) -> Iterator[int]:
        """The columns of the table under a merged heading: they are read by their place."""
        for first, last in self._grid.merged:
            if first[0] > 1:
                continue
            told = self._found[first[1]] if first[1] < len(self._found) else ""
            self._faults.add(1, self._position(first[1]), told, "merged_heading", range=range_name(first, last))
            for position in range(first[1], last[1] + 1):
                if position < len(self._table.columns):
                    self._at[position] = position
                    yield position

    def _exact(self, merged: set[int]) -> list[int]:
        """Places the headings that are as declared; gives the positions of the others."""
        free = []
        for position, heading in enumerate(self._found):
            if position in merged:
                continue
            number = self._number(heading)
            if number is None:
                free.append(position)
            elif number in self._at.values():
                self._faults.add(1, self._position(position), heading, "repeated_column")
            else:
                self._at[position] = number
        return free

    def _number(self, heading: str) -> int | None:
        headings = self._table.headings
        return headings.index(heading) if heading in headings else None

    def _near(self, position: int) -> None:
        heading = self._found[position]
        if not heading:
            self._blank(position)
            return
        number = self._nearest(heading, position)
        if number is None:
            self._faults.add(1, self._position(position), heading, "extra_column")
            return
        self._missing.discard(number)
        self._at[position] = number
        name = self._table.headings[number]
        self._faults.add(1, self._position(position), heading, "renamed_column", heading=name)

    def _blank(self, position: int) -> None:
        """A column without heading stands for the one that is missing in its place; otherwise its data are too many."""
        if position in self._missing:
            self._missing.discard(position)
            self._at[position] = position
            name = self._table.headings[position]
            self._faults.add(1, self._position(position), "", "missing_column", heading=name)

    def _nearest(self, heading: str, position: int) -> int | None:
        headings = self._table.headings
        scored = [(_likeness(heading, headings[number]), -abs(number - position), number) for number in self._missing]
        best = max(scored, default=(0.0, 0, -1))
        return best[2] if best[0] >= _NEAR else None

    def _tell_order(self) -> None:
        """The first column that stands after one that should follow it."""
        latest = -1
        for position, number in sorted(self._at.items()):
            if number < latest:
                wanted = sorted(self._at.values())[sorted(self._at).index(position)]
                told = self._table.headings[wanted]
                self._faults.add(1, self._position(position), self._table.headings[number], "order", heading=told)
                return
            latest = number

    def _position(self, position: int) -> str:
        return f"columna {position + 1}"


def looks_like_headings(row: Sequence[Cell], tables: Sequence[Table]) -> bool:
    """Whether a row further down is the first of another table."""
    words = {cell for cell in row if isinstance(cell, str) and cell}
    return any(len(words & set(table.headings)) >= 2 for table in tables)
