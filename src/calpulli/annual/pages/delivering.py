"""Deliveries: one at a time from a form of few fields, and records that no longer count."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons import clock
from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Actor
from calpulli.people import doors as people
from calpulli.people.doors import Role

from .. import actions, inputs, policies
from ..actions.deliveries import what_is_asked
from ..inputs.forms import DeliveryForm, ReasonForm, day_typed
from ..models import Activity, DeliveryBatch, Exercise
from .acting import attempt, said

SHOWN = 20
AGAIN = ("activity", "on", "district")  # what the next delivery very likely shares with this one


@staff(policies.record_deliveries)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deliveries(request: HttpRequest) -> HttpResponse:
    """The form, and what this person recorded last."""
    actor = actor_of(request)
    activities, posted = _activities(actor), request.POST if request.method == "POST" else None
    form = _form(request, actor, activities, posted)
    command = _command(form) if form.is_valid() else None
    if command and _recorded(request, form, command):
        kept = "&".join(f"{name}={request.POST.get(name, '')}" for name in AGAIN)
        return redirect(f"{reverse('annual_deliveries')}?{kept}")
    batches = DeliveryBatch.objects.filter(Q(author_id=actor.account)).order_by("-pk")[:SHOWN]
    shown = [(batch, batch.deliveries.select_related("activity").order_by("position").first()) for batch in batches]
    context = {"form": form, "activities": activities, "batches": shown, "done": said(request)}
    context |= {"of_people": any(one.tells_people for one in activities), "may_bring": policies.import_poa(actor)}
    context["asked"] = what_is_asked(command, by=actor) if command and "confirmed" in form.errors else ""
    return render(request, "annual/deliveries.jinja", context, status=422 if form.errors else 200)


@staff(policies.withdraw_deliveries)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, batch_id: int) -> HttpResponse:
    """A record that no longer counts, with the reason."""
    batch = get_object_or_404(DeliveryBatch, pk=batch_id)
    rows = list(batch.deliveries.select_related("activity__exercise").order_by("position")[:SHOWN])
    if not rows or not policies.records_for(actor_of(request), rows[0].activity.area, _districts(batch)):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        exercise = rows[0].activity.exercise
        told = {"plan": exercise.plan_key, "year": exercise.year, "activity": rows[0].activity.key}
        command = inputs.WithdrawDeliveries(batch.pk, form.cleaned_data["reason"])
        if attempt(request, form, lambda: actions.withdraw_deliveries(command, by=actor_of(request)), **told):
            return redirect("annual_deliveries")
    names = {card.key: card.name for card in people.area_cards()}
    context = {"batch": batch, "rows": rows, "form": form, "names": names}
    return render(request, "annual/withdraw.jinja", context, status=422 if form.errors else 200)


def _districts(batch: DeliveryBatch) -> frozenset[str]:
    return frozenset(batch.deliveries.values_list("district", flat=True).distinct())


def _activities(actor: Actor) -> list[Activity]:
    """Those whose deliveries this person may record: of her areas, or done in her district."""
    found = Activity.objects.filter(exercise__state=Exercise.State.APPROVED, counted=True).select_related("exercise")
    year = clock.today().year
    recent = found.filter(exercise__year__gte=year - 1).order_by("-exercise__year", "key")
    mine = _own_districts(actor)
    return [
        one for one in recent if actor.may(Role.AUTHOR, one.area) or (mine and (not one.districts or mine & set(one.districts)))
    ]


def _own_districts(actor: Actor) -> set[str]:
    return {card.key for card in people.area_cards() if card.is_district and actor.may(Role.DISTRICT_CLERK, card.key)}


def _form(request: HttpRequest, actor: Actor, activities: list[Activity], posted: Any) -> DeliveryForm:
    offices = [card for card in people.area_cards() if card.is_district]
    if not actor.may(Role.AUTHOR):
        offices = [card for card in offices if card.key in _own_districts(actor)]
    nowhere = [("", _("Ninguno en particular"))] if actor.may(Role.AUTHOR) else []
    initial = {"on": day_typed(clock.today()), "women": 0, "men": 0, "unsaid": 0, "units": 1}
    initial |= {name: request.GET[name] for name in AGAIN if name in request.GET}
    choices = [(str(one.pk), f"{one.key} {one.name} ({one.unit}, {one.exercise.year})") for one in activities]
    districts = [*nowhere, *((card.key, card.name) for card in offices)]
    return DeliveryForm(posted, activities=choices, districts=districts, initial=initial)


def _command(form: DeliveryForm) -> inputs.RecordDeliveries:
    data = form.cleaned_data
    names = ("district", "units", "women", "men", "unsaid")
    row = inputs.DeliveryRow(int(data["activity"]), data["on"], **{name: data[name] for name in names})
    return inputs.RecordDeliveries((row,), confirmed=data["confirmed"])


def _recorded(request: HttpRequest, form: DeliveryForm, command: inputs.RecordDeliveries) -> bool:
    activity = Activity.objects.select_related("exercise").get(pk=command.rows[0].activity_id)
    told = {"plan": activity.exercise.plan_key, "year": activity.exercise.year, "activity": activity.key}
    return attempt(request, form, lambda: actions.record_deliveries(command, by=actor_of(request)), **told) is not None
