"""The road of a sheet: proposed, decided by another person, perhaps retired. What it says is never edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
from ..queries.sheets import areas_of, last_held, sheets_in_force
from .answers import require_answer


@act("indicators.sheets_proposed", policy=policies.propose_sheets)
def propose_sheets(work: Work, command: ProposeSheets) -> list[Sheet]:
    """New sheets, or new versions of those there are. Refused with everything that is wrong with any of them."""
    work.hold_chain()
    problems = problems_of(command.drafts, Known(sheets_in_force()))
    problems += [problem for draft in command.drafts for problem in _out_of_place(draft.key, draft.area, work)]
    last = {row.key: row for row in Sheet.objects.filter(key__in=[one.key for one in command.drafts]).order_by("key", "version")}
    problems += [problem for draft in command.drafts if (row := last.get(draft.key)) for problem in _beside(draft, row)]
    if problems:
        raise Refused(*problems)
    rows = [work.add(_row(draft, last.get(draft.key), work)) for draft in command.drafts]
    work.details.update(keys=sorted(row.key for row in rows))
    return rows


def _out_of_place(key: str, area: str, work: Work) -> Iterable[Problem]:
    """Whoever proposes captures for the area that is named, and for the one that answers for the indicator today."""
    if not work.by.may(Role.AUTHOR, area):
        yield Problem("area", f"Usted no captura para el área «{area}»: propóngalo desde la que responde del indicador.")
    held = last_held(key)
    if held and held.area != area and not work.by.may(Role.AUTHOR, held.area):
        yield Problem("area", f"De «{key}» responde «{held.area}», y usted no captura ahí: lo propone quien captura en las dos.")


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
    rows = _waiting(work, command, all)
    again = [Problem(None, f"«{row}» pide que se retire el indicador: apruebe el retiro.") for row in rows if row.asks]
    again += problems_of([_draft(row) for row in rows if not row.asks], Known(sheets_in_force()))
    if again:
        raise Refused(*again)
    return _decide(work, rows, State.APPROVED, "")


@act("indicators.sheet_retired", policy=policies.retire_sheets)
def retire_sheets(work: Work, command: DecideSheets) -> list[Sheet]:
    """Their indicators are computed no more, as was asked. By another person than who asked."""
    rows = _waiting(work, command, all)
    problems = [Problem(None, f"«{row}» no pide que se retire el indicador: apruebe la ficha.") for row in rows if not row.asks]
    problems += [problem for row in rows for problem in _read_by_others(row.key)]
    if problems:
        raise Refused(*problems)
    return _decide(work, rows, State.RETIRED, "")


@act("indicators.sheets_refused", policy=policies.refuse_sheets)
def refuse_sheets(work: Work, command: DecideSheets) -> list[Sheet]:
    """They stay as they were proposed, with the reason why they do not hold."""
    require_answer(command.answer, "Diga por qué no se aprueba: quien la propuso lo necesita para corregirla.")
    return _decide(work, _waiting(work, command, any), State.REFUSED, command.answer.strip())


@act("indicators.retirement_proposed", policy=policies.propose_retirement)
def propose_retirement(work: Work, command: RetireSheet) -> Sheet:
    """That an indicator be computed no more: a version that says nothing else, and that another person decides as any other."""
    work.hold_chain()
    held = sheets_in_force().get(command.key)
    if held is None:
        raise Refused(Problem("key", f"No hay un indicador «{command.key}» en vigor."))
    require_answer(command.reason, "Diga por qué se retira el indicador.", "reason")
    newest = Sheet.objects.filter(key=command.key).order_by("-version")[0]
    if problems := [*_read_by_others(held.key), *_out_of_place(held.key, held.row.area, work), *_waits(newest)]:
        raise Refused(*problems)
    asked = _row(replace(_draft(held.row), reason=command.reason.strip()), newest, work)
    asked.asks = RETIRE
    work.details.update(keys=[held.key])
    return work.add(asked)


def _read_by_others(key: str) -> Iterable[Problem]:
    readers = sorted(other for other, sheet in sheets_in_force().items() if key in sheet.reads)
    if readers:
        yield Problem("key", f"Lo leen otros indicadores: {', '.join(readers)}. Retírelos o cámbielos antes.")


def _waiting(work: Work, command: DecideSheets, enough: Callable[[Iterable[bool]], bool]) -> list[Sheet]:
    work.hold_chain()
    rows = list(Sheet.objects.select_for_update().filter(pk__in=command.ids).order_by("key", "version"))
    problems = [Problem(None, f"«{row}» ya se decidió: vea su página.") for row in rows if row.state != State.PROPOSED]
    own = [row for row in rows if str(row.author_id) == work.by.account]
    problems += [Problem(None, f"Usted propuso «{row}»: la decide otra persona.") for row in own]
    if problems or not rows:
        raise Refused(*(problems or [Problem(None, "No hay ninguna ficha que decidir: elija una de la lista.")]))
    _require_scope(work, rows, enough)
    return rows


def _require_scope(work: Work, rows: Iterable[Sheet], enough: Callable[[Iterable[bool]], bool]) -> None:
    """`enough`: whether of a version that two areas have to do with all must be reviewed by whoever decides, or any."""
    mine = {area: work.by.may(Role.REVIEWER, area) for row in rows for area in areas_of(row)}
    outside = {area for row in rows if not enough(mine[one] for one in areas_of(row)) for area in areas_of(row) if not mine[area]}
    if outside:
        raise Refused(Problem("area", f"Usted no revisa lo de {', '.join(sorted(outside))}: lo decide quien revisa ahí."))


def _decide(work: Work, rows: list[Sheet], state: State, answer: str) -> list[Sheet]:
    for row in rows:
        row.state, row.answer, row.decided_on, row.reviewer_id = state, answer, clock.today(), work.by.account
        work.save(row)
    work.details.update(keys=[row.key for row in rows])
    return rows


def _draft(row: Sheet) -> SheetDraft:
    return SheetDraft(**{name: getattr(row, name) for name in SheetDraft.__dataclass_fields__})
