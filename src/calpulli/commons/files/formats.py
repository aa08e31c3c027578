"""Tables whose columns a format declares, as a page gives them away: as CSV or as a workbook, by the same columns."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

from calpulli_core.formats.sheets.declared import Table
from calpulli_core.formats.sheets.writing import Book, Values, cell_text

from .tables import csv_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("csv", "xlsx")


def declared_file(name: str, kind: str, table: Table, rows: Sequence[Values], *, notice: str) -> HttpResponse:
    """The rows in the format. `name`: without what it ends in, which is the kind; `notice`: what a workbook says above them."""
    if kind == "csv":
        return csv_file(f"{name}.csv", table.headings, (_typed(table, row) for row in rows))
    book = Book(table.sheet)
    book.table(table, rows, notice=notice)
    answer = HttpResponse(book.closed(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _typed(table: Table, row: Values) -> list[str]:
    return [cell_text(value, column) for value, column in zip(row, table.columns, strict=True)]
