"""The vision cut into its clauses, each with what would be evidence of it and what there is."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.urls import reverse

from calpulli.commons.registries.evidence import EVIDENCE, Evidence
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme import Programme

from .declared import Declared, Table, declared, numbers_of
from .programmes import LineView, PlanView

FILE = "vision.toml"
logger = logging.getLogger("calpulli.planning")


@dataclass(frozen=True)
class Clause:
    """A piece of the vision as the file cuts it: names of evidence, numbers of lines."""

    text: str
    criterion: str
    wanted: str
    evidence: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """The whole cut, and when it was proposed."""

    proposed_on: dt.date
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Finding:
    """What a piece of evidence says today; `value` is None when there is nothing to count."""

    words: str
    how: str
    value: str | None
    url: str


@dataclass(frozen=True)
class ClauseView:
    """A clause as its page shows it."""

    text: str
    criterion: str
    wanted: str
    findings: tuple[Finding, ...]
    lines: tuple[LineView, ...]

    @property
    def has_evidence(self) -> bool:
        """Whether at least one piece could be counted."""
        return any(one.value is not None for one in self.findings)


@dataclass(frozen=True)
class Trial:
    """A plan's vision on trial."""

    proposed_on: dt.date
    clauses: tuple[ClauseView, ...]

    @property
    def with_evidence(self) -> int:
        """How many clauses have some."""
        return sum(one.has_evidence for one in self.clauses)


def read_cut(institute: str, programme: Programme) -> Cut | None:
    """The cut that an institute's folder carries; None without one. RecordErrors with every defect, its line named."""
    found = declared(institute, FILE, "clause")
    if found is None:
        return None
    lines = numbers_of(programme)
    clauses = tuple(_clause(table, lines) for table in found.tables)
    _must_be_whole(found, clauses, programme.vision)
    found.findings.refuse_if_any()
    return Cut(found.proposed_on, clauses)


def _clause(table: Table, lines: dict[str, str]) -> Clause:
    table.only("text", "criterion", "wanted", "evidence", "lines")
    return Clause(
        table.text("text"),
        table.text("criterion"),
        table.text("wanted"),
        table.names("evidence", {piece.key: piece for piece in EVIDENCE}, "evidencia"),
        table.names("lines", lines, "línea"),
    )


def _must_be_whole(found: Declared, clauses: tuple[Clause, ...], vision: str) -> None:
    """Each clause where the last one ended; tells the first that is not."""
    place = 0
    for table, clause in zip(found.tables, clauses, strict=True):
        if not vision.startswith(clause.text, place):
            rule = f"El programa sigue así: «{vision[place : place + 60]}»."
            table.refuse("text", clause.text, rule, "Copie la visión letra por letra, con sus espacios.")
            return
        place += len(clause.text)
    if vision[place:]:
        found.findings.add("clause", vision[place:], "Esta parte de la visión no está en ninguna cláusula.", "Agréguela.")


def trial_of(plan: PlanView) -> Trial | None:
    """The vision of a plan on trial; None when its institute's folder carries no cut of this very text.

    Evidence is of the institute that this site serves: of another's plan, or of one no longer in force, there is none.
    """
    if plan.brought:
        return None
    try:
        cut = read_cut(plan.institute, plan.programme)
    except RecordErrors as errors:
        logger.error("%s", errors)
        return None
    if cut is None:
        return None
    return Trial(cut.proposed_on, tuple(_view(plan, clause) for clause in cut.clauses))


def _view(plan: PlanView, clause: Clause) -> ClauseView:
    lines = tuple(line for line in map(plan.line, clause.lines) if line)
    return ClauseView(clause.text.strip(), clause.criterion, clause.wanted, findings(plan, clause.evidence), lines)


def findings(plan: PlanView, keys: tuple[str, ...]) -> tuple[Finding, ...]:
    """What those pieces say now, of the plan in force; nothing of any other plan."""
    pieces = [piece for piece in map(EVIDENCE.get, keys) if piece] if plan.in_force else []
    return tuple(_finding(piece) for piece in pieces)


def _finding(piece: Evidence) -> Finding:
    return Finding(str(piece.words), str(piece.how), piece.value(), reverse(piece.address))
