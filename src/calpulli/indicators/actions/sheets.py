"""The road of a sheet: proposed, decided by another person, perhaps retired. What it says is never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.commons.registries.measures import MEASURES
from calpulli.people.doors import Role

from .. import policies
from ..checking import Known, problems_of
from ..inputs import DecideSheets, ProposeSheets, RetireSheet, SheetDraft
from ..models import Sheet
from ..models.sheets import RETIRE, State
from ..queries.sheets import sheets_in_force
from .answers import require_answer


@act("indicators.sheets_proposed", policy=policies.propose_sheets)
def propose_sheets(work: Work, command: ProposeSheets) -> list[Sheet]:
    """New sheets, or new versions of those there are. Refused with everything that is wrong with any of them."""
    work.hold_chain()
    problems = problems_of(command.drafts, Known(sheets_in_force()))
    problems += [problem for draft in command.drafts for problem in _out_of_place(draft, work)]
    last = {row.key: row for row in Sheet.objects.filter(key__in=[one.key for one in command.drafts]).order_by("key", "version")}
    problems += [problem for draft in command.drafts if (row := last.get(draft.key)) for problem in _beside(draft, row)]
    if problems:
        raise Refused(*problems)
    rows = [work.add(_row(draft, last.get(draft.key), work)) for draft in command.drafts]
    work.details.update(keys=sorted(row.key for row in rows))
    return rows


def _out_of_place(draft: SheetDraft, work: Work) -> Iterable[Problem]:
    if not work.by.may(Role.AUTHOR, draft.area):
        yield Problem("area", f"Usted no captura para el área «{draft.area}»: propóngalo desde la que responde del indicador.")


def _beside(draft: SheetDraft, row: Sheet) -> Iterable[Problem]:
    yield from _waits(row)
    if not draft.reason.strip():
        yield Problem("reason", f"«{draft.key}» ya tiene la versión {row.version}: diga por qué se cambia.")


def _waits(row: Sheet) -> Iterable[Problem]:
    if row.state == State.PROPOSED:
        yield Problem("key", f"«{row.key}» ya tiene una versión que espera decisión: espere a que se decida.")


def _row(draft: SheetDraft, before: Sheet | None, work: Work) -> Sheet:
    version = before.version + 1 if before else 1
    told = asdict(draft) | {"variables": {name: _with_unit(one) for name, one in draft.variables.items()}}
    return Sheet(**told, version=version, proposed_on=clock.today(), author_id=work.by.account)


def _with_unit(told: Mapping[str, Any]) -> dict[str, Any]:
    """A binding to a measure with the measure's unit: the sheet still says it when nobody offers the measure any more."""
    measure = MEASURES.get(str(told.get("measure", "")))
    return {**told, "unit": measure.unit} if measure else dict(told)


@act("indicators.sheets_approved", policy=policies.approve_sheets)
def approve_sheets(work: Work, command: DecideSheets) -> list[Sheet]:
    """They hold from now on, each in the place of its earlier version. By another person than who proposed them."""
    rows = _waiting(work, command)
    again = problems_of([_draft(row) for row in rows if not row.asks], Known(sheets_in_force()))
    again += [problem for row in rows if row.asks == RETIRE for problem in _read_by_others(row.key)]
    if again:
        raise Refused(*again)
    return _decide(work, rows, State.APPROVED, "")


@act("indicators.sheets_refused", policy=policies.refuse_sheets)
def refuse_sheets(work: Work, command: DecideSheets) -> list[Sheet]:
    """They stay as they were proposed, with the reason why they do not hold."""
    require_answer(command.answer, "Diga por qué no se aprueba: quien la propuso lo necesita para corregirla.")
    return _decide(work, _waiting(work, command), State.REFUSED, command.answer.strip())


@act("indicators.retirement_proposed", policy=policies.propose_retirement)
def propose_retirement(work: Work, command: RetireSheet) -> Sheet:
    """That an indicator be computed no more: a version that says nothing else, and that another person decides as any other."""
    work.hold_chain()
    row = Sheet.objects.filter(key=command.key).order_by("-version").first()
    if row is None or command.key not in sheets_in_force():
        raise Refused(Problem("key", f"No hay un indicador «{command.key}» en vigor."))
    require_answer(command.reason, "Diga por qué se retira el indicador.", "reason")
    if problems := [*_read_by_others(row.key), *_out_of_place(_draft(row), work), *_waits(row)]:
        raise Refused(*problems)
    draft = replace(_draft(sheets_in_force()[command.key].row), reason=command.reason.strip())
    asked = _row(draft, row, work)
    asked.asks = RETIRE
    work.details.update(keys=[row.key])
    return work.add(asked)


def _read_by_others(key: str) -> Iterable[Problem]:
    readers = sorted(other for other, sheet in sheets_in_force().items() if key in sheet.reads)
    if readers:
        yield Problem("key", f"Lo leen otros indicadores: {', '.join(readers)}. Retírelos o cámbielos antes.")


def _waiting(work: Work, command: DecideSheets) -> list[Sheet]:
    work.hold_chain()
    rows = list(Sheet.objects.select_for_update().filter(pk__in=command.ids).order_by("key", "version"))
    problems = [Problem(None, f"«{row}» ya se decidió: vea su página.") for row in rows if row.state != State.PROPOSED]
    own = [row for row in rows if str(row.author_id) == work.by.account]
    problems += [Problem(None, f"Usted propuso «{row}»: la decide otra persona.") for row in own]
    if problems or not rows:
        raise Refused(*(problems or [Problem(None, "No hay ninguna ficha que decidir: elija una de la lista.")]))
    _require_scope(work, rows)
    return rows


def _require_scope(work: Work, rows: Iterable[Sheet]) -> None:
    outside = sorted({row.area for row in rows if not work.by.may(Role.REVIEWER, row.area)})
    if outside:
        raise Refused(Problem("area", f"Usted no revisa lo de {', '.join(outside)}: lo decide quien revisa ahí."))


def _decide(work: Work, rows: list[Sheet], state: State, answer: str) -> list[Sheet]:
    for row in rows:
        held = State.RETIRED if state is State.APPROVED and row.asks == RETIRE else state
        row.state, row.answer, row.decided_on, row.reviewer_id = held, answer, clock.today(), work.by.account
        work.save(row)
    work.details.update(keys=[row.key for row in rows])
    return rows


def _draft(row: Sheet) -> SheetDraft:
    return SheetDraft(**{name: getattr(row, name) for name in SheetDraft.__dataclass_fields__})
