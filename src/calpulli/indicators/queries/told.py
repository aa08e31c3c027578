"""What was told of people, as pages and data sets show it: editions whole, and nothing else of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from calpulli.commons.registries.people_tables import PEOPLE_TABLES, PeopleTable
from calpulli.ledger.doors import remembered

from ..models import Telling, ToldCell
from .tellings import ALL, NOWHERE, Place

# As files and data sets write what has no key of its own: a cell that names something is not empty, and begins no formula.
NAMED = {ALL: "todos", NOWHERE: "sin-lugar"}


@dataclass(frozen=True)
class EditionCard:
    """An edition: when it was told, under which floor, and how many quarters of the year it covers."""

    id: int
    table: str
    year: int
    number: int
    floor: int
    quarters: int
    told_at: dt.datetime


@dataclass(frozen=True)
class ToldTable:
    """An edition with what is public of its cells; None: kept back."""

    table: PeopleTable
    edition: EditionCard
    cells: Mapping[Place, int | None]

    @property
    def periods(self) -> list[str]:
        """Its quarters in order, and the year where it is told."""
        return sorted({period for period, _, _ in self.cells}, key=lambda code: (len(code) == len("2026"), code))

    @property
    def places(self) -> list[str]:
        """All of them together, each in its order, and nowhere in particular at the end."""
        known = [*self.table.place.values()]
        found = {place for _, place, _ in self.cells} - {ALL, NOWHERE}
        return [ALL, *sorted(found, key=lambda key: (known.index(key) if key in known else len(known), key)), NOWHERE]

    @property
    def categories(self) -> list[str]:
        """Everybody, and each."""
        return [ALL, *(key for key, _ in self.table.categories)]


def key_told(key: str) -> str:
    """A place or a category as files and data sets write it, so that their rows join."""
    return NAMED.get(key, key)


@remembered("indicators")
def editions_told() -> tuple[EditionCard, ...]:
    """Every edition of every table that there is, the newest first."""
    found = Telling.objects.filter(table__in=[one.key for one in PEOPLE_TABLES]).order_by("table", "-year", "-number")
    return tuple(EditionCard(one.pk, one.table, one.year, one.number, one.floor, one.quarters, one.told_at) for one in found)


@remembered("indicators")
def cells_of(edition_id: int) -> Mapping[Place, int | None]:
    """What is public of the cells of an edition."""
    rows = ToldCell.objects.filter(batch_id=edition_id).order_by("position").values_list("period", "place", "category", "told")
    return {(period, place, category): told for period, place, category, told in rows}


def told_table(key: str, year: int, number: int | None = None) -> ToldTable | None:
    """An edition of a table for a year: that one, or the last; None where it was not told."""
    table = PEOPLE_TABLES.get(key)
    found = (one for one in editions_told() if (one.table, one.year) == (key, year) and number in (None, one.number))
    edition = next(found, None)
    return ToldTable(table, edition, cells_of(edition.id)) if table and edition else None
