"""A year in the formats that ask for it, with their own headings, for whoever must hand it over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.files import csv_file
from calpulli_core.formats import egresos as formats
from calpulli_core.formats.indicators import Format
from calpulli_core.formats.sheets.writing import Book, Values, cell_text

from .. import queries
from .views import the_year

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("csv", "xlsx")


@public
@require_safe
def budget_format(request: HttpRequest, year: int, key: str, kind: str) -> HttpResponse:
    """Egresos by moment, or the budget by chapter, by the columns of the format of that year."""
    the_year(year)
    if key not in (formats.EGRESOS, formats.CHAPTERS) or kind not in KINDS:
        raise Http404
    found = formats.format_of(key, year)
    rows: list[Values] = [[told[column.key] for column in found.table.columns] for told in queries.reported(key, year)]
    if kind == "csv":
        return csv_file(f"{key}-{year}.csv", found.table.headings, (_cells(found, row) for row in rows))
    answer = HttpResponse(_xlsx(found, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{key}-{year}.{kind}"'
    return answer


def _cells(found: Format, row: Values) -> list[str]:
    return [cell_text(value, column) for value, column in zip(row, found.table.columns, strict=True)]


def _xlsx(found: Format, rows: list[Values]) -> bytes:
    book = Book(found.table.sheet)
    notice = "" if formats.IS_CONFIRMED else f"Formato {found.version}: fuente por confirmar."
    book.table(found.table, rows, notice=notice)
    return book.closed()
