"""The forms of a draft: a programme with its matrix, an activity with its goals and lines."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import actor_of, staff
from calpulli.people import doors as people
from calpulli.planning import doors as planning

from .. import actions, inputs, policies
from ..inputs.amounts import share_typed
from ..inputs.forms import SLOTS, ActivityForm, ProgrammeForm, typed_goals
from ..models import Activity, Exercise, MatrixRow, Programme
from .acting import attempt
from .exercises import plans_for

ROWS = ("level", "summary", "indicator", "verification", "assumptions")
FLAGS = ("cumulative", "counted", "of_people", "gender", "rights")
WORDS = ("key", "name", "description", "area", "post", "unit", "population")


@staff(policies.write_programme)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_programme(request: HttpRequest, exercise_id: int) -> HttpResponse:
    """A programme that is not there yet."""
    return _programme(request, _draft(request, exercise_id), None)


@staff(policies.write_programme)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, programme_id: int) -> HttpResponse:
    """A programme, written anew or taken away."""
    found = get_object_or_404(Programme.objects.select_related("exercise"), pk=programme_id)
    return _programme(request, _draft(request, found.exercise_id), found)


@staff(policies.write_activity)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_activity(request: HttpRequest, exercise_id: int) -> HttpResponse:
    """An activity that is not there yet."""
    return _activity(request, _draft(request, exercise_id), None)


@staff(policies.write_activity)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """An activity, written anew or taken away."""
    found = get_object_or_404(Activity.objects.select_related("exercise", "programme"), pk=activity_id)
    return _activity(request, _draft(request, found.exercise_id), found)


def _draft(request: HttpRequest, exercise_id: int) -> Exercise:
    """The exercise, for whoever writes it while it is a draft; for anyone else it is not there."""
    found = get_object_or_404(Exercise, pk=exercise_id)
    if found.state != Exercise.State.DRAFT or not plans_for(actor_of(request), found.plan_key):
        raise Http404
    return found


def _programme(request: HttpRequest, exercise: Exercise, found: Programme | None) -> HttpResponse:
    form = _programme_form(request, found)
    if request.method == "POST" and form.is_valid() and _wrote_programme(request, exercise, found, form):
        return redirect("annual_exercise", exercise_id=exercise.pk)
    context = {"exercise": exercise, "found": found, "form": form}
    return render(request, "annual/programme_form.jinja", context, status=422 if form.errors else 200)


def _programme_form(request: HttpRequest, found: Programme | None) -> ProgrammeForm:
    matrix = list(found.matrix.all()) if found else []
    initial: dict[str, Any] = {name: getattr(found, name) for name in ("key", "name", "kind", "needs_matrix")} if found else {}
    for place, row in enumerate(matrix, 1):
        initial |= {f"{name}_{place}": getattr(row, name) for name in ROWS}
    posted = request.POST if request.method == "POST" else None
    levels, rows = MatrixRow.Level.choices, max(5, len(matrix) + 2)
    return ProgrammeForm(posted, kinds=Programme.Kind.choices, levels=levels, rows=rows, initial=initial)


def _wrote_programme(request: HttpRequest, exercise: Exercise, found: Programme | None, form: ProgrammeForm) -> bool:
    actor, told = actor_of(request), {"plan": exercise.plan_key, "year": exercise.year}
    if found and "drop" in request.POST:
        drop = inputs.DropProgramme(found.pk)
        return attempt(request, form, lambda: actions.drop_programme(drop, by=actor), **told) is not None
    data = form.cleaned_data
    rows = ([data[f"{name}_{place}"] for name in ROWS] for place in form.rows)
    matrix = tuple(inputs.MatrixLine(*row) for row in rows if any(row))
    command = inputs.WriteProgramme(
        exercise.pk, data["key"], data["name"], data["kind"], data["needs_matrix"], matrix, found.pk if found else None
    )
    return attempt(request, form, lambda: actions.write_programme(command, by=actor), **told) is not None


def _activity(request: HttpRequest, exercise: Exercise, found: Activity | None) -> HttpResponse:
    form = _activity_form(request, exercise, found)
    if request.method == "POST" and form.is_valid() and _wrote_activity(request, exercise, found, form):
        return redirect("annual_exercise", exercise_id=exercise.pk)
    context = {"exercise": exercise, "found": found, "form": form}
    return render(request, "annual/activity_form.jinja", context, status=422 if form.errors else 200)


def _activity_form(request: HttpRequest, exercise: Exercise, found: Activity | None) -> ActivityForm:
    cards, plan = people.area_cards(), planning.find_card(exercise.plan_key)
    choices = {
        "programme": [(one.key, f"{one.key} {one.name}") for one in exercise.programmes.all()],
        "area": [(card.key, card.name) for card in cards],
        "post": [("", "—"), *((key, f"{card.name}: {title}") for card in cards for key, title in card.posts)],
        "districts": [(card.key, card.name) for card in cards if card.is_district],
    }
    lines = [(line.identifier, f"{line.number} {line.text}") for line in plan.lines] if plan else []
    shares = list(found.shares.all()) if found else []
    posted = request.POST if request.method == "POST" else None
    slots = max(SLOTS, len(shares) + 1)
    return ActivityForm(posted, choices=choices, lines=lines, slots=slots, initial=_initial(found))


def _initial(found: Activity | None) -> dict[str, Any]:
    if found is None:
        return {"cumulative": True}
    told: dict[str, Any] = {name: getattr(found, name) for name in (*WORDS, *FLAGS, "districts")}
    told["programme"] = found.programme.key
    told["of_people"] = "" if found.of_people is None else "yes" if found.of_people else "no"
    for place, share in enumerate(found.shares.all(), 1):
        told |= {f"line_{place}": share.line, f"share_{place}": share_typed(share.share)}
    return told | typed_goals({goal.month: goal.programmed for goal in found.goals.all()})


def _wrote_activity(request: HttpRequest, exercise: Exercise, found: Activity | None, form: ActivityForm) -> bool:
    actor, data = actor_of(request), form.cleaned_data
    told = {"plan": exercise.plan_key, "year": exercise.year, "activity": data["key"]}
    if found and "drop" in request.POST:
        drop = inputs.DropActivity(found.pk)
        return attempt(request, form, lambda: actions.drop_activity(drop, by=actor), **told) is not None
    command = inputs.WriteActivity(
        exercise.pk,
        data["programme"],
        **{name: data[name] for name in (*WORDS, *FLAGS)},
        districts=tuple(data["districts"]),
        shares=form.shares(),
        goals=form.goals(),
        activity_id=found.pk if found else None,
    )
    return attempt(request, form, lambda: actions.write_activity(command, by=actor), **told) is not None
