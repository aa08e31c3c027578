"""What people bring in the files of the annual programme, and who takes each table of them.

The files are read once, all together; then each package that takes something of them does it by its own acts, in one
transaction: all of it or none.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from calpulli.commons.act import Actor, Problem, Refused
from calpulli.ledger.doors import Receipt
from calpulli_core.formats.annual.reading import Brought
from calpulli_core.formats.annual.rows import AnnualFile
from calpulli_core.formats.annual.tables import TABLES

from . import Registry


@dataclass(frozen=True)
class Arrival:
    """What the files say, for a plan. `before`: what there was of that year when they were read; None if there was nothing."""

    plan_key: str
    file: AnnualFile
    before: AnnualFile | None
    sources: tuple[Brought, ...]

    @property
    def original(self) -> bytes:
        """The file as it came; of several, an archive with them all: the same files, the same bytes."""
        if len(self.sources) == 1:
            return self.sources[0].content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for number, source in enumerate(sorted(self.sources, key=lambda one: (one.name, one.content)), start=1):
                archive.writestr(zipfile.ZipInfo(f"{number}-{source.name}"), source.content)
        return out.getvalue()


@dataclass(frozen=True)
class Taken:
    """What came of it, in words, each a sentence; and the fact that says so."""

    words: tuple[str, ...]
    receipt: Receipt


@dataclass(frozen=True)
class Taker:
    """Takes some tables (keys of `calpulli_core.formats.annual`), by acts; those of a lower `place` go first.

    `take` raises Forbidden, Refused, or RecordErrors with what only the institute knows to be wrong.
    """

    key: str
    place: int
    tables: frozenset[str]
    take: Callable[[Arrival, Actor], Taken]


TAKERS: Registry[Taker] = Registry("takers of the files of the annual programme")


@dataclass(frozen=True)
class Giver:
    """What a package gives back of a table that it took: the rows that would bring it again, of a plan and a year."""

    key: str  # of the table
    rows: Callable[[str, int], tuple[Any, ...]]


GIVERS: Registry[Giver] = Registry("givers of the tables of the annual programme")


def give(giver: Giver) -> Giver:
    """Registers who gives a table back."""
    return GIVERS.add(giver.key, giver)


def bring(arrival: Arrival, *, by: Actor, keep: bool) -> list[Taken]:
    """Every package takes its tables, in one transaction. Without `keep` it is a rehearsal: all is undone.

    Raises what the takers raise, and Refused when nobody takes some table.
    """
    came = {table.key for table in TABLES if getattr(arrival.file, table.key) is not None}
    takers = sorted((one for one in TAKERS if one.tables & came), key=lambda one: one.place)
    lost = came - {key for one in takers for key in one.tables}
    if lost:
        sheets = ", ".join(table.sheet for table in TABLES if table.key in lost)
        raise Refused(Problem("brought", f"Este sitio no recibe estas hojas: {sheets}. Quítelas del archivo."))
    with transaction.atomic():
        taken = [one.take(arrival, by) for one in takers]
        transaction.set_rollback(not keep)
    return taken


def take(taker: Taker) -> Taker:
    """Registers who takes some tables."""
    return TAKERS.add(taker.key, taker)
