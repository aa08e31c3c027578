"""`--after OLD`: whether the contents say of the older bundle what it says (docs/spec/bundle.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calpulli_core.board import canonical, layout
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault

Json = dict[str, Any]


def check_contents(bundle: Bundle, old: Bundle) -> Iterator[Fault]:
    """`old` is without fault and stands among the earlier bundles of this one, or is this one."""
    record = bundle.values.get(layout.RECORD)
    if record is None:
        return
    before = old.values[layout.RECORD]
    if old.manifest["plan"] == bundle.manifest["plan"] and _programme(before) != _programme(record):
        why = f"su programa no es el que el paquete {old.manifest['number']}, que usted conserva, da del mismo plan"
        yield Fault("record", layout.RECORD, None, why)
    if bundle.manifest["edition"]["replaces"] == old.manifest_sha256:
        yield from _check_differences(bundle, _values(before), _values(record))


def _programme(record: Json) -> bytes:
    """Compared as it is written: in Python 1 equals true."""
    return canonical.encode(record["programme"])


def _values(record: Json) -> list[str]:
    return [column["value"] for column in record["columns"]]


def _check_differences(bundle: Bundle, before: list[str], after: list[str]) -> Iterator[Fault]:
    """That they are what changed between these columns: none invented, none kept quiet."""
    lines = bundle.records.get(layout.DIFFERENCES)
    if lines is None:
        return
    for number, line in enumerate(lines):
        if 1 <= line["number"] <= len(before) and line["before"] != before[line["number"] - 1]:
            yield _fault(number, "lo que dice que había no es lo que dice la edición que usted conserva")
    told = {line["number"] for line in lines}
    for number, pair in enumerate(zip(before, after, strict=True), 1):
        if pair[0] != pair[1] and number not in told:
            yield _fault(None, f"calla que cambió la columna {number}")


def _fault(record: int | None, why: str) -> Fault:
    return Fault("record", layout.DIFFERENCES, record, why)
