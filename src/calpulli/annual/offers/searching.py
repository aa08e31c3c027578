"""The annual programmes that are approved, their programmes and activities, to be searched."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.answerers import answerer_named
from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact, Document, Precedence, Searchable

from .. import queries
from ..actions.saying import year_done_words
from ..inputs.amounts import amount_words
from ..models import Activity, Exercise, Programme

APPROVED = Exercise.State.APPROVED


def _precedence(exercise: Exercise) -> Precedence:
    running = queries.running_year(exercise.plan_key)
    return Precedence.IN_FORCE if running in (exercise.year, None) else Precedence.EARLIER


def _context(exercise: Exercise) -> str:
    return _("Programa anual %(year)s") % {"year": exercise.year}


def _programmes() -> Iterator[Document]:
    found = Programme.objects.filter(exercise__state=APPROVED).select_related("exercise").prefetch_related("matrix")
    for one in found.order_by("exercise__year", "key"):
        at = one.exercise.plan_key, one.exercise.year, one.key
        yield Document(
            "/".join(map(str, at)),
            _("Programa %(key)s del año") % {"key": one.key},
            one.name,
            reverse("poa_programme", args=at),
            " ".join(row.summary for row in one.matrix.all()),
            _context(one.exercise),
            _precedence(one.exercise),
        )


def _activities() -> Iterator[Document]:
    found = Activity.objects.filter(exercise__state=APPROVED).select_related("exercise").order_by("exercise__year", "key")
    for one in found:
        at = one.exercise.plan_key, one.exercise.year, one.key
        yield Document(
            "/".join(map(str, at)),
            _("Actividad %(key)s") % {"key": one.key},
            one.name,
            reverse("poa_activity", args=at),
            f"{one.description} {one.population} {one.unit}".strip(),
            _context(one.exercise),
            _precedence(one.exercise),
        )


def _about_activity(key: str) -> tuple[AnswerFact, ...]:
    plan, _slash, rest = key.partition("/")
    year, _slash, activity = rest.partition("/")
    found = Activity.objects.filter(exercise__state=APPROVED, exercise__plan_key=plan, key=activity)
    one = found.filter(exercise__year=int(year)).select_related("exercise").first() if year.isdecimal() else None
    if one is None:
        return ()
    view = queries.activity_view(one)
    told = {"done": year_done_words(view), "goal": amount_words(view.year_goal), "unit": one.unit}
    area = answerer_named(view.area_name)
    return (
        AnswerFact(
            _("Lleva hecho"), _("%(done)s de %(goal)s %(unit)s") % told, reverse("poa_activity", args=[plan, year, activity])
        ),
        AnswerFact(_("Quién responde"), view.area_name, area.url if area else ""),
    )


SEARCHABLES.add("annual.programme", Searchable("annual.programme", gettext_lazy("Programas del año"), _programmes))
SEARCHABLES.add(
    "annual.activity", Searchable("annual.activity", gettext_lazy("Actividades del año"), _activities, _about_activity)
)
