"""Who may decide on a report that waits: asked by the act, by the page, by the desk and by whoever is written to."""

from __future__ import annotations

from django.db.models import Q

from calpulli.commons.act import Actor, Problem
from calpulli.people.doors import Role

from .. import policies
from ..models import DeliveryBatch, Report
from ..queries import months_of

WRITES_AND_REVIEWS = "Quien escribe no revisa: pida a otra persona que lo decida."


def decides(actor: Actor, report: Report) -> bool:
    """Whether it waits and nothing stands in this person's way."""
    return report.state == Report.State.SUBMITTED and policies.approve_report(actor) and refusal(actor, report) is None


def refusal(actor: Actor, report: Report) -> Problem | None:
    """Why a reviewer does not decide on this one; None where nothing stands in the way."""
    activity = report.activity
    if _sent(actor, report):
        return Problem(None, WRITES_AND_REVIEWS)
    if not policies.holds(actor, Role.REVIEWER, activity.area):
        remedy = "Pida a quien administra las cuentas que le dé la función ahí."
        return Problem(None, f"Usted no revisa los reportes de esta área. {remedy}")
    if _counted(actor, report):
        said = f"Usted registró o retiró entregas de «{activity.key}», que son lo que este reporte dice."
        return Problem(None, f"{said} {WRITES_AND_REVIEWS}")
    return None


def _sent(actor: Actor, report: Report) -> bool:
    """Whether she sent any version of it."""
    if actor.account is None:
        return False
    versions = Report.objects.filter(activity_id=report.activity_id, quarter=report.quarter)
    return versions.filter(Q(author_id=actor.account)).exists()


def _counted(actor: Actor, report: Report) -> bool:
    """Where deliveries tell what was done, whoever recorded or withdrew any of the quarter wrote it too."""
    activity = report.activity
    if not activity.counted or actor.account is None:
        return False
    first = activity.exercise.year * 12 - 1
    hers = DeliveryBatch.objects.filter(Q(author_id=actor.account) | Q(withdrawn_by_id=actor.account))
    months = [first + month for month in months_of(report.quarter)]
    return hers.filter(deliveries__activity=activity, deliveries__month__in=months).exists()
