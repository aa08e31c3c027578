"""The road of a report: sent, returned or approved by another person, and after that corrected by a new version."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.people import doors as people
from calpulli.people.doors import Role
from calpulli_core.law.rules import NoRule

from .. import drafts, policies, tallies
from ..inputs import CorrectReport, DecideReport, ReturnReport, SubmitReport
from ..models import Achieved, Activity, DeliveryBatch, Report
from ..queries import again_by, deadline_of, months_of, of_quarter
from . import saying, showing, telling
from .ground import WRITES_AND_REVIEWS, State, locked_activity, reason_faults, refuse_any, refuse_who_wrote

SENDINGS = ("annual.report_submitted", "annual.report_corrected")


@act("annual.report_submitted", policy=policies.submit_report)
def submit_report(work: Work, command: SubmitReport) -> Report:
    """Sends what an area says of an activity in a quarter; after a return, as the next version."""
    activity = _activity(work, command)
    if _counted(activity, command.quarter):
        told = "Este trimestre ya tiene un reporte aprobado: para cambiarlo, corríjalo con su motivo."
        raise Refused(Problem(None, told))
    return _send(work, activity, command)


@act("annual.report_corrected", policy=policies.correct_report)
def correct_report(work: Work, command: CorrectReport) -> Report:
    """Sends another version of an approved report, which counts until this one is approved too."""
    activity = _activity(work, command.report)
    counted = _counted(activity, command.report.quarter)
    if counted is None:
        raise Refused(Problem(None, "Este trimestre no tiene un reporte aprobado que corregir: envíe el reporte."))
    refuse_any(reason_faults(command.reason, "correction"))
    return _send(work, activity, command.report, corrects=counted, reason=command.reason.strip())


@act("annual.report_returned", policy=policies.return_report)
def return_report(work: Work, command: ReturnReport) -> Report:
    """Sends a version back to its area, with the reason."""
    report = _submitted(work, command.report_id)
    refuse_any(reason_faults(command.reason))
    report.state, report.returned_because = Report.State.RETURNED, command.reason.strip()
    report.again_on = _again_on(report)
    telling.tell_returned(work, report)
    return work.save(_decided(work, report))


@act("annual.report_approved", policy=policies.approve_report)
def approve_report(work: Work, command: DecideReport) -> Report:
    """From here on this version is what counts, and anyone may read it."""
    report = _submitted(work, command.report_id)
    for earlier in Report.objects.filter(activity_id=report.activity_id, quarter=report.quarter, counts=True):
        earlier.counts = False
        work.save(earlier)
    report.state, report.counts = Report.State.APPROVED, True
    if report.activity.counted:
        work.hold_chain()  # no batch comes or goes meanwhile
        tallies.settle(report)
    telling.tell_approved(report)
    return work.save(_decided(work, report))


def _activity(work: Work, command: SubmitReport) -> Activity:
    activity = locked_activity(work, command.activity_id, State.APPROVED)
    if not policies.holds(work.by, Role.AUTHOR, activity.area):
        name = next((card.name for card in people.area_cards() if card.key == activity.area), activity.area)
        told = f"De esta actividad reporta «{name}», y usted no captura ahí."
        raise Refused(
            Problem(None, f"{told} Pida a esa área que la reporte, o a quien administra las cuentas que le dé la función.")
        )
    return activity


def _counted(activity: Activity, quarter: int) -> Report | None:
    return Report.objects.filter(activity=activity, quarter=quarter, counts=True).first()


def _send(work: Work, activity: Activity, command: SubmitReport, *, corrects: Report | None = None, reason: str = "") -> Report:
    """The next version, with what it achieved by month and its evidence."""
    goals = {goal.month: goal.holds for goal in activity.goals.all()}
    refuse_any(saying.too_early(activity, command.quarter))
    last = Report.objects.filter(activity=activity, quarter=command.quarter).order_by("-version").first()
    if last and last.state == Report.State.SUBMITTED:
        raise Refused(Problem(None, "El reporte de este trimestre ya está en revisión: espere a que lo decidan."))
    achieved = saying.achieved(activity, command, goals)
    done = of_quarter(achieved, command.quarter, cumulative=activity.cumulative, goals=goals)
    goal = of_quarter(goals, command.quarter, cumulative=activity.cumulative, goals=goals)
    refuse_any(saying.faults(activity, command, goals, achieved=achieved, differs=done != goal))
    report = Report(activity=activity, quarter=command.quarter, version=last.version + 1 if last else 1, goal=goal, done=done)
    report.cause, report.narrative = command.cause if done != goal else "", command.narrative.strip()
    report.correction, report.submitted_at, report.author_id = reason, work.at, work.by.account
    _timely(report, activity, last, corrects)
    _met(report, shown=showing.shows(activity, command, last))
    work.details.update(quarter=command.quarter, version=report.version)
    work.add(report)
    for month, amount in sorted(achieved.items()):
        work.add(Achieved(report=report, month=month, amount=amount))
    showing.bring(work, report, command, last=last)
    if corrects:
        refuse_any(saying.unchanged(report, corrects))
    if work.by.account:
        drafts.forget_one(work.by.account, activity.pk, command.quarter)
    telling.tell_submitted(work, report)
    return report


def _timely(report: Report, activity: Activity, last: Report | None, corrects: Report | None) -> None:
    """A first version, by the rule that holds now; what answers a return, by its own term; a correction, as what it corrects."""
    if corrects:
        report.due_on, report.on_time = corrects.due_on, corrects.on_time
        return
    report.due_on = (last.again_on or last.due_on) if last else _due_on(activity, report.quarter)
    report.on_time = clock.today() <= report.due_on


def _due_on(activity: Activity, quarter: int) -> dt.date:
    try:
        return deadline_of(activity.exercise.plan_key, activity.exercise.year, quarter).due_on
    except NoRule as error:
        raise Refused(Problem(None, str(error))) from error


def _met(report: Report, *, shown: bool) -> None:
    """Since when it is so in what was approved: a correction may take a report off what counts, and never bring it late."""
    if shown and report.done >= report.goal:
        approved = Report.objects.filter(activity=report.activity, quarter=report.quarter, state=Report.State.APPROVED)
        first = approved.filter(met_on__isnull=False).order_by("version").first()
        report.met_on = first.met_on if first else clock.today()


def _again_on(report: Report) -> dt.date | None:
    """The days that a reviewer takes are not the area's: what came in time has a term of its own. A correction has none."""
    if not report.on_time or _counted(report.activity, report.quarter):
        return None
    again = again_by(report.activity.exercise.plan_key, clock.today())
    return max(again, report.due_on) if again else None


def _submitted(work: Work, report_id: int) -> Report:
    """The version, locked, if it waits and this person may decide on it."""
    report = work.lock(Report, pk=report_id)
    activity = report.activity = locked_activity(work, report.activity_id, State.APPROVED)
    if report.state != Report.State.SUBMITTED:
        raise Refused(Problem(None, "Este reporte ya se decidió. Vuelva a su mesa."))
    told = {"plan": activity.exercise.plan_key, "year": activity.exercise.year}
    told |= {"activity": activity.key, "quarter": report.quarter}
    refuse_who_wrote(work, SENDINGS, told, report.author_id)
    _refuse_who_counted(work, report)
    if not policies.holds(work.by, Role.REVIEWER, activity.area):
        remedy = "Pida a quien administra las cuentas que le dé la función ahí."
        raise Refused(Problem(None, f"Usted no revisa los reportes de esta área. {remedy}"))
    work.details.update(quarter=report.quarter, version=report.version)
    return report


def _refuse_who_counted(work: Work, report: Report) -> None:
    """Where deliveries tell what was done, whoever recorded or withdrew any of the quarter wrote it too."""
    activity = report.activity
    if not activity.counted or work.by.account is None:
        return
    first = activity.exercise.year * 12 - 1
    months = [first + month for month in months_of(report.quarter)]
    batches = DeliveryBatch.objects.filter(
        Q(author_id=work.by.account) | Q(withdrawn_by_id=work.by.account),
        deliveries__activity=activity,
        deliveries__month__in=months,
    )
    if batches.exists():
        said = f"Usted registró o retiró entregas de «{activity.key}», que son lo que este reporte dice."
        raise Refused(Problem(None, f"{said} {WRITES_AND_REVIEWS}"))


def _decided(work: Work, report: Report) -> Report:
    report.decided_at, report.reviewer_id = work.at, work.by.account
    return report
