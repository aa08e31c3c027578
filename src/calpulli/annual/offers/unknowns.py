"""What is not known of the annual programme: quarters that no approved report tells, reports without evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown, UnknownSource

from .. import queries
from ..queries.views import ActivityView, ExerciseView


def _page(view: ExerciseView, found: ActivityView) -> str:
    exercise = view.exercise
    return reverse("poa_activity", args=[exercise.plan_key, exercise.year, found.activity.key])


def _unknowns() -> Iterator[Unknown]:
    for plan_key, year in sorted(queries.published_years()):
        view = queries.find_exercise(plan_key, year)
        if view is not None:
            yield from _untold(view)
            yield from _without_post(view)
            yield from _without_evidence(view)


def _untold(view: ExerciseView) -> Iterator[Unknown]:
    """One for the year: the same quarters lack in nearly all."""
    pages = [_page(view, one) for one in view.activities if any(quarter.is_untold for quarter in one.quarters)]
    if not pages:
        return
    first, *others = pages
    yield Unknown(
        what=_("Lo que se hizo en %(year)s que ningún reporte aprobado dice todavía") % {"year": view.exercise.year},
        mark=Mark.NO_DATA,
        url=first,
        place=_("Cada actividad del programa anual"),
        owner=institutes.open_data().areas.get("annual") or institutes.current().name,
        remedy=_("Que cada área envíe su reporte del trimestre y otra persona lo apruebe."),
        also=tuple(others),
    )


def _without_post(view: ExerciseView) -> Iterator[Unknown]:
    pages = [_page(view, one) for one in view.activities if not one.post_title]
    if not pages:
        return
    first, *others = pages
    yield Unknown(
        what=_("El puesto que responde por cada actividad del programa anual %(year)s") % {"year": view.exercise.year},
        mark=Mark.NO_DATA,
        url=first,
        place=_("Ficha de cada actividad"),
        owner=institutes.open_data().areas.get("annual") or institutes.current().name,
        remedy=_("Que quien planea escriba el puesto en la actividad, antes de que el programa del año se apruebe."),
        also=tuple(others),
    )


def _without_evidence(view: ExerciseView) -> Iterator[Unknown]:
    for one in view.activities:
        quarters = [quarter.quarter for quarter in one.quarters if quarter.counting and not quarter.counting.evidence.all()]
        if quarters:
            told = {"key": one.activity.key, "quarters": ", ".join(map(str, quarters)), "year": view.exercise.year}
            yield Unknown(
                what=_("La evidencia de la actividad %(key)s en %(year)s, trimestre %(quarters)s") % told,
                mark=Mark.NO_EVIDENCE,
                url=_page(view, one),
                place=_("Actividad %(key)s") % {"key": one.activity.key},
                owner=one.area_name,
                remedy=_("Que el área corrija su reporte y agregue lo que muestra que así fue."),
            )


UNKNOWNS.add("annual.programme", UnknownSource("annual.programme", _unknowns))
