"""Reads a declared table out of a sheet: typed rows, and every fault of every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from calpulli_core.text.folding import fold

from .declared import Column, Kind, Table
from .findings import Faults, shown
from .grids import Grid, range_name
from .headings import has_headings, looks_like_headings, place_columns
from .numbers import read_choice, read_day, read_number, read_yes_no
from .texts import NOT_APPLICABLE, Bad, Cell, is_not_applicable, read_key, read_keys, read_partida, read_text, skeleton


class _Unread:
    """The value of a cell that is wrong: already told, so nothing else is said of it."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD: Final = _Unread()

_READERS: Mapping[Kind, Callable[[Cell, Column], object]] = {
    Kind.TEXT: read_text,
    Kind.PROSE: read_text,
    Kind.KEY: read_key,
    Kind.KEYS: read_keys,
    Kind.PARTIDA: read_partida,
    Kind.WHOLE: read_number,
    Kind.THOUSANDTHS: read_number,
    Kind.PERCENT: read_number,
    Kind.MONEY: read_number,
    Kind.DAY: read_day,
    Kind.YES_NO: read_yes_no,
    Kind.CHOICE: read_choice,
}


@dataclass(slots=True)
class Read:
    """The rows of a table: the row of the sheet, and its values in the order of the table's columns.

    None: an empty cell. UNREAD: one that is wrong, or whose column is not there. `places`: each column as defects name it.
    `spoiled`: what the cells of a column that are wrong say, so that nobody is told twice of the same.
    """

    table: Table
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    spoiled: dict[str, set[str]] = field(default_factory=dict)

    def place(self, key: str) -> str:
        """A column as defects name it."""
        return self.places[self.table.places[key]]

    def column(self, key: str) -> Iterator[tuple[int, Any]]:
        """Each row with its value in a column."""
        at = self.table.places[key]
        return ((row, values[at]) for row, values in self.rows)


def read_table(grid: Grid, table: Table, faults: Faults, *, among: Sequence[Table]) -> Read:
    """The rows of `table` in a sheet; `among`: the tables whose headings would begin another table further down."""
    if not has_headings(grid, table):
        faults.add(1, None, "", "no_heading")
        return Read(table, places=[table.named(column.key) for column in table.columns])
    return _Reading(grid, table, faults, among).read()


class _Reading:
    def __init__(self, grid: Grid, table: Table, faults: Faults, among: Sequence[Table]) -> None:
        self._grid, self._table, self._faults, self._among = grid, table, faults, among
        self._at = place_columns(grid, table, faults)
        places = [f"columna {number + 1} ({column.heading})" for number, column in enumerate(table.columns)]
        for position, number in self._at.items():
            places[number] = f"columna {position + 1} ({table.columns[number].heading})"
        self._read = Read(table, places=places)
        self._positions = {number: position for position, number in self._at.items()}
        self._computed_rows = {row for row, _ in grid.computed}
        self._cells = [_CellReader(column, table) for column in table.columns]
        self._required = sum(column.required for column in table.columns)

    def read(self) -> Read:
        """Goes down the sheet once."""
        self._tell_merged()
        self._tell_strays()
        for number, row in self._body():
            values = self._row(number, row)
            self._settle_reasons(number, values)
            self._read.rows.append((number, values))
        return self._read

    def _body(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows that are of the table; a gap, another table or a total is told, and the last two end it."""
        gap = 0
        for number, row in enumerate(self._grid.rows[1:], start=2):
            if self._is_blank(number, row):
                gap = gap or number
                continue
            if looks_like_headings(row, self._among) or (gap and self._is_note(row)):
                self._faults.add(number, None, _first(row), "second_table")
                return
            if fold(_first(row)).startswith("total"):
                self._faults.add(number, None, _first(row), "total_row")
                continue
            if gap:
                self._faults.add(gap, None, "", "blank_row")
                gap = 0
            yield number, row

    def _is_blank(self, number: int, row: Sequence[Cell]) -> bool:
        return not any(cell != "" for cell in row) and number not in self._computed_rows

    def _is_note(self, row: Sequence[Cell]) -> bool:
        """Whether so little of the row is filled that it cannot be meant as one of the table."""
        return sum(cell != "" for cell in row) * 2 < self._required

    def _row(self, number: int, row: Sequence[Cell]) -> list[Any]:
        if self._grid.lengths and len(row) != len(self._grid.rows[0]):
            self._faults.add(number, None, "", "row_cells", expected=len(self._grid.rows[0]), found=len(row))
            return [UNREAD] * len(self._cells)
        values: list[Any] = [UNREAD] * len(self._cells)
        computed = self._grid.computed if number in self._computed_rows else {}
        width = len(row)
        for column, position in self._positions.items():
            if computed and (number, position) in computed:
                self._tell_computed(number, column, computed[(number, position)])
                continue
            cell = row[position] if position < width else ""
            reader = self._cells[column]
            try:
                values[column] = reader.read(cell)
            except Bad as bad:
                self._faults.add(number, self._read.places[column], cell, bad.rule, **bad.found)
                self._spoil(column, shown(cell))
        return values

    def _spoil(self, column: int, text: str) -> None:
        self._read.spoiled.setdefault(self._table.columns[column].key, set()).add(skeleton(text))

    def _tell_computed(self, number: int, column: int, text: str) -> None:
        rule = "formula" if text.startswith("=") else "error_cell"
        self._faults.add(number, self._read.places[column], text, rule)

    def _settle_reasons(self, number: int, values: list[Any]) -> None:
        """Joins "No aplica" with its reason; tells one without the other."""
        for at, column in enumerate(self._table.columns):
            if not column.reason:
                continue
            beside = self._table.places[column.reason]
            value, reason = values[at], values[beside]
            if value is UNREAD or reason is UNREAD:
                continue
            place, named = self._read.places[beside], self._table.columns[beside].heading
            if value == NOT_APPLICABLE and not reason:
                self._faults.add(number, place, "", "na_reason", reason=named)
                values[at] = UNREAD
            elif value == NOT_APPLICABLE:
                values[at] = self._joined(number, at, f"{NOT_APPLICABLE}: {reason}")
            elif reason:
                self._faults.add(number, place, reason, "reason_alone", heading=column.heading)

    def _joined(self, number: int, at: int, text: str) -> object:
        most = self._table.columns[at].length
        if len(text) <= most:
            return text
        self._faults.add(number, self._read.places[at], text, "too_long", most=most, found=len(text))
        return UNREAD

    def _tell_merged(self) -> None:
        for first, last in self._grid.merged:
            if first[0] > 1:
                cell = self._cell(first[0], first[1])
                self._faults.add(first[0], f"columna {first[1] + 1}", cell, "merged", range=range_name(first, last))

    def _cell(self, row: int, column: int) -> Cell:
        cells = self._grid.rows[row - 1] if row <= len(self._grid.rows) else ()
        return cells[column] if column < len(cells) else ""

    def _tell_strays(self) -> None:
        """Data to the right of the table, or under a heading that is not there: the first of each column."""
        headings = self._grid.rows[0]
        width = len(headings) if self._grid.lengths else max(map(len, self._grid.rows))
        loose = (at for at in range(width) if at not in self._at and (at >= len(headings) or headings[at] == ""))
        for position in loose:
            for number, row in enumerate(self._grid.rows[1:], start=2):
                if position < len(row) and row[position] != "":
                    self._faults.add(number, f"columna {position + 1}", row[position], "blank_heading")
                    break


def _first(row: Sequence[Cell]) -> str:
    return next((str(cell) for cell in row if cell != ""), "")


class _CellReader:
    """Reads the cells of one column; what was read once is not read again, since most columns repeat a few values."""

    def __init__(self, column: Column, table: Table) -> None:
        self._column = column
        self._reason = table.column(column.reason).heading if column.reason else ""
        self._reader = _READERS[column.kind]
        self._known: dict[tuple[type, Cell], object] = {}
        self._blank = {"means": column.means}

    def read(self, cell: Cell) -> object:
        """The value, None for an empty cell; raises Bad."""
        if cell == "":
            if self._column.required:
                raise Bad(self._column.blank, **self._blank)
            return None
        key = (cell.__class__, cell)
        if key in self._known:
            return self._known[key]
        value = self._fresh(cell)
        self._known[key] = value
        return value

    def _fresh(self, cell: Cell) -> object:
        column = self._column
        if is_not_applicable(cell):
            if not column.reason:
                raise Bad("na_here", blank="" if column.required else " o deje la celda vacía")
            if cell != NOT_APPLICABLE:
                raise Bad("na_words", reason=self._reason)
            return NOT_APPLICABLE
        if isinstance(cell, str) and not cell.strip():
            raise Bad("spaces", clean="")
        return self._reader(cell, column)
