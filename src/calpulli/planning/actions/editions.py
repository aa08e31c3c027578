"""The road of an edition: open, captured, in review, sealed; and the erratum that follows a published one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.ledger import doors as ledger
from calpulli.people.doors import Role
from calpulli_core.calendars.periods import Period as Span
from calpulli_core.formats.columns import Source, layout_of
from calpulli_core.law.rules import NoRule

from .. import policies
from ..inputs import CaptureEdition, OpenErratum, OpenPeriod, ReturnEdition, SealEdition, WithdrawEdition
from ..models import Edition, Period, Plan, SendBack
from ..queries import Doubt, deadline_of, doubts_of, name_of_plan, record_of, responsible_area, scope_of
from . import telling
from .attachments import repeat_attachments, supports, take_attachments, told
from .contents import freeze

State = Edition.State
CAPTURES = ("planning.edition_captured", "planning.edition_submitted")


@act("planning.period_opened", policy=policies.open_period)
def open_period(work: Work, command: OpenPeriod) -> Edition:
    """Opens the first edition of a period that has begun."""
    work.hold_chain()  # of two people who open it at once, the second is told so
    plan = _plan(command.plan_key)
    require_scope(work, plan.key, Role.AUTHOR)
    span = _span(command.period)
    if clock.today() < span.starts_on:
        raise Refused(Problem("period", f"El {span.label} aún no empieza: ábralo a partir del {span.starts_on:%d/%m/%Y}."))
    _require_rule(plan, span)
    if Period.objects.filter(plan=plan, code=str(span)).exists():
        raise Refused(Problem("period", f"El {span.label} ya está abierto en el {name_of_plan(plan.key)}: búsquelo en su mesa."))
    period = work.add(Period(plan=plan, code=str(span)))
    return work.add(tell(work, Edition(period=period, number=1)))


@act("planning.edition_captured", policy=policies.capture_edition)
def capture_edition(work: Work, command: CaptureEdition) -> Edition:
    """Keeps what the author typed, without sending it yet."""
    edition = locked(work, command.edition_id, State.OPEN, seen=command.seen)
    require_scope(work, edition.period.plan_id, Role.AUTHOR)
    return work.save(tell(work, _take(edition, command, work)))


@act("planning.edition_submitted", policy=policies.submit_edition)
def submit_edition(work: Work, command: CaptureEdition) -> Edition:
    """Sends an edition to review, once its period has ended."""
    edition = _take(locked(work, command.edition_id, State.OPEN, seen=command.seen), command, work)
    require_scope(work, edition.period.plan_id, Role.AUTHOR)
    problems = [*_unfinished(edition), *_blank(edition), *_update_problems(edition), *_unchanged(edition)]
    if problems:
        raise Refused(*problems)
    edition.state, edition.submitted_at, edition.returned_because = State.IN_REVIEW, work.at, ""
    work.save(tell(work, edition))
    telling.tell_submitted(work, edition)
    return edition


@act("planning.edition_withdrawn", policy=policies.withdraw_edition)
def withdraw_edition(work: Work, command: WithdrawEdition) -> Edition:
    """Takes back what one sent, while nobody has decided on it: it is open again, and says what it said."""
    edition = locked(work, command.edition_id, State.IN_REVIEW, seen=command.seen)
    require_scope(work, edition.period.plan_id, Role.AUTHOR)
    if str(edition.author_id) != work.by.account:
        raise Refused(Problem(None, "Lo envió otra persona: pídale que lo retire, o a quien revisa, que lo devuelva."))
    edition.state, edition.submitted_at = State.OPEN, None
    work.save(tell(work, edition))
    telling.tell_withdrawn(work, edition)
    return edition


@act("planning.edition_returned", policy=policies.return_edition)
def return_edition(work: Work, command: ReturnEdition) -> Edition:
    """Sends an edition back to its author, with the reason."""
    edition = locked(work, command.edition_id, State.IN_REVIEW, seen=command.seen)
    _require_two_people(edition, work)
    require_scope(work, edition.period.plan_id, Role.REVIEWER)
    work.add(_send_back(edition, command.reason, work))
    edition.state, edition.returned_because = State.OPEN, command.reason
    edition.submitted_at = None
    work.save(tell(work, edition))
    telling.tell_returned(work, edition)
    return edition


def _send_back(edition: Edition, reason: str, work: Work) -> SendBack:
    said = dict(edition.captured.values)
    return SendBack(edition=edition, reason=reason, returned_at=work.at, reviewer_id=work.by.account, captured=said)


@act("planning.quarter_sealed", policy=policies.seal_edition)
def seal_edition(work: Work, command: SealEdition) -> Edition:
    """Freezes the content of an edition. From here on only an erratum follows."""
    edition = locked(work, command.edition_id, State.IN_REVIEW, seen=command.seen)
    _require_two_people(edition, work)
    require_scope(work, edition.period.plan_id, Role.REVIEWER)
    doubts = doubts_of(edition, record=record_of(edition))
    problems = [*_validation_problems(edition, command.validated_on), *_unseen(doubts, command)]
    if problems:
        raise Refused(*problems)
    if doubts:
        work.details["warnings"] = [doubt.key for doubt in doubts]
    edition.validated_on, edition.reviewer_id = command.validated_on, work.by.account
    edition.state, edition.sealed_at = State.SEALED, work.at
    frozen = freeze(edition)
    edition.sealed_files, edition.content_root = frozen.files, frozen.content_root
    work.details["content_root"] = frozen.content_root
    if attached := told(edition):
        work.details["attachments"] = attached
    return work.save(tell(work, edition))


@act("planning.erratum_opened", policy=policies.open_erratum)
def open_erratum(work: Work, command: OpenErratum) -> Edition:
    """Opens the next edition of a published one, starting from what it said."""
    last = locked(work, command.edition_id, State.PUBLISHED)
    require_scope(work, last.period.plan_id, Role.AUTHOR)
    if Edition.objects.filter(period_id=last.period_id, number__gt=last.number).exists():
        raise Refused(Problem(None, "Ya hay una edición posterior de este periodo: trabaje sobre ella."))
    erratum = Edition(period=last.period, number=last.number + 1, reason=command.reason)
    erratum.capture(last.captured, Source.AUTHOR)
    work.add(tell(work, erratum))
    repeat_attachments(work, last, erratum)
    return erratum


def tell(work: Work, edition: Edition) -> Edition:
    """Says in the fact of which record the act is."""
    period = edition.period
    work.details.update(plan=period.plan_id, period=period.code, edition=edition.number)
    return edition


def _plan(key: str) -> Plan:
    plans = {plan.key: plan for plan in Plan.objects.order_by("key")}
    plan = plans.get(key)  # not asked of the database, which falls over what no text may hold
    if plan is None:
        known = ", ".join(plans)
        raise Refused(Problem("plan_key", f"No hay un plan «{key}». Los que hay: {known}."))
    return plan


def _require_rule(plan: Plan, span: Span) -> None:
    """A period that no norm of the plan covers, or from before the plan, is not its to report."""
    if span.year < plan.generation:
        raise Refused(
            Problem(
                "period",
                f"El {span.label} es anterior al {name_of_plan(plan.key)}: elija un periodo de {plan.generation} o posterior.",
            )
        )
    try:
        deadline_of(plan, span)
    except NoRule as error:
        raise Refused(Problem("period", str(error))) from error


def _span(text: str) -> Span:
    try:
        return Span.parse(text)
    except ValueError as error:
        raise Refused(Problem("period", str(error))) from error


def locked(work: Work, edition_id: int, state: str, *, seen: str = "") -> Edition:
    """The edition, locked, if it is in that state and still says what the person saw; who came late is told so."""
    edition = work.lock(Edition, pk=edition_id)
    if edition.state != state:
        wanted, found = State(state).label.lower(), State(edition.state).label.lower()
        raise Refused(Problem(None, f"Esta edición está «{found}» y el paso pide que esté «{wanted}». Vuelva a su mesa."))
    if seen and seen != ledger.row_digest(edition):
        raise Refused(Problem(None, "Alguien cambió esta edición mientras usted la veía. Vuelva a abrirla y revísela de nuevo."))
    return edition


def require_scope(work: Work, plan_key: str, role: Role) -> None:
    """Who acts on a record of the institute's own holds the role where the record is answered for."""
    if not policies.in_scope(work.by, role, scope_of(plan_key)):
        told = f"De este programa responde «{responsible_area(plan_key)}», y usted no tiene ahí la función que hace falta."
        raise Refused(Problem(None, f"{told} Pida a esa área que lo haga, o a quien administra las cuentas que se la dé."))


def _take(edition: Edition, command: CaptureEdition, work: Work) -> Edition:
    edition.capture(command.captured, Source.AUTHOR)
    edition.author_id = work.by.account
    take_attachments(work, edition, command)
    return edition


def _unfinished(edition: Edition) -> list[Problem]:
    ends_on = edition.period.span.ends_on
    if clock.today() > ends_on:
        return []
    return [Problem(None, f"El periodo termina el {ends_on:%d/%m/%Y}: envíelo a revisión a partir del día siguiente.")]


def _blank(edition: Edition) -> list[Problem]:
    """What the record cannot be sent without."""
    typed = (column for column in layout_of(edition.period.span).typed(Source.AUTHOR) if column.is_required)
    missing = [column for column in typed if not edition.captured[column.key]]
    return [Problem(one.key, f"Falta «{one.name}» (columna {one.number}): escriba el dato.") for one in missing]


def _update_problems(edition: Edition) -> list[Problem]:
    updated_on = edition.updated_on
    if updated_on is not None and updated_on > clock.today():
        return [Problem("updated_on", f"La fecha de actualización {updated_on:%d/%m/%Y} está en el futuro: use hoy o antes.")]
    return []


def _unchanged(edition: Edition) -> list[Problem]:
    """An erratum must say something else than the edition that it corrects (its date of validation aside)."""
    earlier = Edition.objects.filter(period_id=edition.period_id, number=edition.number - 1).first()
    typed = layout_of(edition.period.span).typed(Source.AUTHOR)
    if earlier is None or earlier.captured.only(typed) != edition.captured.only(typed):
        return []
    if supports(earlier) != supports(edition):
        return []
    return [Problem(None, f"Esta edición dice lo mismo que la {earlier.number}: cambie lo que haya que corregir.")]


def _validation_problems(edition: Edition, validated_on: dt.date) -> list[Problem]:
    problems = []
    told, ends_on = f"La fecha de validación {validated_on:%d/%m/%Y}", edition.period.span.ends_on
    if edition.updated_on and validated_on < edition.updated_on:
        problems.append(f"{told} es anterior a la de actualización ({edition.updated_on:%d/%m/%Y}): use esa o una posterior.")
    if validated_on <= ends_on:
        problems.append(f"{told} debe ser posterior al fin del periodo ({ends_on:%d/%m/%Y}).")
    if validated_on > clock.today():
        problems.append(f"{told} está en el futuro: use hoy o antes.")
    return [Problem("validated_on", problem) for problem in problems]


def _unseen(doubts: Sequence[Doubt], command: SealEdition) -> list[Problem]:
    """A seal is final: of a person who decides on a page, it is asked that she saw what may be a slip."""
    if not doubts or command.warned is None or command.warned:
        return []
    told = "un aviso abierto" if len(doubts) == 1 else f"{len(doubts)} avisos abiertos"
    return [Problem("warned", f"Hay {told}: lea y marque «Los vi y lo sello así», o devuelva el registro para que se corrija.")]


def _require_two_people(edition: Edition, work: Work) -> None:
    """Whoever captured or sent any part of this edition does not review it, even if another person saved it last."""
    told = {"plan": edition.period.plan_id, "period": edition.period.code, "edition": edition.number}
    wrote = ledger.has_acted(work.by.ref, chain=work.chain, names=CAPTURES, details=told)
    if wrote or str(edition.author_id) == work.by.account:
        raise Refused(Problem(None, "Quien captura no revisa: pida a otra persona que revise esta edición."))
