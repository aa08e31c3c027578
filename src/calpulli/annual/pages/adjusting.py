"""Adjustments of goals: proposed by who plans, decided by another person."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons import clock
from calpulli.commons.access import actor_of, staff
from calpulli.people.doors import Role
from calpulli.planning import doors as planning

from .. import actions, inputs, policies, queries
from ..inputs.amounts import amount_words
from ..inputs.forms import AdjustForm, AnswerForm, typed_goals
from ..models import Activity, Adjustment, Exercise
from .acting import attempt
from .exercises import plans_for
from .figures import month_names


@staff(policies.propose_adjustment)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_adjustment(request: HttpRequest, activity_id: int) -> HttpResponse:
    """New goals for the months that have not ended."""
    found = get_object_or_404(Activity.objects.select_related("exercise"), pk=activity_id)
    exercise = found.exercise
    if exercise.state != Exercise.State.APPROVED or not plans_for(actor_of(request), exercise.plan_key):
        raise Http404
    view, today = queries.activity_view(found), clock.today()
    months = [month for month in range(1, 13) if (exercise.year, month) >= (today.year, today.month)]
    posted = request.POST if request.method == "POST" else None
    form = AdjustForm(posted, months=months, initial=typed_goals(view.goals))
    if form.is_valid():
        command = inputs.ProposeAdjustment(found.pk, form.goals(), form.cleaned_data["reason"])
        told = {"plan": exercise.plan_key, "year": exercise.year, "activity": found.key}
        if attempt(request, form, lambda: actions.propose_adjustment(command, by=actor_of(request)), **told):
            return redirect("desk")
    context = {"view": view, "exercise": exercise, "form": form, "amount": amount_words}
    return render(request, "annual/adjustment_form.jinja", context, status=422 if form.errors else 200)


@staff(policies.see_exercise)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adjustment(request: HttpRequest, adjustment_id: int) -> HttpResponse:
    """What is proposed, month by month, and the decision on it."""
    found = get_object_or_404(Adjustment.objects.select_related("activity__exercise"), pk=adjustment_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not decides(request, found):
        raise Http404
    if form.is_valid() and _decided(request, found, form):
        return redirect("desk")
    changes = [
        (month_names()[int(month) - 1].capitalize(), amount_words(found.before.get(month, 0)), amount_words(amount))
        for month, amount in found.after.items()
        if amount != found.before.get(month, 0)
    ]
    context = {"found": found, "activity": found.activity, "exercise": found.activity.exercise, "form": form, "changes": changes}
    until = queries.approvable_until(found)
    context |= {"decides": decides(request, found), "until": until, "over": clock.today() > until}
    return render(request, "annual/adjustment.jinja", context, status=422 if form.errors else 200)


def decides(request: HttpRequest, found: Adjustment) -> bool:
    """Whether this person may decide on it: never who proposed it."""
    actor, card = actor_of(request), planning.find_card(found.activity.exercise.plan_key)
    reviews = card is not None and policies.approve_adjustment(actor) and policies.holds(actor, Role.REVIEWER, card.scope)
    return reviews and found.state == Adjustment.State.PROPOSED and str(found.author_id) != actor.account


def _decided(request: HttpRequest, found: Adjustment, form: forms.Form) -> bool:
    act = actions.refuse_adjustment if "refuse" in request.POST else actions.approve_adjustment
    command = inputs.DecideAdjustment(found.pk, form.cleaned_data["answer"])
    exercise = found.activity.exercise
    told = {"plan": exercise.plan_key, "year": exercise.year, "activity": found.activity.key}
    return attempt(request, form, lambda: act(command, by=actor_of(request)), **told) is not None
