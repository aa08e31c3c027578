"""Tables that a page lets take away as CSV: one way of writing them, for every page of every package.

UTF-8 with a mark, so that a spreadsheet reads the accents of whoever opens it with two clicks. The data sets have none: they are
for programs, they are described beside their files, and their hashes are published.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A spreadsheet would run a text that begins so: it gets an apostrophe in front (docs/decisions/0016).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
NUMBER = re.compile(r"-[0-9]+([./][0-9]+)?")


def csv_file(name: str, headers: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The table as an answer that is kept under that name."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_cell(value: object) -> object:
    """A value as a cell; a number below zero stays a number."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) and not NUMBER.fullmatch(value) else value
