"""The CSV files against record.json (docs/spec/bundle.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calpulli_core.board import layout
from calpulli_core.verify.forms import GROUPS
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault
from calpulli_core.verify.rows import fields_of

Json = dict[str, Any]
Row = list[str | None]


def check_tables(bundle: Bundle) -> Iterator[Fault]:
    """Every table that can be read, against the record; None in an expected row is an identifier, free but unique."""
    record = bundle.values.get(layout.RECORD)
    if record is None:
        return
    for path, expected in _expected(record).items():
        if path in bundle.rows:
            yield from _compare(path, bundle.rows[path], expected)


def _expected(record: Json) -> dict[str, list[Row]]:
    programme = record["programme"]
    objectives = programme["objectives"]
    columns = record["columns"]
    return {
        layout.RECORD_CSV: [[item["name"] for item in columns], [item["value"] for item in columns]],
        layout.OBJECTIVES: [
            ["identifier", "number", "text"],
            *([None, str(item["number"]), item["text"]] for item in objectives),
        ],
        layout.LINES: [
            ["identifier", "objective", "number", "text"],
            *([None, str(item["number"]), line["number"], line["text"]] for item in objectives for line in item["lines"]),
        ],
        layout.SWOT: [
            ["identifier", "group", "number", "text"],
            *([None, name, str(n), text] for name in GROUPS for n, text in enumerate(programme["swot"][name], 1)),
        ],
    }


def _compare(path: str, records: list[bytes], expected: list[Row]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number in range(max(len(records), len(expected))):
        why = _row_fault(number, records, expected, seen)
        if why:
            yield Fault("record", path, number, why)


def _row_fault(number: int, records: list[bytes], expected: list[Row], seen: set[str]) -> str | None:
    if number >= len(expected):
        return "este renglón sobra: record.json no lo tiene"
    if number >= len(records):
        return "falta este renglón, que record.json sí tiene"
    fields, wanted = fields_of(records[number]), expected[number]
    if fields is None:
        return "no está escrito como manda el formato: todos los campos entre comillas, separados por comas"
    if len(fields) != len(wanted):
        return f"tiene {len(fields)} campos y debía tener {len(wanted)}"
    if wanted[0] is None:
        if not fields[0] or fields[0] in seen:
            return f"el identificador «{fields[0]}» está vacío o repetido"
        seen.add(fields[0])
    if any(want not in (None, field) for want, field in zip(wanted, fields, strict=True)):
        return "no dice lo mismo que record.json"
    return None
