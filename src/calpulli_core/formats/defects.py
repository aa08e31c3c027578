"""Defects of what was handed in: where, what, which rule, and how to mend it. All come at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

_SHOWN = 120
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect. ``sheet`` and ``row`` (from 1) are None where the format has none.

    ``column`` is the column's number and name, or the path of a key; ``value`` is what was found,
    whole; ``rule`` and ``remedy`` are sentences in Spanish.
    """

    sheet: str | None
    row: int | None
    column: str | None
    value: str
    rule: str
    remedy: str

    @property
    def place(self) -> str:
        """Sheet, row and column in one phrase; empty when the whole file is meant."""
        row = f"fila {self.row}" if self.row is not None else None
        return ", ".join(part for part in (self.sheet, row, self.column) if part)

    def __str__(self) -> str:
        value = self.value if len(self.value) <= _SHOWN else self.value[: _SHOWN - 1] + "…"
        found = f"«{value}». " if value else ""
        return f"{self.place or 'archivo'}: {found}{self.rule} {self.remedy}"


def _reading_order(defect: Defect) -> tuple[int, int]:
    """Row, then number of column; what concerns the whole file first."""
    found = re.match(r"columna (\d+)", defect.column or "")
    return defect.row or 0, int(found.group(1)) if found else 0


class RecordErrors(ValueError):  # noqa: N818 - it holds many
    """What was handed in is refused; ``defects`` holds every reason (at least one), by sheet, row and column."""

    def __init__(self, defects: Sequence[Defect]) -> None:
        sheets = {sheet: place for place, sheet in enumerate(dict.fromkeys(defect.sheet for defect in defects))}
        self.defects = tuple(sorted(defects, key=lambda defect: (sheets[defect.sheet], *_reading_order(defect))))
        super().__init__("\n".join(map(str, self.defects)))


@dataclass(slots=True)
class Findings:
    """Collects defects found in one place, so that all are told together."""

    sheet: str | None = None
    row: int | None = None
    defects: list[Defect] = field(default_factory=list)

    def add(self, column: str | None, value: object, rule: str, remedy: str) -> None:
        """Note one defect in this place."""
        shown = "" if value is None else str(value)
        self.defects.append(Defect(self.sheet, self.row, column, shown, rule, remedy))

    def at(self, row: int | None) -> Findings:
        """The same list of defects, seen from another row."""
        return Findings(self.sheet, row, self.defects)

    def refuse_if_any(self) -> None:
        """Raise RecordErrors when something was found."""
        if self.defects:
            raise RecordErrors(self.defects)

    def settled(self, result: _T | None) -> _T:
        """What was read, when nothing is wrong with it; else RecordErrors with all that was found."""
        if result is None and not self.defects:
            self.add(None, "", "El archivo no se puede leer.", "Vuelva a exportarlo.")
        if result is None or self.defects:
            raise RecordErrors(self.defects)
        return result
