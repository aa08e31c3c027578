"""The keys of the annual programme that a file may refer to: those of its own tables, and those that were there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from calpulli_core.formats.sheets.keys import Known
from calpulli_core.formats.sheets.reading import UNREAD, Read

from .rows import AnnualFile
from .tables import ACTIVITIES, PROGRAMMES

Reads = Mapping[str, Read]


@dataclass(frozen=True, slots=True)
class Named:
    """What others need to know of a programme or an activity; `row` is 0 for one that was there already."""

    row: int
    values: Mapping[str, Any]

    def get(self, key: str) -> Any:
        """A value of its row; UNREAD where it is wrong."""
        return self.values.get(key, UNREAD)


@dataclass(frozen=True, slots=True)
class Picture:
    """Programmes and activities by key, as they will be once the file is in; None where nobody knows them."""

    programmes: dict[str, Named] | None
    activities: dict[str, Named] | None
    spoiled: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def known(self, table: str) -> Known | None:
        """The keys of a table to which others refer."""
        named = self.programmes if table == PROGRAMMES.key else self.activities
        if named is None:
            return None
        what, sheet = ("el programa", PROGRAMMES.sheet) if table == PROGRAMMES.key else ("la actividad", ACTIVITIES.sheet)
        return Known(named, what, sheet, self.spoiled.get(table, frozenset()))


def picture(reads: Reads, before: AnnualFile | None) -> Picture:
    """`before`: what was there already, for the tables that did not come."""
    spoiled = {key: frozenset(read.spoiled.get("key", ())) for key, read in reads.items()}
    return Picture(
        programmes=_named(reads.get(PROGRAMMES.key), before.programmes if before else None),
        activities=_named(reads.get(ACTIVITIES.key), before.activities if before else None),
        spoiled=spoiled,
    )


def _named(read: Read | None, before: tuple[Any, ...] | None) -> dict[str, Named] | None:
    if read is None:
        if before is None:
            return None
        return {row.key: Named(0, {name: getattr(row, name) for name in row.__slots__}) for row in before}
    columns = [column.key for column in read.table.columns]
    at = read.table.places["key"]
    return {
        values[at]: Named(row, dict(zip(columns, values, strict=True)))
        for row, values in reversed(read.rows)
        if isinstance(values[at], str)
    }
