"""Following a topic by mail, and leaving: every step has a page with one button, since mail programs open links by themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import network_address, public
from calpulli.commons.registries.messages import MESSAGES
from calpulli.commons.registries.topics import Topic, find_topic

from .. import following
from ..inputs import AddressForm
from ..models import Mailbox

View = Callable[..., HttpResponse]
page = require_http_methods(["GET", "HEAD", "POST"])


def by_link(view: View) -> View:
    """For links of a mail: one that is no longer good says so, and how to get another; nothing of it is kept by caches."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return view(request, token)
        except following.Outworn:
            return render(request, "notices/outworn.jinja", status=404)

    return never_cache(answer)


@public
@never_cache
@page
def follow(request: HttpRequest) -> HttpResponse:
    """Asks for an address, and mails it a link to confirm; the answer is the same whatever the address."""
    topic = _topic(request)
    form = AddressForm(request.POST or None)
    return _asking(request, form, lambda given, origin: following.ask(given, topic, origin=origin), topic)


@public
@never_cache
@page
def notices(request: HttpRequest) -> HttpResponse:
    """Asks for an address, and mails it the link to what it follows."""
    form = AddressForm(request.POST or None)
    return _asking(request, form, lambda given, origin: following.ask_list(given, origin=origin), None)


def _topic(request: HttpRequest) -> Topic:
    topic = find_topic(request.POST.get("tema") or request.GET.get("tema") or "")
    if topic is None:
        raise Http404
    return topic


def _asking(request: HttpRequest, form: AddressForm, ask: Callable[[str, str], None], topic: Topic | None) -> HttpResponse:
    asked, status = False, 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            ask(form.cleaned_data["address"], network_address(request))
            asked = True
        except following.TooOften:
            form.add_error(
                None, _("Se enviaron demasiados formularios desde esta conexión. Espere una hora y vuelva a intentarlo.")
            )
            status = 429
    template = "notices/follow.jinja" if topic else "notices/notices.jinja"
    return render(request, template, {"form": form, "topic": topic, "asked": asked}, status=status)


@public
@page
@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms with a button, so that a program that opens links confirms nothing."""
    done = request.method == "POST"
    topic = following.confirm(token) if done else following.asked_for(token)
    return render(request, "notices/confirm.jinja", {"topic": topic, "done": done})


@public
@csrf_exempt  # the link is the right to do it, and mail programs post to it by themselves (RFC 8058)
@page
@by_link
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leaves what brought a mail, in one step and without signing in."""
    what, done = following.leaving(token), request.method == "POST"
    if done:
        following.leave(what)
    return render(request, "notices/leave.jinja", {"titles": what.titles, "of_kind": not what.topics, "done": done})


@public
@page
@by_link
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """All that an address follows and refuses, with a way out of each; whoever has the link is its owner."""
    mailbox = following.mailbox_listed(token)
    if request.method == "POST":
        _change(mailbox, request)
    refused = [{"key": key, "label": _label(key)} for key in following.refused(mailbox)]
    context: dict[str, Any] = {"followed": following.followed(mailbox), "refused": refused, "done": request.method == "POST"}
    return render(request, "notices/followed.jinja", context | {"token": token})


def _change(mailbox: Mailbox, request: HttpRequest) -> None:
    if "topic" in request.POST:
        following.unfollow(mailbox, request.POST["topic"])
    if "kind" in request.POST:
        following.want(mailbox.address, request.POST["kind"], wanted=True)


def _label(key: str) -> str:
    kind = MESSAGES.get(key)
    return str(kind.label) if kind else key
