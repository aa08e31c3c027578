"""What answers each item of the diagnosis, and the reverse: which items a line answers."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from dataclasses import dataclass

from calpulli.commons.registries.evidence import EVIDENCE
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme import GROUPS, Programme

from .declared import Declared, Table, declared, numbers_of
from .programmes import LineView, PlanView, SwotItemView
from .vision import Finding, findings

FILE = "answers.toml"
logger = logging.getLogger("calpulli.planning")


@dataclass(frozen=True)
class Answer:
    """What answers one item (`weaknesses.1`): numbers of lines, names of evidence, and why software is not enough."""

    item: str
    lines: tuple[str, ...]
    how: str
    evidence: tuple[str, ...]
    beyond_software: str


@dataclass(frozen=True)
class AnswerView:
    """An answer as pages show it."""

    lines: tuple[LineView, ...]
    how: str
    beyond_software: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class AnsweredItem:
    """An item that a line answers, with the group that it is of."""

    group: str
    heading: str
    item: SwotItemView


@dataclass(frozen=True)
class Answers:
    """All the answers of a plan, by identifier of the item, and when they were proposed."""

    proposed_on: dt.date
    by_item: dict[str, AnswerView]


def read_answers(institute: str, programme: Programme) -> tuple[dt.date, tuple[Answer, ...]] | None:
    """The answers that an institute's folder carries; None without them. RecordErrors with every defect, its line named."""
    found = declared(institute, FILE, "answer")
    if found is None:
        return None
    items, lines = _items(programme), numbers_of(programme)
    answers = tuple(_answer(table, items, lines) for table in found.tables)
    _must_cover(found, answers, items)
    found.findings.refuse_if_any()
    return found.proposed_on, answers


def _items(programme: Programme) -> dict[str, str]:
    return {f"{group}.{number}": text for group in GROUPS for number, text in enumerate(programme.swot.group(group), start=1)}


def _answer(table: Table, items: dict[str, str], lines: dict[str, str]) -> Answer:
    table.only("item", "lines", "how", "evidence", "beyond_software")
    item = table.text("item")
    if item and item not in items:
        table.refuse("item", item, "El diagnóstico no tiene ese punto.", f"Use uno de: {', '.join(items)}.")
    answer = Answer(
        item,
        table.names("lines", lines, "línea"),
        table.text("how"),
        table.names("evidence", {piece.key: piece for piece in EVIDENCE}, "evidencia"),
        table.text("beyond_software", required=False),
    )
    if not answer.lines and not answer.beyond_software:
        table.refuse("lines", "", "Nada responde a este punto.", "Nombre una línea o diga en beyond_software por qué no hay.")
    return answer


def _must_cover(found: Declared, answers: tuple[Answer, ...], items: dict[str, str]) -> None:
    """Every item once."""
    told = Counter(answer.item for answer in answers)
    for table, answer in zip(found.tables, answers, strict=True):
        if told[answer.item] > 1:
            table.refuse("item", answer.item, "Este punto tiene más de una respuesta.", "Júntelas en una.")
    for item in items:
        if item not in told:
            found.findings.add("answer", item, "Este punto del diagnóstico no tiene respuesta.", "Agregue una tabla [[answer]].")


def answers_of(plan: PlanView) -> Answers | None:
    """The answers of a plan; None when its institute's folder carries none that fit this programme."""
    if plan.brought:
        return None
    try:
        read = read_answers(plan.institute, plan.programme)
    except RecordErrors as errors:
        logger.error("%s", errors)
        return None
    if read is None:
        return None
    names = {f"{group.key}.{item.number}": item.identifier for group in plan.swot for item in group.items}
    return Answers(read[0], {names[answer.item]: _view(plan, answer) for answer in read[1]})


def _view(plan: PlanView, answer: Answer) -> AnswerView:
    lines = tuple(line for line in map(plan.line, answer.lines) if line)
    return AnswerView(lines, answer.how, answer.beyond_software, findings(plan, answer.evidence))


def answered_by(plan: PlanView, line: LineView) -> tuple[AnsweredItem, ...]:
    """The items that name a line among their answers, in the order of the diagnosis."""
    answers = answers_of(plan)
    return tuple(
        AnsweredItem(group.key, group.heading, item)
        for group in plan.swot
        for item in group.items
        if answers and line in answers.by_item[item.identifier].lines
    )
