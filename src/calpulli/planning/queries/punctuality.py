"""How the records of a plan kept to their due dates: the number of days between publication and the date it was due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from calpulli.commons import clock

from .periods import PeriodView, calendar_of, has_rule, periods_of
from .programmes import PlanView


@dataclass(frozen=True)
class Punctuality:
    """One period: when it was due, when its first edition was published, and the days between (negative: before)."""

    period: PeriodView
    due_on: dt.date
    published_on: dt.date | None

    @property
    def days(self) -> int | None:
        """Days from the due date to publication; None while it is not published."""
        return (self.published_on - self.due_on).days if self.published_on else None


def punctuality_of(plan: PlanView) -> list[Punctuality]:
    """The periods of an own plan that have ended, the oldest first; empty for a plan that owes nothing here.

    A correction does not move it: what counts is the first edition.
    """
    if not plan.is_own:
        return []
    ended = [period for period in calendar_of(plan) if period.span.ends_on < clock.today()]
    return [found for period in reversed(ended) if (found := _of(period))]


def _of(period: PeriodView) -> Punctuality | None:
    if not has_rule(period):
        return None
    first = period.editions[-1] if period.editions else None
    return Punctuality(period, period.deadline.due_on, first.published_on if first else None)


def last_informed(plan_key: str) -> PeriodView | None:
    """The newest period of a plan with a published record: all that is told, so far, of how any part of it is doing."""
    return next((period for period in periods_of(plan_key) if period.published), None)
