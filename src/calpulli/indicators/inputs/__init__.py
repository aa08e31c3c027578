"""The shapes of what comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SheetDraft:
    """A version of a sheet as somebody proposes it; fields as `models.Sheet` has them."""

    key: str
    plan_key: str
    line: str
    objective: int
    name: str
    definition: str
    formula: str
    variables: Mapping[str, Mapping[str, Any]]
    unit: str
    frequency: str
    dimension: str
    kind: str
    mark: str
    sense: str
    source: str
    area: str
    formula_words: str = ""
    bands: Mapping[str, Any] = field(default_factory=dict)
    baseline: str = ""
    baseline_source: str = ""
    verification: str = ""
    post: str = ""
    cremaa: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    awaits: str = ""
    reason: str = ""
    invented: str = ""


@dataclass(frozen=True)
class ProposeSheets:
    """Sheets that are proposed together: all of them or none."""

    drafts: tuple[SheetDraft, ...]


@dataclass(frozen=True)
class DecideSheets:
    """Proposed sheets, by their rows' keys, that are approved, or not for a reason."""

    ids: tuple[int, ...]
    answer: str = ""


@dataclass(frozen=True)
class RetireSheet:
    """An indicator that is computed no more, with the reason."""

    key: str
    reason: str


@dataclass(frozen=True)
class TargetDraft:
    """What the institute sets for an indicator in a period, with where it says so."""

    indicator: str
    period: str
    value: str
    source: str
    reason: str = ""


@dataclass(frozen=True)
class ProposeTargets:
    """Targets that are proposed together."""

    drafts: tuple[TargetDraft, ...]


@dataclass(frozen=True)
class DecideTargets:
    """Proposed targets, by their rows' keys."""

    ids: tuple[int, ...]
    answer: str = ""


@dataclass(frozen=True)
class Compute:
    """The quarters to compute (`2026-Q1`), and the plan whose indicators; empty: of all plans."""

    quarters: tuple[str, ...]
    plan_key: str = ""


@dataclass(frozen=True)
class TellPeople:
    """A table of people, by its key, and the year whose next edition is told."""

    table: str
    year: int
