"""The activities of the newest approved year that an area has in charge."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.duties import Duty, DutyLink, offer
from calpulli.people import doors as people

from .. import queries
from ..models import Activity


def _activities_of(area: str) -> Sequence[DutyLink]:
    newest = next(iter(queries.exercise_list(public=True)), None)
    key = people.area_key(area)
    if newest is None or key is None:
        return []
    return [
        DutyLink(f"{one.key} {one.name}", reverse("poa_activity", args=[newest.plan_key, newest.year, one.key]))
        for one in Activity.objects.filter(exercise=newest, area=key).order_by("key")
    ]


offer(Duty("annual.activities", gettext_lazy("Actividades del programa anual de las que responde"), _activities_of))
