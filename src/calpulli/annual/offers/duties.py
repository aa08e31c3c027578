"""The activities of the running year that an area has in charge, of every plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.duties import Duty, DutyLink, offer
from calpulli.people import doors as people

from .. import queries
from ..models import Activity


def _activities_of(area: str) -> Sequence[DutyLink]:
    key = people.area_key(area)
    return [
        DutyLink(f"{one.key} {one.name}", reverse("poa_activity", args=[exercise.plan_key, exercise.year, one.key]))
        for exercise in queries.exercise_list(public=True)
        if key is not None and exercise.year == queries.running_year(exercise.plan_key)
        for one in Activity.objects.filter(exercise=exercise, area=key).order_by("key")
    ]


offer(Duty("annual.activities", gettext_lazy("Actividades del programa anual de las que responde"), _activities_of))
