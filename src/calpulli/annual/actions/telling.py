"""Who is told of an act on a report or on goals: written with the act, mailed after its commit."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from calpulli.commons import clock
from calpulli.commons.act import Work
from calpulli.commons.page_parts import period_words
from calpulli.notices import doors as notices
from calpulli.people import doors as people

from ..inputs.amounts import amount_words
from ..models import Activity, Adjustment, Report
from ..topics import ACTIVITY, YEAR
from .deciding import decides
from .saying import done_words


def tell_submitted(work: Work, report: Report) -> None:
    """Whoever may decide on it."""
    for contact in people.contacts(lambda actor: decides(actor, report)):
        _mail("annual.submitted", contact.address, work, report)


def tell_returned(work: Work, report: Report) -> None:
    """Who sent it, with the reason; and by when, but of a correction, which has no term."""
    address = people.address_of(report.author_id)
    if address:
        due_on = report.again_on or report.due_on
        term = "" if report.correction else f"{due_on:%d/%m/%Y}"
        more = {"because": report.returned_because, "due_on": term, "over": clock.today() > due_on}
        _mail("annual.returned", address, work, report, **more)


def tell_approved(report: Report) -> None:
    """Whoever follows the activity or its whole year."""
    told: dict[str, Any] = {
        "done": done_words(report.activity, report.quarter, report.done),
        "goal": amount_words(report.goal),
        "unit": report.activity.unit,
    }
    told |= {"label": _label(report), "reason": report.correction, "adjusted": False}
    _announce(report.activity, f"report {report.pk}", **told)


def tell_adjusted(adjustment: Adjustment, activity: Activity) -> None:
    """The same, of goals that changed."""
    _announce(activity, f"adjustment {adjustment.pk}", adjusted=True, reason=adjustment.reason)


def _announce(activity: Activity, event: str, **told: Any) -> None:
    exercise = activity.exercise
    of = f"{exercise.plan_key}/{exercise.year}"
    path = reverse("poa_activity", args=[exercise.plan_key, exercise.year, activity.key])
    about = {"key": activity.key, "name": activity.name, "year": exercise.year, "path": path}
    topics = [f"{ACTIVITY}:{of}/{activity.key}", f"{YEAR}:{of}"]
    notices.announce("annual.told", topics=topics, event=event, context=about | told)


def _mail(kind: str, address: str, work: Work, report: Report, **more: Any) -> None:
    """Once for each time that it happens: a report may be returned twice."""
    context = {
        "key": report.activity.key,
        "name": report.activity.name,
        "label": _label(report),
        "path": reverse("annual_report", args=[report.activity_id, report.quarter]),
    }
    notices.send(kind, to=address, context=context | more, key=f"{report.pk} {work.at.isoformat()}")


def _label(report: Report) -> str:
    return period_words(f"{report.activity.exercise.year}-Q{report.quarter}")
