"""The files of version 2 as they are written: tables, lines, and what stands for a file that nobody gives (bundle.md, 10)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from calpulli_core.board import canonical, layout

Cell = str | int | None


def table(path: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """One of the four tables with its header, its rows in the order of the specification; None is an empty cell."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(layout.YEAR_TABLES[path])
    writer.writerows(sorted(["" if cell is None else str(cell) for cell in row] for row in rows))
    return written.getvalue().encode()


def measures(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """The lines of measures.jsonl, in order."""
    return _lines(sorted(lines, key=lambda line: (line["measure"], canonical.encode(line["where"]), line["period"])))


def indicators(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """The lines of indicators.jsonl, in order."""
    return _lines(sorted(lines, key=lambda line: str(line["key"])))


def heads(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """The lines of heads.jsonl, in order."""
    return _lines(sorted(lines, key=lambda line: str(line["chain"])))


def whole(given: Mapping[str, bytes]) -> dict[str, bytes]:
    """All seven files: those given, and empty ones for the rest. ValueError for a path that is none of them."""
    if strange := given.keys() - layout.YEAR:
        raise ValueError(f"not a file of version 2: {min(strange)}")
    empty = {path: table(path, ()) if path in layout.YEAR_TABLES else b"" for path in layout.YEAR}
    return {**empty, **given}


def _lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(canonical.encode(dict(value)) + b"\n" for value in values)
