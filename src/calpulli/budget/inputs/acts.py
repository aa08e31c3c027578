"""The commands of budget's acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class EntryRow(NamedTuple):
    """An entry as it will be kept, in the order of `BudgetEntry.columns` without the position."""

    year: int
    area: str
    programme: str
    activity: str
    source: str
    partida: str
    month: int
    moment: str
    cents: int
    document: str


@dataclass(frozen=True)
class ImportBudget:
    """Entries of a year, all of them or none. `places`: the row of each in its file, where they are not from 1 on."""

    plan_key: str
    year: int
    document: str
    rows: Sequence[EntryRow]
    source: bytes = b""
    places: Sequence[int] = ()
    invented: bool = False


class Movement(NamedTuple):
    """A part of an adecuación: cents added to a purse, or taken from it, in a month."""

    area: str
    programme: str
    activity: str
    source: str
    partida: str
    month: int
    cents: int


@dataclass(frozen=True)
class ProposeAdecuacion:
    """Movements that sum to zero, under a document."""

    plan_key: str
    year: int
    document: str
    reason: str
    movements: tuple[Movement, ...]


@dataclass(frozen=True)
class DecideAdecuacion:
    """The decision over a proposal; `answer` says why, when it is refused."""

    adecuacion_id: int
    answer: str = ""


@dataclass(frozen=True)
class RecordSpending:
    """One entry of the moments after the approval. `warned`: whoever records it saw that the moments get out of order."""

    plan_key: str
    row: EntryRow
    warned: bool = False
    invented: bool = False
