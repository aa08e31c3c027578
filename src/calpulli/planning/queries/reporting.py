"""Which periods a plan reports: those of its years, opened or not."""

from __future__ import annotations

import datetime as dt

from calpulli.commons import clock
from calpulli.ledger.doors import stamp
from calpulli_core.calendars.periods import Period as Span

from ..models import Period, Plan
from .periods import PeriodView, has_rule, periods_of
from .programmes import PlanView, every_plan


def calendar_of(plan: PlanView) -> list[PeriodView]:
    """Every period that a plan reports, opened or not, the newest first: of its years, those that have begun."""
    found = _through(plan, clock.today().year)
    return [period for period in found if period.editions or period.span.starts_on <= clock.today()]


def every_period(plan: PlanView) -> list[PeriodView]:
    """Every period of a plan's years, opened or not, whatever today is: of the plan in force, to the year after the last act."""
    told = clock.day_of(stamp(("planning",)).at)
    return _through(plan, told.year + 1 if told else plan.generation)


def _through(plan: PlanView, year: int) -> list[PeriodView]:
    """The periods of its years to that one, the newest first; a plan that another replaced reports up to then.

    One that nobody opened and for which the norms have no rule is not one that it reports.
    """
    opened = {view.span: view for view in periods_of(plan.key)}
    years = {plan.generation, *(span.year for span in opened)}
    if plan.is_own:
        years.update(range(plan.generation, (year if plan.in_force else _last_year(plan)) + 1))
    spans = {Span(year, quarter) for year in years for quarter in (1, 2, 3, 4, None)}
    stored = next(one for one in every_plan() if one.key == plan.key)
    found = (opened.get(span) or PeriodView(stored, span, ()) for span in sorted(spans, reverse=True))
    return [period for period in found if period.editions or has_rule(period)]


def _last_year(plan: PlanView) -> int:
    own = (one.generation for one in every_plan() if one.kind == Plan.Kind.OWN)
    later = min((generation for generation in own if generation > plan.generation), default=None)
    return later - 1 if later else plan.generation


def to_open() -> list[PeriodView]:
    """Periods of the institute's own plan in force that ended or run, and that nobody has opened, oldest first.

    It looks one year back: what is older is not forgotten work but another generation's. Without a rule nothing is owed.
    """
    plan = Plan.objects.filter(kind=Plan.Kind.OWN).order_by("-generation").first()
    if plan is None:
        return []
    opened = set(Period.objects.filter(plan=plan).values_list("code", flat=True))
    spans = [span for span in _recent(clock.today()) if str(span) not in opened and span.year >= plan.generation]
    return [period for span in sorted(spans) if has_rule(period := PeriodView(plan, span, ()))]


def _recent(today: dt.date) -> list[Span]:
    running = Span(today.year, (today.month + 2) // 3)
    spans = [running]
    for _earlier in range(4):
        spans.append(spans[-1].previous())
    return [*spans[1:], Span(today.year - 1)]
