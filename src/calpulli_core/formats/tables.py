"""The programme as tables for a bundle: UTF-8, comma, every field in quotes, rows end in LF (docs/spec/bundle.md, section 6)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

Row = tuple[str | int, ...]


def objectives_table(rows: Iterable[tuple[str, int, str]]) -> bytes:
    """`identifier,number,text`, one row an objective."""
    return _table(("identifier", "number", "text"), rows)


def lines_table(rows: Iterable[tuple[str, int, str, str]]) -> bytes:
    """`identifier,objective,number,text`, one row a line of action."""
    return _table(("identifier", "objective", "number", "text"), rows)


def swot_table(rows: Iterable[tuple[str, str, int, str]]) -> bytes:
    """`identifier,group,number,text`, one row an item of the diagnosis."""
    return _table(("identifier", "group", "number", "text"), rows)


def _table(header: Row, rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
