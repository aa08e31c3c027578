"""What the annual programme does every so often: reminds areas of due reports, recounts tallies, drops what waits too long."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from calpulli.commons import clock, files
from calpulli.commons.page_parts import period_words
from calpulli.commons.registries.chores import Chore, offer_chore
from calpulli.ledger import doors as ledger
from calpulli.notices import doors as notices
from calpulli.people import doors as people
from calpulli.people.doors import Role
from calpulli_core.calendars.reminders import stage

from .. import policies, queries, tallies
from ..models import Exercise

MOST_LISTED = 20
log = logging.getLogger("calpulli.annual")


@dataclass(frozen=True)
class Due:
    """The reports of an area that are due for a quarter: their activities, by when, and which reminder it is."""

    plan_key: str
    year: int
    quarter: int
    area: str  # its key
    area_name: str
    due_on: dt.date
    stage: str
    activities: tuple[str, ...]


def remind() -> int:
    """Writes the reminders that belong to today and were not written yet; gives how many."""
    return sum(_remind(due) for due in waiting())


def waiting() -> Iterator[Due]:
    """Every area that has something to send of a quarter whose reminder belongs to today; one for all its activities."""
    for exercise in queries.exercise_list(public=True):
        for quarter in (1, 2, 3, 4):
            deadline = queries.find_deadline(exercise.plan_key, exercise.year, quarter)
            now = stage(deadline.due_on, clock.today()) if deadline else ""
            if deadline and now:
                yield from _of_quarter(exercise, quarter, deadline.due_on, now)


def _of_quarter(exercise: Exercise, quarter: int, due_on: dt.date, now: str) -> Iterator[Due]:
    found: dict[tuple[str, str], list[str]] = {}
    for view in queries.view_of(exercise).activities:
        one = view.quarter(quarter)
        if one.waits_for_area and (one.due_on or due_on) <= due_on:  # a returned one may have a later term, told when it was
            found.setdefault((view.activity.area, view.area_name), []).append(f"{view.activity.key} {view.activity.name}")
    for (area, name), activities in found.items():
        yield Due(exercise.plan_key, exercise.year, quarter, area, name, due_on, now, tuple(activities))


def _remind(due: Due) -> int:
    context = {
        "late": due.stage == "late",
        "label": period_words(f"{due.year}-Q{due.quarter}"),
        "area": due.area_name,
        "due_on": f"{due.due_on:%d/%m/%Y}",
        "activities": due.activities[:MOST_LISTED],
        "more": max(0, len(due.activities) - MOST_LISTED),
        "path": reverse("desk"),
    }
    key = f"{due.plan_key} {due.year} {due.quarter} {due.area} {due.stage}"
    sent = [
        notices.send("annual.due", to=contact.address, context=context, key=key)
        for contact in people.contacts(lambda actor: policies.holds(actor, Role.AUTHOR, due.area))
    ]
    return sum(one is not None for one in sent)


def recount() -> int:
    """Counts the deliveries again, row by row; what the tallies said otherwise is told in the log as an error, and mended."""
    with transaction.atomic():
        ledger.lock_chain("annual")  # no batch comes or goes meanwhile
        wrong = tallies.make_again()
        if wrong:
            told = "; ".join(
                f"actividad {activity}, mes {month}, «{district}»" for activity, month, district in wrong[:MOST_LISTED]
            )
            log.error("annual tallies differ from their deliveries in %d cells, counted anew: %s", len(wrong), told)
    return len(wrong)


def forget_reviewed() -> int:
    """Drops the files that somebody reviewed and did not confirm within the hour that the page promises."""
    return files.forget_old(now=clock.now())


offer_chore(Chore("annual.reminders", dt.timedelta(hours=1), remind))
offer_chore(Chore("annual.recount", dt.timedelta(days=1), recount))
offer_chore(Chore("annual.reviewed_files", dt.timedelta(minutes=10), forget_reviewed))
