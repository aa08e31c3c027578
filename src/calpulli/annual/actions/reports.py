"""The road of a report: sent, returned or approved by another person, and after that corrected by a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.people import doors as people
from calpulli.people.doors import Role
from calpulli_core.law.rules import NoRule

from .. import drafts, policies, tallies
from ..inputs import CorrectReport, DecideReport, ReturnReport, SubmitReport
from ..models import Achieved, Activity, Report
from ..queries import again_by, deadline_of, of_quarter
from . import deciding, saying, showing, telling
from .ground import State, locked_activity, reason_faults, refuse_any


@act("annual.report_submitted", policy=policies.submit_report, alone=True)
def submit_report(work: Work, command: SubmitReport) -> Report:
    """Sends what an area says of an activity in a quarter; after a return, as the next version."""
    activity = _activity(work, command)
    if _counted(activity, command.quarter):
        told = "Este trimestre ya tiene un reporte aprobado: para cambiarlo, corríjalo con su motivo."
        raise Refused(Problem(None, told))
    return _send(work, activity, command)


@act("annual.report_corrected", policy=policies.correct_report, alone=True)
def correct_report(work: Work, command: CorrectReport) -> Report:
    """Sends another version of an approved report, which counts until this one is approved too."""
    activity = _activity(work, command.report)
    counted = _counted(activity, command.report.quarter)
    if counted is None:
        raise Refused(Problem(None, "Este trimestre no tiene un reporte aprobado que corregir: envíe el reporte."))
    refuse_any(saying.too_early(activity, command.report.quarter))
    refuse_any(saying.what_lacks(activity, command.report, command.reason))
    return _send(work, activity, command.report, corrects=counted, reason=command.reason.strip())


@act("annual.report_returned", policy=policies.return_report, alone=True)
def return_report(work: Work, command: ReturnReport) -> Report:
    """Sends a version back to its area, with the reason."""
    report = _submitted(work, command.report_id)
    refuse_any(reason_faults(command.reason))
    report.state, report.returned_because = Report.State.RETURNED, command.reason.strip()
    report.again_on = _again_on(report)
    telling.tell_returned(work, report)
    return work.save(_decided(work, report))


@act("annual.report_approved", policy=policies.approve_report, alone=True)
def approve_report(work: Work, command: DecideReport) -> Report:
    """From here on this version is what counts, and anyone may read it."""
    report = _submitted(work, command.report_id)
    for earlier in Report.objects.filter(activity_id=report.activity_id, quarter=report.quarter, counts=True):
        earlier.counts = False
        work.save(earlier)
    report.state, report.counts = Report.State.APPROVED, True
    if report.activity.counted:
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
    refuse_any(saying.too_early(activity, command.quarter))
    last = _last(activity, command.quarter)
    goals = {goal.month: goal.holds for goal in activity.goals.all()}
    achieved = saying.achieved(activity, command, goals)
    report = _said(activity, command, goals, achieved)
    report.version = last.version + 1 if last else 1
    report.correction, report.submitted_at, report.author_id = reason, work.at, work.by.account
    _timely(report, activity, last, corrects)
    _met(report, shown=showing.shows(activity, command, last))
    _keep(work, report, achieved)
    showing.bring(work, report, command, last=last)
    if corrects:
        refuse_any(saying.unchanged(report, corrects))
    if work.by.account:
        drafts.forget_one(work.by.account, activity.pk, command.quarter)
    telling.tell_submitted(work, report)
    return report


def _last(activity: Activity, quarter: int) -> Report | None:
    """The version before the one that is sent; one that waits is decided first."""
    last = Report.objects.filter(activity=activity, quarter=quarter).order_by("-version").first()
    if last and last.state == Report.State.SUBMITTED:
        raise Refused(Problem(None, "El reporte de este trimestre ya está en revisión: espere a que lo decidan."))
    return last


def _said(activity: Activity, command: SubmitReport, goals: Mapping[int, int], achieved: Mapping[int, int]) -> Report:
    """What it says, if nothing is wrong with it."""
    quarter, cumulative = command.quarter, activity.cumulative
    done = of_quarter(achieved, quarter, cumulative=cumulative, goals=goals)
    goal = of_quarter(goals, quarter, cumulative=cumulative, goals=goals)
    refuse_any(saying.faults(activity, command, goals, achieved=achieved, differs=done != goal))
    cause = command.cause if done != goal else ""
    return Report(activity=activity, quarter=quarter, goal=goal, done=done, cause=cause, narrative=command.narrative.strip())


def _keep(work: Work, report: Report, achieved: Mapping[int, int]) -> None:
    """The version and its months."""
    work.details.update(quarter=report.quarter, version=report.version)
    work.add(report)
    for month, amount in sorted(achieved.items()):
        work.add(Achieved(report=report, month=month, amount=amount))


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
    report.activity = locked_activity(work, report.activity_id, State.APPROVED)
    if report.state != Report.State.SUBMITTED:
        raise Refused(Problem(None, "Este reporte ya se decidió. Vuelva a su mesa."))
    if why := deciding.refusal(work.by, report):
        raise Refused(why)
    work.details.update(quarter=report.quarter, version=report.version)
    return report


def _decided(work: Work, report: Report) -> Report:
    report.decided_at, report.reviewer_id = work.at, work.by.account
    return report
