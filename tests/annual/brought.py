"""The files of the core's tests as the demonstration's institute would fill them, for a year of one's own."""

from __future__ import annotations

from typing import Any

from calpulli.annual import exports
from calpulli.commons.registries.bringing import Arrival
from calpulli_core.formats.annual.reading import Brought
from tests.core.formats.annual.planting import Rows, book, clean

YEAR = 2031
PLAN = "demo-2026"
OURS = {2027: YEAR, "area-1": "secretaria-administrativa", "distrito-1; distrito-2": "distrito-01; distrito-02"}
POA = ("Programas", "Matriz", "Actividades", "Líneas", "Metas")
Sheets = dict[str, tuple[list[str], Rows]]


def ours(*names: str) -> Sheets:
    """The clean book, with those sheets alone (all of the programme without any)."""
    return {name: (headings, [[_ours(cell) for cell in row] for row in rows]) for name, (headings, rows) in clean().items()
            if name in (names or POA)}  # fmt: skip


def _ours(cell: Any) -> Any:
    return OURS.get(cell, cell) if isinstance(cell, str | int) else cell


def arrival(sheets: Sheets, *more: Brought) -> Arrival:
    return exports.read([Brought("poa.xlsx", book(sheets)), *more], plan_key=PLAN).arrival
