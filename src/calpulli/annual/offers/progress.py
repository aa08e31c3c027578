"""What is done for each line in the year, for its own page: the activities that serve it, with what they have done."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.progress import Progress, ProgressSource, offer_progress

from .. import queries
from ..actions.saying import year_done_words
from ..inputs.amounts import amount_words, share_words
from ..queries import ActivityView


def _of(plan_key: str, line: str) -> Iterator[Progress]:
    year = queries.running_year(plan_key)
    for view in queries.activities_of_line(plan_key, year, line) if year else ():
        yield _told(view, line)


def _told(view: ActivityView, line: str) -> Progress:
    activity, exercise = view.activity, view.activity.exercise
    share = next(one.share for one in view.shares if one.line.identifier == line)
    told = {"done": year_done_words(view), "goal": amount_words(view.year_goal), "unit": activity.unit}
    whole = share == queries.WHOLE_SHARE
    part = _("sirve solo a esta línea") if whole else _("%(share)s de la actividad es para esta línea")
    return Progress(
        label=f"{activity.key} {activity.name}",
        value=_("%(done)s de %(goal)s %(unit)s") % told,
        url=reverse("poa_activity", args=[exercise.plan_key, exercise.year, activity.key]),
        when=", ".join((str(exercise.year), part % {"share": share_words(share)})),
    )


offer_progress(ProgressSource("annual", _of, gettext_lazy("Qué se hace para ella este año")))
