"""The dated rules that records follow: their names, the editions under way that need them, and the pages that count by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.rules import Need, RuleUse, offer
from calpulli_core.law.rules import Rule

from .. import queries
from ..models import Edition
from ..queries import PeriodView

SEALED = (Edition.State.SEALED, Edition.State.PUBLISHED)


def _needs(*, whole_year: bool) -> Callable[[], Iterator[Need]]:
    """What is not sealed yet, opened or not: a sealed edition carries its own rule."""

    def needs() -> Iterator[Need]:
        for plan in queries.plan_views(public=False):
            for period in queries.calendar_of(plan):
                if (period.span.quarter is None) == whole_year and not _carries_its_rule(period):
                    what = f"El registro de {plan.key}, {period.code},"
                    yield Need(plan.institute, period.span.ends_on, what)

    return needs


def _carries_its_rule(period: PeriodView) -> bool:
    return bool(period.editions) and all(one.state in SEALED for one in period.editions)


def _shown(institute: str) -> Iterable[tuple[Rule, str]]:
    for plan in (plan for plan in queries.plan_views() if plan.institute == institute):
        for period in filter(queries.has_rule, queries.calendar_of(plan)):
            for page in ("deadline", "record"):
                yield period.deadline.rule, reverse(page, args=[plan.key, period.code])


offer(RuleUse("record.quarterly", gettext_lazy("Plazo del registro trimestral"), _needs(whole_year=False), _shown))
offer(RuleUse("record.annual", gettext_lazy("Plazo del registro anual"), _needs(whole_year=True), _shown))
