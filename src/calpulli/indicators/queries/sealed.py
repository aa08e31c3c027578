"""What was sealed of indicators: the value that a bundle carries, beside what the same formula comes to today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from calpulli.commons import files
from calpulli.ledger.doors import remembered
from calpulli.planning.doors import SealedCard, sealed_editions
from calpulli_core.board.layout import INDICATORS, MEASURES
from calpulli_core.indicators.computing import written
from calpulli_core.indicators.moments import Moment

from .computing import Result
from .sheets import SheetView
from .timing import span_of

UNREADABLE = "unreadable"  # a reason of ours, and of no bundle: its file is not here any more, or is another
Place = tuple[str, tuple[tuple[str, str], ...], str]


@dataclass(frozen=True)
class SealedValue:
    """What a published edition says of an indicator in a period, and why today's computation is another."""

    edition: SealedCard
    version: int  # of the sheet
    value: str  # as docs/spec/formulas.md, section 9, writes it; empty: `reason`
    reason: str
    differs: bool
    changed: tuple[tuple[str, str, str], ...] | None  # what was read and is another now: name, then, today; None: unreadable

    @property
    def number(self) -> Fraction | None:
        """The value, if there is one."""
        return Fraction(self.value) if self.value else None

    @property
    def is_readable(self) -> bool:
        """Whether its file is here and is the one that was sealed."""
        return self.reason != UNREADABLE

    @property
    def in_file(self) -> tuple[str, str]:
        """For a table: the value, empty where none was sealed and a word where it cannot be read; and its edition."""
        return self.value if self.is_readable else "ilegible", f"{self.edition.period}/{self.edition.number}"


def sealed_value(result: Result, editions: Sequence[SealedCard] | None = None) -> SealedValue | None:
    """What the newest published edition says of the same indicator and period, beside today's; None where none does."""
    found = sealed_of(result.sheet, result.moment, editions)
    now = written(result.value) if result.value is not None else ""
    if found is None or not found.is_readable or found.value == now:
        return found
    return replace(found, differs=True, changed=_changed(found.edition, result))


def sealed_of(sheet: SheetView, moment: Moment, editions: Sequence[SealedCard] | None = None) -> SealedValue | None:
    """The same with nothing beside it: also of an indicator that is computed no more."""
    for edition in editions_of(sheet.row.plan_key) if editions is None else editions:
        if not (edition.is_published and _holds(edition, moment)):
            continue
        try:
            line = _lines(edition.files.get(INDICATORS, "")).get(sheet.key)
        except files.FileDamaged:
            return SealedValue(edition, sheet.version, "", UNREADABLE, differs=False, changed=())
        told = next((one for one in line["values"] if one["period"] == str(moment)), None) if line else None
        if line and told:
            value, reason = told["value"] or "", told["reason"] or ""
            return SealedValue(edition, line["version"], value, reason, differs=False, changed=())
    return None


def _changed(edition: SealedCard, result: Result) -> tuple[tuple[str, str, str], ...] | None:
    try:
        cells = _cells(edition.files.get(MEASURES, ""))
    except files.FileDamaged:
        return None
    found = []
    for one in result.inputs:
        place = (one.binding.measure, one.binding.where, str(one.moment))
        now = "" if one.value is None else written(one.value)
        if place in cells and cells[place] != now:
            found.append((one.name, cells[place], now))
    return tuple(found)


def _holds(edition: SealedCard, moment: Moment) -> bool:
    first, last = span_of(moment)
    return edition.period.starts_on <= first and last <= edition.period.ends_on


@remembered("planning")
def editions_of(plan_key: str) -> tuple[SealedCard, ...]:
    """Those that are sealed of a plan, the newest first; a quarter before its year, since that is nearest to it."""
    return tuple(sorted(sealed_editions(plan_key), key=lambda one: (one.period.quarter is None, -one.number)))


@lru_cache(maxsize=64)
def _lines(digest: str) -> Mapping[str, Mapping[str, Any]]:
    """The sheets of a bundle by key; under the same hash they cannot be others."""
    return {line["key"]: line for line in _told_in(digest)}


@lru_cache(maxsize=64)
def _cells(digest: str) -> Mapping[Place, str]:
    return {(one["measure"], tuple(sorted(one["where"].items())), one["period"]): one["value"] or "" for one in _told_in(digest)}


def _told_in(digest: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in files.read(digest).splitlines() if line) if digest else iter(())
