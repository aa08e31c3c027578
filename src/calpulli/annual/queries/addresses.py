"""Where the public page of an activity is."""

from __future__ import annotations

from django.urls import reverse

from calpulli.ledger.doors import remembered
from calpulli_core.indicators.moments import Grain, Moment

from ..models import Activity, Exercise
from .counting import months_within, quarter_of


def activity_page(key: str, moment: Moment) -> str:
    """Of an approved exercise: at its report, where the period is of a quarter. Empty where there is none, or more than one."""
    plans = _plans().get((moment.year, key), ())
    if len(plans) != 1:
        return ""
    page = reverse("poa_activity", args=[plans[0], moment.year, key])
    return page if moment.grain is Grain.YEAR else f"{page}#trimestre-{quarter_of(months_within(moment).start + 1)}"


@remembered("annual")
def _plans() -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    rows = Activity.objects.filter(exercise__state=Exercise.State.APPROVED).order_by("exercise__plan_key")
    for plan_key, year, key in rows.values_list("exercise__plan_key", "exercise__year", "key"):
        found[year, key] = (*found.get((year, key), ()), plan_key)
    return found
