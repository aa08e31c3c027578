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


def _values(record: Json) -> dict[int, str]:
    return {number: column["value"] for number, column in enumerate(record["columns"], 1)}


def _check_differences(bundle: Bundle, before: dict[int, str], after: dict[int, str]) -> Iterator[Fault]:
    """That they are what changed between these columns: none invented, none kept quiet. What one of the two lacks is empty."""
    lines = bundle.records.get(layout.DIFFERENCES)
    if lines is None:
        return
    columns = {number: (before.get(number, ""), after.get(number, "")) for number in sorted({*before, *after})}
    for number, line in enumerate(lines):
        if line["number"] in columns and line["before"] != columns[line["number"]][0]:
            yield _fault(number, "lo que dice que había no es lo que dice la edición que usted conserva")
    told = {line["number"] for line in lines}
    for number, (old, new) in columns.items():
        if old != new and number not in told:
            yield _fault(None, f"calla que cambió la columna {number}{_only_in(number, before, after)}")


def _only_in(number: int, before: dict[int, str], after: dict[int, str]) -> str:
    if number not in before:
        return f", que la edición que usted conserva no tiene: es de {len(before)} columnas y esta de {len(after)}"
    if number not in after:
        return f", que esta edición no tiene: es de {len(after)} columnas y la que usted conserva de {len(before)}"
    return ""


def _fault(record: int | None, why: str) -> Fault:
    return Fault("record", layout.DIFFERENCES, record, why)
