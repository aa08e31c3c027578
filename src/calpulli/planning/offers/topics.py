"""What anyone may follow of a programme: its records, or one of its lines."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons.registries.topics import Topic, TopicFamily, offer_topics

from .. import queries
from ..topics import LINE, RECORDS


def find_records(plan_key: str) -> Topic | None:
    """The records of a plan."""
    plan = queries.find_plan(plan_key) if plan_key else None
    if plan is None:
        return None
    title = _("Registros publicados del programa %(year)s (%(name)s)") % {"name": plan.institution, "year": plan.generation}
    return Topic(f"{RECORDS}:{plan_key}", title, f"{reverse('records')}#{plan_key}")


def find_line(item: str) -> Topic | None:
    """A line of action, as `PLAN/NUMBER`."""
    plan_key, _slash, number = item.partition("/")
    plan = queries.find_plan(plan_key) if plan_key else None
    line = plan.line(number) if plan else None
    if plan is None or line is None:
        return None
    told = {"number": line.number, "name": plan.institution, "year": plan.generation}
    title = _("Línea de acción %(number)s del programa %(year)s (%(name)s)") % told
    return Topic(f"{LINE}:{item}", title, reverse("line", args=[plan_key, number]))


offer_topics(TopicFamily(RECORDS, find_records))
offer_topics(TopicFamily(LINE, find_line))
