"""Columns that a format declares, as those of a data set: the same headings, and cells that say the same."""

from __future__ import annotations

from typing import Any

from calpulli_core.formats.sheets.declared import Column as Declared
from calpulli_core.formats.sheets.declared import Kind as Held
from calpulli_core.formats.sheets.writing import cell_text

from .datasets import Column, Kind

KINDS = {Held.WHOLE: Kind.INTEGER, Held.DAY: Kind.DATE}


def column_of(declared: Declared, **told: Any) -> Column:
    """`told`: the rest of what a data set says of its columns."""
    given = {"optional": not declared.required} | told
    meaning = f"{declared.heading}. {declared.means}"
    return Column(name=declared.key, kind=KINDS.get(declared.kind, Kind.TEXT), meaning=meaning, example=declared.example, **given)


def cell_of(value: Any, declared: Declared) -> Any:
    """Whole numbers and days as they are; the rest as the format types it."""
    return value if declared.kind in KINDS else cell_text(value, declared)
