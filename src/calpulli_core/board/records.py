"""Files cut into records, the unit in which a change is told (docs/spec/bundle.md, section 3)."""

from __future__ import annotations

import re

from calpulli_core.board import canonical
from calpulli_core.board.layout import LINE_NAMES

HEADER_NAME = "encabezado"
_FIRST_FIELD = re.compile(rb'"([^"]*+(?:""[^"]*+)*+)"(?=[,\n]|\Z)')


def cut_lines(data: bytes) -> list[bytes]:
    """The lines of a `.jsonl`, each with its LF; bytes after the last LF are one more."""
    parts = data.split(b"\n")
    tail = parts.pop()
    records = [part + b"\n" for part in parts]
    return [*records, tail] if tail else records


def cut_csv(data: bytes) -> list[bytes]:
    """The rows of a `.csv`, cut after each LF outside quotes; bytes after the last cut are one more."""
    records: list[bytes] = []
    pending: list[bytes] = []
    quotes = 0
    for line in cut_lines(data):
        pending.append(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0 and line.endswith(b"\n"):
            records.append(b"".join(pending))
            pending = []
    return [*records, b"".join(pending)] if pending else records


def cut(path: str, data: bytes) -> list[bytes]:
    """The records of the file `path`, which must end in `.csv` or `.jsonl` (else ValueError)."""
    if path.endswith(".csv"):
        return cut_csv(data)
    if path.endswith(".jsonl"):
        return cut_lines(data)
    raise ValueError(f"{path}: no es un archivo con renglones")


def name_of(path: str, number: int, record: bytes) -> str | None:
    """What names record `number` of the file `path` to a person; None if it cannot be read."""
    if path.endswith(".csv"):
        return HEADER_NAME if number == 0 else _first_field(record)
    try:
        return str(canonical.parse(record)[LINE_NAMES[path]])
    except (canonical.CanonicalError, LookupError, TypeError):
        return None


def _first_field(record: bytes) -> str | None:
    found = _FIRST_FIELD.match(record)
    try:
        return found[1].decode("utf-8").replace('""', '"') if found else None
    except UnicodeDecodeError:
        return None
