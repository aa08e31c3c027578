"""What anyone may follow of the annual programme: a whole year, or one of its activities."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons.registries.topics import Topic, TopicFamily, offer_topics

from .. import queries
from ..models import Activity
from ..topics import ACTIVITY, YEAR


def find_year(item: str) -> Topic | None:
    """An approved year, as `PLAN/YEAR`."""
    plan_key, year = _year(item)
    if (plan_key, year) not in queries.published_years():
        return None
    title = _("Programa anual %(year)s: reportes que se aprueban y metas que cambian") % {"year": year}
    return Topic(f"{YEAR}:{item}", title, reverse("poa_year", args=[plan_key, year]))


def find_activity(item: str) -> Topic | None:
    """An activity of an approved year, as `PLAN/YEAR/KEY`."""
    of, _slash, key = item.rpartition("/")
    plan_key, year = _year(of)
    if (plan_key, year) not in queries.published_years():
        return None
    found = Activity.objects.filter(exercise__plan_key=plan_key, exercise__year=year, key=key).first()
    if found is None:
        return None
    title = _("Actividad %(key)s del programa anual %(year)s: %(name)s") % {"key": key, "year": year, "name": found.name}
    return Topic(f"{ACTIVITY}:{item}", title, reverse("poa_activity", args=[plan_key, year, key]))


def _year(item: str) -> tuple[str, int]:
    """The plan and the year; the year 0 for what is none, or is written otherwise than its address."""
    plan_key, _slash, year = item.partition("/")
    written = year.isascii() and year.isdigit() and len(year) == 4
    return plan_key, int(year) if written else 0


offer_topics(TopicFamily(YEAR, find_year))
offer_topics(TopicFamily(ACTIVITY, find_activity))
