"""The money of an activity, for its page in the annual programme."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons.registries.beside import Beside, BesideSource, offer_beside
from calpulli_core.budget import pesos_words

from .. import queries


def _of(plan_key: str, year: int, activity: str) -> Iterator[Beside]:
    programme = queries.published(year) if year in queries.years() else None
    if programme is None or programme.plan_key != plan_key or activity not in programme.activities:
        return
    found = [one for one in queries.purses(year) if one.activity == activity]
    balance = queries.total(found)
    told = {"modified": pesos_words(balance.modified), "accrued": pesos_words(balance.accrued)}
    value = _("%(accrued)s devengados de %(modified)s") % told if found else ""
    yield Beside(_("Su dinero"), value, reverse("budget_activity", args=[year, activity]))


offer_beside(BesideSource("budget", _of))
