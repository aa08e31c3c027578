"""The programmes whose record an area has in charge (column 12)."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.duties import Duty, DutyLink, offer

from .. import queries


def _records_of(area: str) -> Sequence[DutyLink]:
    """Of the institute's own plans: a plan of reference names an area of another institute."""
    return [
        DutyLink(_("Registros del %(plan)s") % {"plan": queries.name_of(plan)}, reverse("records") + f"#{plan.key}")
        for plan in queries.plan_views()
        if plan.is_own and plan.programme.responsible_area == area
    ]


offer(Duty("planning.records", gettext_lazy("Registros de los que es el área responsable"), _records_of))
