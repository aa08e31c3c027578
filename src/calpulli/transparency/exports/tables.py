"""Rows as CSV (RFC 4180, UTF-8), JSON and XLSX: the same rows give the same bytes.

A spreadsheet would run a text that begins as a formula does. In CSV such a text is written with an apostrophe in front,
and so is one that begins with an apostrophe: whoever takes away the first apostrophe of a cell has the text as it is.
JSON carries it untouched; in XLSX it is a cell of text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import orjson

from calpulli.commons.files import FORMULA
from calpulli.commons.registries.datasets import Row, Value

from ..queries import QueriedTable, Table, csv_line, json_line, row_json

CHUNK = 2000
# What Excel takes is 1,048,576 rows of at most 32,767 characters a cell; a sheet of more than these is of no use in it.
MOST_XLSX_ROWS = 100_000
LONGEST_XLSX_CELL = 32_767
CUT = " […]"


def csv_pieces(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The table as CSV, a piece at a time."""
    yield _written([names])
    left = iter(rows)
    while part := list(islice(left, CHUNK)):
        yield _written([csv_cell(value) for value in row] for row in part)


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def csv_cell(value: Value) -> str:
    """A value as a cell of CSV."""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return plain(value)


def uncell(text: str) -> str:
    """A text as it was before it became a cell of CSV."""
    return text[1:] if text.startswith("'") else text


def plain(value: Value) -> str:
    """A value as text: ISO 8601 for days and instants (UTC), `true` and `false`, nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        case dt.date():
            return value.isoformat()
    return str(value)


def json_pieces(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The table as a JSON array, an object a line."""
    return _array(row_json(names, row) for row in rows)


def _array(objects: Iterator[bytes]) -> Iterator[bytes]:
    before = b"[\n"
    while part := list(islice(objects, CHUNK)):
        yield before + b",\n".join(part)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def table_csv(table: Table) -> Iterator[bytes]:
    """A data set as CSV, a piece at a time: by the database if its rows stay there."""
    if not isinstance(table, QueriedTable):
        yield from csv_pieces(table.dataset.names, table)
        return
    yield _written([table.dataset.names])
    lines = table.lines(csv_line)
    while part := list(islice(lines, CHUNK)):
        yield "".join(part).encode()


def table_json(table: Table) -> Iterator[bytes]:
    """A data set as a JSON array, as `table_csv`."""
    if isinstance(table, QueriedTable):
        return _array(line.encode() for line in table.lines(json_line))
    return json_pieces(table.dataset.names, table)


def to_csv(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The whole table as CSV."""
    return b"".join(csv_pieces(names, rows))


def to_json(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The whole table as JSON."""
    return b"".join(json_pieces(names, rows))


def read_json(content: bytes) -> list[dict[str, Any]]:
    """The rows of a table that was written as JSON."""
    return list(orjson.loads(content))


def to_xlsx(names: Sequence[str], rows: Iterable[Row], *, title: str) -> bytes:
    """The whole table as a sheet: texts are texts, never formulas; what is too long for a cell is cut and says so."""
    import xlsxwriter  # slow to begin, and few requests write a sheet

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - the same rows, the same bytes
        sheet = book.add_worksheet("datos")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, place, column, value)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Value) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int) and abs(value) < 10**15:
        sheet.write_number(row, column, value)
    elif value not in (None, ""):
        text = plain(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST_XLSX_CELL else text[: LONGEST_XLSX_CELL - len(CUT)] + CUT)
