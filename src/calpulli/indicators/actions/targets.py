"""What the institute sets for an indicator in a period: proposed with its source, decided by another person."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.people.doors import Role
from calpulli_core.formats.plain_text import text_fault
from calpulli_core.indicators.moments import Moment

from .. import policies
from ..checking import is_value
from ..inputs import DecideTargets, ProposeTargets, TargetDraft
from ..models import Target
from ..models.sheets import State
from ..queries.sheets import area_of_target, sheets_in_force
from ..queries.timing import span_of
from .answers import require_answer

LONGEST = {"source": 300, "reason": 2_000}
ENDED = "El periodo {period} ya terminó: su meta no se fija ni se cambia cuando ya se puede saber en qué quedó."


@act("indicators.targets_proposed", policy=policies.propose_targets)
def propose_targets(work: Work, command: ProposeTargets) -> list[Target]:
    """Targets, or adjustments of those there are."""
    work.hold_chain()
    problems = [problem for draft in command.drafts for problem in _problems(draft, work)]
    if problems:
        raise Refused(*problems)
    rows = [work.add(_row(draft, work)) for draft in command.drafts]
    work.details.update(keys=sorted({row.indicator for row in rows}))
    return rows


def _problems(draft: TargetDraft, work: Work) -> Iterator[Problem]:
    sheet = sheets_in_force().get(draft.indicator)
    if sheet is None:
        yield Problem("indicator", f"No hay un indicador «{draft.indicator}» en vigor: apruebe antes su ficha.")
        return
    if not work.by.may(Role.AUTHOR, sheet.row.area):
        yield Problem("indicator", f"Usted no captura para el área «{sheet.row.area}», que responde del indicador.")
    try:
        moment = Moment.parse(draft.period)
        if moment.grain is not sheet.grain:
            how = sheet.row.get_frequency_display().lower()
            yield Problem("period", f"«{sheet.row.name}» se calcula con frecuencia {how}; «{draft.period}» es de otra.")
        elif has_ended(moment):
            yield Problem("period", ENDED.format(period=draft.period))
    except ValueError as error:
        yield Problem("period", str(error))
    if not is_value(draft.value):
        yield Problem("value", f"La meta «{draft.value}» no es un número: escriba 90 o 72.5, sin comas ni signos.")
    if not draft.source.strip():
        yield Problem("source", "Diga de dónde sale la meta: el acuerdo o documento que la fija.")
    yield from _texts(draft)
    yield from _beside(draft)


def _texts(draft: TargetDraft) -> Iterator[Problem]:
    for field, most in LONGEST.items():
        told = getattr(draft, field).strip()
        if len(told) > most:
            yield Problem(field, f"Aquí caben {most} letras y hay {len(told)}: acórtelo.")
        elif told and (fault := text_fault(told.replace("\r\n", "\n"), breaks=field == "reason")):
            yield Problem(field, fault)


def has_ended(moment: Moment) -> bool:
    """Whether its last day is behind us: what came of it may be known already."""
    return span_of(moment)[1] < clock.today()


def _beside(draft: TargetDraft) -> Iterator[Problem]:
    earlier = Target.objects.filter(indicator=draft.indicator, period=draft.period)
    if earlier.filter(state=State.PROPOSED).exists():
        yield Problem("period", f"La meta de {draft.period} ya tiene una propuesta que espera decisión.")
    if earlier.filter(state=State.APPROVED).exists() and not draft.reason.strip():
        yield Problem("reason", f"{draft.period} ya tiene meta: diga por qué se ajusta.")


def _row(draft: TargetDraft, work: Work) -> Target:
    version = 1 + Target.objects.filter(indicator=draft.indicator, period=draft.period).count()
    return Target(
        indicator=draft.indicator, period=draft.period, version=version, value=draft.value, source=draft.source.strip(),
        reason=draft.reason.strip(), proposed_on=clock.today(), author_id=work.by.account,
    )  # fmt: skip


@act("indicators.targets_approved", policy=policies.approve_targets)
def approve_targets(work: Work, command: DecideTargets) -> list[Target]:
    """They hold from now on. By another person than who proposed them."""
    return _decide(work, command, State.APPROVED, "")


@act("indicators.targets_refused", policy=policies.refuse_targets)
def refuse_targets(work: Work, command: DecideTargets) -> list[Target]:
    """They do not hold, for a reason."""
    require_answer(command.answer, "Diga por qué no se aprueba la meta.")
    return _decide(work, command, State.REFUSED, command.answer.strip())


def _decide(work: Work, command: DecideTargets, state: State, answer: str) -> list[Target]:
    work.hold_chain()
    rows = list(Target.objects.select_for_update().filter(pk__in=command.ids).order_by("indicator", "period"))
    problems = [problem for row in rows for problem in _undecidable(row, state, work)]
    if problems or not rows:
        raise Refused(*(problems or [Problem(None, "No hay ninguna meta que decidir: elija una de la lista.")]))
    for row in rows:
        row.state, row.answer, row.decided_on, row.reviewer_id = state, answer, clock.today(), work.by.account
        work.save(row)
    work.details.update(keys=sorted({row.indicator for row in rows}))
    return rows


def _undecidable(row: Target, state: State, work: Work) -> Iterator[Problem]:
    area = area_of_target(row)
    if row.state != State.PROPOSED:
        yield Problem(None, f"La meta de {row.indicator} en {row.period} ya se decidió.")
    elif state is State.APPROVED and row.indicator not in sheets_in_force():
        yield Problem(None, f"«{row.indicator}» se retiró y ya no se le fija meta: no la apruebe, y diga por qué.")
    elif state is State.APPROVED and has_ended(Moment.parse(row.period)):
        yield Problem(None, ENDED.format(period=row.period))
    if str(row.author_id) == work.by.account:
        yield Problem(None, f"Usted propuso la meta de {row.indicator} en {row.period}: la decide otra persona.")
    if not work.by.may(Role.REVIEWER, area):
        yield Problem(None, f"Usted no revisa lo del área «{area}».")
