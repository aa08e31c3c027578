"""Public pages: the years, a year, a programme, an activity, and the evidence of approved reports."""

from __future__ import annotations

from functools import partial

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons import files
from calpulli.commons.access import actor_of, public
from calpulli.commons.page_parts import period_words
from calpulli.commons.registries.beside import beside

from .. import queries, tallies
from ..actions.saying import counted_quarters, done_words, year_done_words
from ..inputs.amounts import amount_words, share_words
from ..models import Evidence
from ..queries import ExerciseView
from .acting import sees_unapproved
from .figures import counts_figure, goals_figure, month_names

# Whatever it is, a browser runs nothing of it and loads nothing for it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@public
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Every annual programme that is approved."""
    return render(request, "annual/years.jinja", {"exercises": queries.exercise_list(public=True)})


@public
@require_safe
def year(request: HttpRequest, plan_key: str, year: int) -> HttpResponse:
    """The annual programme of a year: how it is doing, its programmes, what waits and what is late."""
    view = _found(plan_key, year)
    quarters = {number: period_words(f"{year}-Q{number}").capitalize() for number in (1, 2, 3, 4)}
    late = [one for activity in view.activities for one in activity.quarters if one.is_late]
    context = {
        "view": view,
        "figure": counts_figure(view, quarters),
        "late": late,
        "quarters": quarters,
        "amount_words": amount_words,
        "year_done_words": year_done_words,
    }
    return render(request, "annual/year.jinja", context)


@public
@require_safe
def programme(request: HttpRequest, plan_key: str, year: int, key: str) -> HttpResponse:
    """A programme with its activities and its matrix."""
    view = _found(plan_key, year)
    found = next((one for one in view.programmes if one.programme.key == key), None)
    if found is None:
        raise Http404
    words = {"amount_words": amount_words, "year_done_words": year_done_words}
    return render(request, "annual/programme.jinja", {"view": view, "found": found} | words)


@public
@require_safe
def activity(request: HttpRequest, plan_key: str, year: int, key: str) -> HttpResponse:
    """An activity: what it is, whom it serves, its goals and what came of them."""
    view = _found(plan_key, year)
    found = view.activity(key)
    if found is None:
        raise Http404
    context = {"view": view, "found": found, "figure": goals_figure(found), "months": month_names()}
    shown = found.activity.counted and not found.activity.tells_people
    context |= {"now": counted_quarters(found.activity, found.goals) if shown else {}}
    changed = tallies.changed_quarters(view.exercise.pk) if shown else set()
    context |= {"changed": {quarter for activity, quarter in changed if activity == found.activity.pk}}
    context |= {"beside": beside(plan_key, year, key), "done_words": partial(done_words, found.activity)}
    context |= {"amount": amount_words, "share": share_words, "cause_words": queries.cause_words}
    return render(request, "annual/activity.jinja", context)


@public
@require_safe
def evidence(request: HttpRequest, sha256: str, extension: str) -> HttpResponse:
    """The bytes of that hash: for anyone once a report that carries it is approved; before, for whom it concerns. Else 404."""
    found = Evidence.objects.filter(sha256=sha256, extension=extension)
    first, is_public = found.first(), found.filter(report__state="approved").exists()
    if first is None or not (is_public or _concerns(request, found)):
        raise Http404
    answer = HttpResponse(files.read(sha256), content_type=first.media_type)
    shown = "inline" if first.media_type.startswith("image/") else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{sha256}.{extension}"'
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if is_public else "private, no-store"
    return answer


def _concerns(request: HttpRequest, found: QuerySet[Evidence]) -> bool:
    """Whether this person may read a report that carries it."""
    if not request.user.is_authenticated:
        return False
    actor, carried = actor_of(request), found.select_related("report__activity__exercise")
    return any(sees_unapproved(actor, one.report.activity) for one in carried)


def _found(plan_key: str, year: int) -> ExerciseView:
    view = queries.find_exercise(plan_key, year)
    if view is None:
        raise Http404
    return view
