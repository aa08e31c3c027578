"""The scenario of a cut over a year's budget (docs/spec/budget.md, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calpulli_core.budget import Cut, Free, cut, units_at_risk

from .lines import share_cents
from .programme import YearActivity, YearProgramme
from .sums import Purse

EVERYTHING = "todo"


@dataclass(frozen=True)
class Suffers:
    """What an activity would lose: cents of what it had free, and thousandths of its unit."""

    activity: YearActivity
    free: int
    cents: int
    units: int


@dataclass(frozen=True)
class Scenario:
    """A cut with what it would touch."""

    cut: Cut
    activities: tuple[Suffers, ...]
    lines: dict[str, int]


def scenario(programme: YearProgramme, purses: Iterable[Purse], where: str, hundredths: int) -> Scenario:
    """The cut of the purses that `where` chooses: all, or `capitulo:2000`, `area:KEY`, `fuente:KEY`."""
    found = cut(_free([one for one in purses if _is_in(one, where)]), hundredths)
    suffers = [_suffers(programme, one, cents) for one, cents in found.parts if cents]
    told = tuple(sorted((one for one in suffers if one), key=lambda one: (-one.cents, one.activity.key)))
    return Scenario(found, told, _lines(programme, told))


def _is_in(purse: Purse, where: str) -> bool:
    kind, _colon, key = where.partition(":")
    told = {EVERYTHING: "", "capitulo": purse.chapter, "area": purse.area, "fuente": purse.source}
    return told.get(kind) == key


def _free(purses: list[Purse]) -> list[Free]:
    sums: dict[str, list[int]] = {}
    for one in purses:
        told = sums.setdefault(one.activity, [0, 0])
        told[0] += one.balance.modified
        told[1] += one.balance.free
    return [Free(key, *told) for key, told in sums.items()]


def _suffers(programme: YearProgramme, one: Free, cents: int) -> Suffers | None:
    activity = programme.activities.get(one.key)
    return Suffers(activity, one.free, cents, units_at_risk(activity.pending, cents, one.free)) if activity else None


def _lines(programme: YearProgramme, suffers: tuple[Suffers, ...]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in suffers:
        for line, cents in share_cents(one.activity, one.cents).items():
            sums[line] = sums.get(line, 0) + cents
    return {line.identifier: sums[line.identifier] for line in programme.lines if sums.get(line.identifier)}
