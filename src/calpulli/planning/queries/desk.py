"""Reads that the desk alone needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from calpulli.commons import clock
from calpulli.people.doors import area_key
from calpulli_core.calendars.periods import Period as Span
from calpulli_core.law.rules import NoRule

from ..models import Edition, Plan
from .periods import PeriodView, deadline_of, find_period
from .programmes import PlanView, programme_of
from .reporting import calendar_of


def responsible_area(plan_key: str) -> str:
    """The area that the programme itself names for its information (column 12)."""
    plan = Plan.objects.filter(key=plan_key).first()
    return programme_of(plan).responsible_area if plan else ""


def edition_key(plan_key: str, code: str, number: int) -> int | None:
    """The key of an edition, for addresses of the desk."""
    found = Edition.objects.filter(period__plan_id=plan_key, period__code=code, number=number)
    return found.values_list("pk", flat=True).first()


def due_from(since: dt.date) -> list[PeriodView]:
    """The periods of the own plan in force that are due from that day on and not published yet, by due date.

    It looks as far as the period after the one that runs: later ones tell nobody anything yet.
    """
    plan = Plan.objects.filter(kind=Plan.Kind.OWN).order_by("-generation").first()
    if plan is None:
        return []
    due = [span for span in _near(clock.today()) if span.year >= plan.generation and _is_due_from(plan, span, since)]
    found = (find_period(plan.key, str(span)) for span in due)
    waiting = [period for period in found if period and period.published is None]
    return sorted(waiting, key=lambda period: period.deadline.due_on)


def due_of(plan: PlanView) -> list[PeriodView]:
    """Every period of a plan with a due date, opened or not, and of the plan in force the next ones, by due date."""
    found = {period.code: period for period in calendar_of(plan)}
    if plan.in_force and plan.is_own:
        found = {period.code: period for period in due_from(clock.today())} | found
    return sorted(found.values(), key=lambda period: (period.deadline.due_on, period.code))


def _near(today: dt.date) -> Iterator[Span]:
    running = Span(today.year, (today.month + 2) // 3)
    yield from (running.previous().previous(), running.previous(), running, running.next())
    yield from (Span(today.year - 1), Span(today.year))


def _is_due_from(plan: Plan, span: Span, since: dt.date) -> bool:
    try:
        return deadline_of(plan, span).due_on >= since
    except NoRule:
        return False


def scope_of(plan_key: str) -> str | None:
    """The key of the area that answers for a plan's records, if it is the institute's own and the organisation lists it.

    A plan of reference names an area of another institute: whoever captures anywhere may work on it.
    """
    plan = Plan.objects.filter(key=plan_key, kind=Plan.Kind.OWN).first()
    return area_key(str(plan.document["responsible_area"])) if plan else None
