"""The desk of who plans: the years, and the workspace of one, from the draft to its approval."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons import clock, institutes
from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Actor
from calpulli.people.doors import Role
from calpulli.planning import doors as planning

from .. import actions, inputs, policies, queries
from ..actions.checks import unfinished
from ..inputs.amounts import amount_words
from ..inputs.forms import ApproveForm, OpenForm, ReasonForm, day_typed
from ..models import Exercise
from .acting import attempt, blank, said

INVENTED = "Programa anual de demostración: lo que dice es inventado."


@staff(policies.see_exercise)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exercises(request: HttpRequest) -> HttpResponse:
    """Every year, and the way to open another."""
    actor = actor_of(request)
    plans = [(card.key, planning.named(card.key)) for card in planning.own_plans() if plans_for(actor, card.key)]
    form = OpenForm(request.POST or None, plans=plans, initial={"year": clock.today().year + 1})
    if request.method == "POST":
        if not plans:
            raise Http404
        if form.is_valid() and (made := _open(request, form)):
            return redirect("annual_exercise", exercise_id=made)
    found = queries.exercise_list(public=False)
    names = {one.plan_key: planning.named(one.plan_key) for one in found}
    context = {"exercises": found, "names": names, "form": form, "plans": plans}
    return render(request, "annual/exercises.jinja", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, form: OpenForm) -> int:
    """The key of the new exercise; 0 if it was refused."""
    invented = INVENTED if institutes.current().demonstration else ""
    command = inputs.OpenExercise(form.cleaned_data["plan_key"], form.cleaned_data["year"], invented)
    told = {"plan": command.plan_key, "year": command.year}
    done = attempt(request, form, lambda: actions.open_exercise(command, by=actor_of(request)), **told)
    return done.result.pk if done else 0


@staff(policies.see_exercise)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, exercise_id: int) -> HttpResponse:
    """A year whole: programmes, activities, what is missing, and the step that follows."""
    found = get_object_or_404(Exercise, pk=exercise_id)
    if request.method != "POST":
        return _show(request, found)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    return step(request, found)


def plans_for(actor: Actor, plan_key: str) -> bool:
    """Whether the actor writes the annual programme of that plan."""
    card = planning.find_card(plan_key)
    return card is not None and policies.open_exercise(actor) and policies.holds(actor, Role.AUTHOR, card.scope)


def _submit(request: HttpRequest, found: Exercise) -> HttpResponse:
    buttons = blank()
    command = inputs.SubmitExercise(found.pk)
    if attempt(request, buttons, lambda: actions.submit_exercise(command, by=actor_of(request)), **_told(found)):
        return redirect("desk")
    return _show(request, found, submit=buttons)


def _send_back(request: HttpRequest, found: Exercise) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        command = inputs.ReturnExercise(found.pk, form.cleaned_data["reason"])
        if attempt(request, form, lambda: actions.return_exercise(command, by=actor_of(request)), **_told(found)):
            return redirect("desk")
    return _show(request, found, back=form)


def _approve(request: HttpRequest, found: Exercise) -> HttpResponse:
    form = ApproveForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        command = inputs.ApproveExercise(found.pk, told["agreement"], told["approved_on"], told["agreement_url"])
        if attempt(request, form, lambda: actions.approve_exercise(command, by=actor_of(request)), **_told(found)):
            return redirect("desk")
    return _show(request, found, approve=form)


STEPS = {"submit": _submit, "return": _send_back, "approve": _approve}


def _told(found: Exercise) -> dict[str, Any]:
    return {"plan": found.plan_key, "year": found.year}


def _show(request: HttpRequest, found: Exercise, **given: Any) -> HttpResponse:
    actor = actor_of(request)
    card = planning.find_card(found.plan_key)
    draft = found.state == Exercise.State.DRAFT
    reviews = policies.approve_exercise(actor) and card is not None and policies.holds(actor, Role.REVIEWER, card.scope)
    context = {
        "view": queries.view_of(found),
        "planner": plans_for(actor, found.plan_key),
        "reviewer": reviews and str(found.author_id) != actor.account,
        "mine": str(found.author_id) == actor.account,
        "missing": list(unfinished(found)) if draft else [],
        "unserved": _unserved(found),
        "amount_words": amount_words,
        "done": said(request),
        "submit": None,
        "back": ReasonForm(),
        "approve": ApproveForm(initial={"approved_on": day_typed(clock.today())}),
    }
    return render(request, "annual/exercise.jinja", context | given, status=422 if given else 200)


def _unserved(found: Exercise) -> list[planning.LineCard]:
    """The lines of the plan that no activity serves."""
    card = planning.find_card(found.plan_key)
    served = set(found.activities.values_list("shares__line", flat=True))
    return [line for line in card.lines if line.identifier not in served] if card else []
