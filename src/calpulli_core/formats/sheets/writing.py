"""Writes declared tables as sheets: with rows to be read again, or empty with a guide and examples to be filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from calpulli_core.formats.plain_text import write_day

from .declared import PLACES, Column, Kind, Table
from .grids import letters
from .numbers import written

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Values = Sequence[Any]  # in the order of the table's columns; None where a cell is empty
# Written into the properties of every book: its bytes must not depend on when it is made.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - of no place
_LISTED = 5_000  # rows of a template in which a cell offers its list
_FORMATS: Mapping[Kind, str] = {
    Kind.WHOLE: "0",
    Kind.THOUSANDTHS: "0.###",
    Kind.PERCENT: "0.##",
    Kind.MONEY: "0.00",
    Kind.DAY: "dd/mm/yyyy",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a column may say, by the name of its catalogue: the words of a cell and what they mean."""

    title: str
    items: Sequence[tuple[str, str]]


def cell_text(value: Any, column: Column) -> str:
    """A value as it is typed."""
    if value is None:
        return ""
    if column.kind in PLACES:
        return written(value, column.kind)
    if column.kind is Kind.YES_NO:
        return "Sí" if value else "No"
    if column.kind is Kind.DAY:
        return write_day(value)
    if column.kind is Kind.CHOICE:
        return next(word for word, meant in (column.words or {}).items() if meant == value)
    if column.kind is Kind.KEYS:
        return "; ".join(value) or column.word
    return value or column.word


def to_csv(table: Table, rows: Iterable[Values]) -> bytes:
    """UTF-8 with its mark, which tells a sheet that it is; commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.headings)
    for row in rows:
        writer.writerow([cell_text(value, column) for value, column in zip(row, table.columns, strict=True)])
    return out.getvalue().encode("utf-8-sig")


class Book:
    """A workbook that is being written. The same tables give the same bytes."""

    def __init__(self, title: str) -> None:
        from xlsxwriter.workbook import Workbook  # slow to begin, and few who use this package write a sheet

        self._out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = Workbook(self._out, options)
        self._book.set_properties({"title": title, "created": _CREATED})
        self._heading = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EEF3", "border": 1}
        )
        self._bold = self._book.add_format({"bold": True})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._formats = {kind: self._format(kind) for kind in Kind}
        self._lists: dict[str, str] = {}

    def _format(self, kind: Kind) -> Format:
        # "@" keeps a cell text also when a person types into it: a key does not lose its zeros.
        return self._book.add_format({"num_format": _FORMATS.get(kind, "@"), "valign": "top"})

    def closed(self) -> bytes:
        """The bytes of the book."""
        self._book.close()
        return self._out.getvalue()

    def text_sheet(self, name: str, rows: Iterable[Sequence[str]], widths: Sequence[int], *, bold: Iterable[int] = ()) -> None:
        """A sheet to be read; `bold`: the rows (from 0) that are headings."""
        sheet, strong = self._book.add_worksheet(name), set(bold)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, self._bold if number in strong else self._wrapped)

    def lists(self, name: str, catalogues: Mapping[str, Listed]) -> None:
        """A sheet with what each catalogue admits, two columns each, to which the cells of the tables point."""
        sheet = self._book.add_worksheet(name)
        for number, (key, listed) in enumerate(catalogues.items()):
            left = 2 * number
            sheet.set_column(left, left, 24)
            sheet.set_column(left + 1, left + 1, 50)
            sheet.write_string(0, left, listed.title, self._heading)
            sheet.write_string(0, left + 1, "Qué es", self._heading)
            for row, (word, meaning) in enumerate(listed.items, start=1):
                sheet.write_string(row, left, word, self._formats[Kind.KEY])
                sheet.write_string(row, left + 1, meaning, self._wrapped)
            if listed.items:
                self._lists[key] = f"='{name}'!${letters(left)}$2:${letters(left)}${len(listed.items) + 1}"

    def table(self, table: Table, rows: Iterable[Values] = (), *, name: str = "", notice: str = "") -> None:
        """A sheet of the table with these rows; a `notice` goes above, and then it is nothing to be imported."""
        sheet = self._book.add_worksheet(name or table.sheet)
        top = 1 if notice else 0
        if notice:
            sheet.write_string(0, 0, notice, self._bold)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width, self._formats[column.kind])
            sheet.write_string(top, number, column.heading, self._heading)
            if not notice:
                self._offer(sheet, number, column)
        sheet.freeze_panes(top + 1, 0)
        for place, row in enumerate(rows, start=top + 1):
            for number, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                self._write(sheet, place, number, value, column)

    def _write(self, sheet: Worksheet, row: int, number: int, value: Any, column: Column) -> None:
        style = self._formats[column.kind]
        if value is None:
            return
        if isinstance(value, date) and column.kind is Kind.DAY:
            sheet.write_datetime(row, number, datetime.combine(value, time()), style)
        elif column.kind in PLACES:
            sheet.write_number(row, number, float(written(value, column.kind)), style)
        elif text := cell_text(value, column):
            sheet.write_string(row, number, text, style)

    def _offer(self, sheet: Worksheet, number: int, column: Column) -> None:
        """The list of what a cell may say, where there is one; and what goes in it, when it is chosen."""
        rule: dict[str, Any] = {"validate": "any", "input_title": column.heading[:32], "input_message": column.means[:255]}
        if column.kind is Kind.YES_NO:
            rule |= {"validate": "list", "source": ["Sí", "No"]}
        elif column.kind is Kind.CHOICE:
            rule |= {"validate": "list", "source": list(column.words or ())}
        elif column.catalogue in self._lists:
            # A list of keys admits several: what the sheet offers is a help, not a limit.
            rule |= {"validate": "list", "source": self._lists[column.catalogue], "error_type": "warning"}
        sheet.data_validation(1, number, _LISTED, number, rule)
