"""The desk: what waits for a person, what is due, what she did last and its receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from calpulli.commons import clock
from calpulli.commons.access import actor_of, staff

from .. import policies
from . import gathering


@staff(policies.open_desk)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this account, by due date, and what it did last."""
    actor = actor_of(request)
    told = request.session.pop("receipt", None)
    context = {
        "waiting": gathering.waiting_for(actor),
        "dates": gathering.dates_of(actor),
        "done": gathering.done_by(actor),
        "panels": gathering.panels_for(actor),
        "receipt": gathering.done_of(told) if told else None,
        "today": clock.today(),
        "sees_load": policies.see_load(actor),
    }
    return render(request, "people/desk.jinja", context)
