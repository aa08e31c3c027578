"""Sheets and targets as the rest of the package reads them: parsed once, frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from calpulli.ledger.doors import remembered
from calpulli_core.indicators.moments import Grain, Moment
from calpulli_core.indicators.parsing import parse
from calpulli_core.indicators.tree import Formula

from ..models import Sheet, Target
from ..models.sheets import State

HELD = (State.APPROVED, State.RETIRED)


@dataclass(frozen=True)
class Binding:
    """What a name of a formula stands for: the cell of a measure, another indicator, or the indicator's own target.

    `awaits`: what nobody counts yet, in words, in the unit `unit`; it has no value until a new version binds it to a measure.
    """

    measure: str = ""
    where: tuple[tuple[str, str], ...] = ()
    indicator: str = ""
    awaits: str = ""
    unit: str = ""

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Binding:
        """As sheets keep it."""
        where = told.get("where")
        pairs = where.items() if isinstance(where, dict) else ()
        named = {name: str(told.get(name, "")) for name in ("measure", "indicator", "awaits", "unit")}
        return cls(where=tuple(sorted((str(key), str(value)) for key, value in pairs)), **named)

    @property
    def is_target(self) -> bool:
        """Whether it is the target of the indicator itself."""
        return not (self.measure or self.indicator or self.awaits)


@dataclass(frozen=True)
class SheetView:
    """A version of a sheet, with its formula read and its names bound."""

    row: Sheet

    @property
    def key(self) -> str:
        """The key of the indicator."""
        return self.row.key

    @property
    def version(self) -> int:
        """Its number, from 1."""
        return self.row.version

    @cached_property
    def formula(self) -> Formula:
        """The formula; that of a sheet that was proposed is one."""
        return parsed(self.row.formula)

    @cached_property
    def bindings(self) -> Mapping[str, Binding]:
        """What each name stands for, in the order of the formula."""
        return {name: Binding.of(self.row.variables[name]) for name in self.formula.names}

    @cached_property
    def cells(self) -> dict[Moment, Any]:
        """The cells that it reads in a period, where somebody asked (`computing`)."""
        return {}

    @cached_property
    def computed(self) -> dict[Moment, Any]:
        """What its cells held and what came out, the last time that somebody asked (`computing`)."""
        return {}

    @property
    def grain(self) -> Grain:
        """The kind of period that it is computed for."""
        return Grain[self.row.frequency]

    @property
    def is_percentage(self) -> bool:
        """Whether it is shown as a percentage."""
        return self.row.unit.strip() == "%"

    @property
    def reads(self) -> tuple[str, ...]:
        """The other indicators that it reads."""
        return tuple(binding.indicator for binding in self.bindings.values() if binding.indicator)


@lru_cache(maxsize=4096)
def parsed(text: str) -> Formula:
    """A formula's text, read once."""
    return parse(text)


@dataclass(frozen=True)
class TargetView:
    """What was set for a period: as programmed first, and as it holds now; with its source.

    `version` counts also those that were refused; `approved`, only those that ever held.
    """

    period: str
    programmed: Fraction
    value: Fraction
    source: str
    version: int
    approved: int

    @property
    def is_adjusted(self) -> bool:
        """Whether it was changed after it was first approved."""
        return self.approved > 1


@remembered("indicators")
def sheets_in_force() -> Mapping[str, SheetView]:
    """The approved sheet of the highest version of each indicator, by key; of a retired one, none."""
    last: dict[str, Sheet] = {}
    for row in Sheet.objects.filter(state__in=HELD).order_by("key", "version"):
        last[row.key] = row
    return {key: SheetView(row) for key, row in last.items() if row.state == State.APPROVED}


@remembered("indicators")
def retired_sheets() -> Mapping[str, Sheet]:
    """Of each indicator that is computed no more, the version that retired it, by key."""
    held = Sheet.objects.filter(state__in=HELD).order_by("key", "version")
    last = {row.key: row for row in held}
    return {key: row for key, row in last.items() if row.state == State.RETIRED}


def last_held(key: str) -> Sheet | None:
    """The version in force of an indicator or, of a retired one, that which retired it; None while none ever held."""
    sheet = sheets_in_force().get(key)
    return sheet.row if sheet else retired_sheets().get(key)


def areas_of(row: Sheet) -> frozenset[str]:
    """Whose a version is: of the area that it names, and of the one that answers for the indicator until it is approved."""
    held = last_held(row.key)
    return frozenset({row.area, held.area} if held else {row.area})


def area_of_target(row: Target) -> str:
    """The area that answers for its indicator, or did until it was retired."""
    held = last_held(row.indicator)
    return held.area if held else ""


@remembered("indicators")
def targets_in_force() -> Mapping[tuple[str, str], TargetView]:
    """What holds for each indicator and period."""
    found: dict[tuple[str, str], TargetView] = {}
    for row in Target.objects.filter(state=State.APPROVED).order_by("indicator", "period", "version"):
        place, value = (row.indicator, row.period), Fraction(row.value)
        before = found.get(place)
        programmed, approved = (before.programmed, before.approved + 1) if before else (value, 1)
        found[place] = TargetView(row.period, programmed, value, row.source, row.version, approved)
    return found


@remembered("indicators")
def sheets_digest() -> str:
    """The hash of what holds: sheets by key and version, targets by place and version."""
    told = [
        sorted([key, sheet.version] for key, sheet in sheets_in_force().items()),
        sorted([*place, target.version] for place, target in targets_in_force().items()),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def target_of(key: str, moment: Moment) -> TargetView | None:
    """What was set for that indicator in that period."""
    return targets_in_force().get((key, str(moment)))


def targets_told(key: str, moment: Moment) -> list[Target]:
    """What was approved for an indicator in a period, first what was programmed and then each adjustment."""
    return list(Target.objects.filter(indicator=key, period=str(moment), state=State.APPROVED).order_by("version"))


def versions_of(key: str) -> list[Sheet]:
    """Every version of a sheet, the newest first."""
    return list(Sheet.objects.filter(key=key).order_by("-version"))
