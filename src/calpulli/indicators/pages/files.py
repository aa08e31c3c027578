"""Tables as CSV files: what a page draws, for whoever takes it away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What a spreadsheet would run gets an apostrophe in front, as in the data sets (docs/decisions/0016).
NUMBER = re.compile(r"-[0-9]+(/[0-9]+)?")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def csv_file(name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """UTF-8 with a mark, so that spreadsheets read the accents."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([_cell(value) for value in row] for row in rows)
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) and not NUMBER.fullmatch(value) else value
