"""Adecuaciones: proposed by one person, decided by another; approved, they become entries."""

from __future__ import annotations

from django.utils.translation import gettext as _

from calpulli.commons.act import Forbidden, Problem, Refused, Work, act
from calpulli.people.doors import Role

from .. import policies, queries
from ..inputs import DecideAdecuacion, EntryRow, Movement, ProposeAdecuacion
from ..models import Adecuacion, BudgetBatch
from .entering import pour, the_programme

State = Adecuacion.State


@act("budget.adecuacion_proposed", policy=policies.propose_adecuacion)
def propose_adecuacion(work: Work, command: ProposeAdecuacion) -> Adecuacion:
    """Movements that wait for another person. Refused where they do not balance, or take what is committed."""
    work.hold_chain()
    programme = the_programme(command.plan_key, command.year)
    _refuse_stranger(work, Role.AUTHOR, programme.scope)
    problems = [*_faults(programme, command), *_overdrawn(command.year, command.movements)]
    if queries.known_documents(command.plan_key, command.year, [command.document]):
        problems.append(Problem("document", _("Ya hay una adecuación con ese documento. Escriba el suyo.")))
    if problems:
        raise Refused(*problems)
    work.details.update(plan=command.plan_key, year=command.year, document=command.document)
    return work.add(
        Adecuacion(
            plan_key=command.plan_key,
            year=command.year,
            document=command.document,
            reason=command.reason,
            movements=[list(one) for one in command.movements],
            proposed_at=work.at,
            author_id=work.by.account,
        )
    )


def _refuse_stranger(work: Work, role: Role, scope: str | None) -> None:
    if not policies.answers_for(work.by, role, scope):
        raise Forbidden(f"{work.by.ref} does not answer for the plan")


def entries_of(year: int, document: str, movements: tuple[Movement, ...], moment: str = "change") -> list[EntryRow]:
    """What the movements are, once they are approved."""
    return [
        EntryRow(year, one.area, one.programme, one.activity, one.source, one.partida, one.month, moment, one.cents, document)
        for one in movements
    ]


def _faults(programme: queries.YearProgramme, command: ProposeAdecuacion) -> list[Problem]:
    rows = entries_of(command.year, command.document, command.movements)
    found = queries.Checked(programme, queries.classifier()).defects(rows, [])
    problems = [Problem(None, str(one)) for one in found]
    if len(rows) < 2:
        problems.append(Problem(None, _("Una adecuación tiene al menos dos movimientos: de dónde sale y a dónde va.")))
    return [*problems, *_unapproved(programme)]


def _unapproved(programme: queries.YearProgramme) -> list[Problem]:
    if programme.is_approved:
        return []
    return [Problem(None, _("El programa anual %(year)s no está aprobado.") % {"year": programme.year})]


def _overdrawn(year: int, movements: tuple[Movement, ...]) -> list[Problem]:
    remedy = _("Quite menos, o tome el dinero de otra bolsa.")
    return [Problem(None, f"{told} {remedy}") for told in queries.overdrawn(year, movements)]


@act("budget.adecuacion_approved", policy=policies.approve_adecuacion)
def approve_adecuacion(work: Work, command: DecideAdecuacion) -> Adecuacion:
    """The movements become entries, all of them."""
    row, programme = _decided(work, command)
    movements = queries.movements_of(row)
    problems = [*_unapproved(programme), *_overdrawn(row.year, movements)]
    if problems:
        raise Refused(*problems)
    batch = BudgetBatch(plan_key=row.plan_key, year=row.year, kind=_kind(row), document=row.document, reason=row.reason)
    batch.invented = bool(programme.invented)
    row.batch = pour(work, batch, entries_of(row.year, row.document, movements, row.moment))
    row.state = State.APPROVED
    return work.save(row)


def _kind(row: Adecuacion) -> BudgetBatch.Kind:
    return BudgetBatch.Kind.APPROVED if row.moment == Adecuacion.Moment.APPROVED else BudgetBatch.Kind.ADECUACION


@act("budget.adecuacion_refused", policy=policies.refuse_adecuacion)
def refuse_adecuacion(work: Work, command: DecideAdecuacion) -> Adecuacion:
    """It changes nothing, and says why."""
    row, _programme = _decided(work, command)
    if not command.answer.strip():
        raise Refused(Problem("answer", _("Diga por qué no se aprueba: lo leerá quien la propuso y será público.")))
    row.state, row.answer = State.REFUSED, command.answer.strip()
    work.details.update(plan=row.plan_key, year=row.year, document=row.document, kind=str(_kind(row)))
    return work.save(row)


def _decided(work: Work, command: DecideAdecuacion) -> tuple[Adecuacion, queries.YearProgramme]:
    """The proposal, locked, with who decides it and when; Refused for its author, or if it was decided already."""
    work.hold_chain()
    row = work.lock(Adecuacion, pk=command.adecuacion_id)
    programme = the_programme(row.plan_key, row.year)
    _refuse_stranger(work, Role.REVIEWER, programme.scope)
    if row.state != State.PROPOSED:
        raise Refused(Problem(None, _("Esta adecuación ya se decidió. Vuelva a su mesa.")))
    if str(row.author_id) == work.by.account:
        raise Refused(Problem(None, _("Usted la propuso: la decide otra persona.")))
    row.reviewer_id, row.decided_at = work.by.account, work.at
    return row, programme
