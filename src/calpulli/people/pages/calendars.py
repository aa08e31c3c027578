"""One's due dates outside of the site: the address that a telephone or a reader follows, and what it gets there."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calpulli.commons import clock, institutes
from calpulli.commons.access import actor_of, public, staff
from calpulli.commons.registries.desk import Task

from .. import calendars, policies
from ..models import Account
from . import gathering

LOOKS_BACK = dt.timedelta(days=365)


@staff(policies.open_desk)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_address(request: HttpRequest) -> HttpResponse:
    """The person's own address; with "renew" another one, with "withdraw" none."""
    account = _signed_in(request)
    if "renew" in request.POST:
        calendars.renew(account.pk)
    if "withdraw" in request.POST:
        calendars.withdraw(account.pk)
    if request.method == "POST":
        return redirect("calendar_address")
    token = calendars.token_of(account.pk)
    context = {
        "calendar": request.build_absolute_uri(reverse("private_calendar", args=[token])) if token else "",
        "feed": request.build_absolute_uri(reverse("private_feed", args=[token])) if token else "",
        "dates": gathering.dates_of(actor_of(request)),
    }
    return render(request, "people/calendar.jinja", context)


def _signed_in(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    return account


@public
@never_cache
@require_safe
def private_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The due dates that concern whoever the address belongs to, also those that passed and still wait."""
    account = _owner(token)
    dates = gathering.dates_of(account.actor(), since=clock.today() - LOOKS_BACK, within=None)
    name = _("Mis fechas en %(institute)s") % {"institute": institutes.current().name}
    content = calendars.calendar_file(dates, name=name, absolute=request.build_absolute_uri)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@public
@never_cache
@require_safe
def private_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What waits for whoever the address belongs to; a task that passes to its next state is another entry."""
    account = _owner(token)
    feed = Atom1Feed(
        title=_("Mis pendientes en %(institute)s") % {"institute": institutes.current().name},
        link=request.build_absolute_uri(reverse("desk")),
        description="",
        language="es-MX",
        author_name=institutes.current().name,
        feed_url=request.build_absolute_uri(request.path),
    )
    for task in gathering.waiting_for(account.actor()).mine:
        feed.add_item(
            title=task.what,
            link=request.build_absolute_uri(reverse("desk") if task.step.sends else task.step.url),
            description=f"{task.about} {_due(task)}",
            unique_id=f"urn:calpulli:{task.key}:{task.state}",
            updateddate=dt.datetime.combine(task.since or clock.today(), dt.time(6), dt.UTC),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _due(task: Task) -> str:
    if task.due_on is None:
        return task.standing.capitalize() + "."
    return _("Plazo: %(date)s, %(standing)s.") % {"date": f"{task.due_on:%d/%m/%Y}", "standing": task.standing}


def _owner(token: str) -> Account:
    account = calendars.account_of(token)
    if account is None:
        raise Http404
    return account
