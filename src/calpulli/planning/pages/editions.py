"""The steps of an edition, each taken from the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons import clock, prose
from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Done, Refused
from calpulli.commons.registries.addresses import known_addresses
from calpulli_core.formats.plain_text import write_day

from .. import actions, policies, queries
from ..inputs import (
    CaptureEdition,
    CaptureForm,
    OpenErratum,
    OpenPeriod,
    PublishEdition,
    ReasonForm,
    ReturnEdition,
    SealEdition,
    SealForm,
    WithdrawEdition,
)
from ..models import Edition
from ..queries import EditionView
from .receipts import receipt, told

View = Callable[..., HttpResponse]


def posted(view: View) -> View:
    """For addresses that only take a form: whoever comes otherwise (say, after signing in again) goes to its page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        return redirect("edition", **kwargs) if kwargs else redirect("desk")

    return answer


@staff(policies.open_period)
@posted
def open_period(request: HttpRequest) -> HttpResponse:
    """Opens a period and goes to its capture."""
    command = OpenPeriod(request.POST.get("plan", ""), request.POST.get("period", ""))
    try:
        done = actions.open_period(command, by=actor_of(request))
    except Refused as refused:
        return _refusal(request, refused)
    return redirect("edition", edition_id=done.result.pk)


@staff(policies.see_desk)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@prose.with_hints
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """An edition at its step: capture, review, publish, or what was published."""
    view = _edition(request, edition_id)
    if request.method == "POST":
        return _capture(request, view)
    kept = request.session.pop("receipt", None)
    return _show(request, view, done=told(kept) if kept else None)


def _capture(request: HttpRequest, view: EditionView) -> HttpResponse:
    """Keeps a draft or sends it to review, as the button says."""
    if not policies.capture_edition(actor_of(request)):
        raise Http404  # before any file of hers is looked at
    if prose.asked_for(request):
        return _show(request, view, capture=prose.unsent(_capture_form(view), request))
    form = _capture_form(view, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, view, capture=form, status=422)
    act = actions.submit_edition if "submit" in request.POST else actions.capture_edition
    command = CaptureEdition(view.id, form.captured(), _seen(request), form.attachments(), form.removed())
    return _try(request, view, form, "capture", lambda: act(command, by=actor_of(request)))


@staff(policies.seal_edition)
@posted
@prose.with_hints
def seal(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Approves and seals."""
    view = _edition(request, edition_id)
    form = SealForm(request.POST, layout=view.record.layout)
    if not form.is_valid():
        return _show(request, view, seal=form, status=422)
    command = SealEdition(view.id, form.cleaned_data["validated_on"], _seen(request), form.cleaned_data["warned"])
    return _try(request, view, form, "seal", lambda: actions.seal_edition(command, by=actor_of(request)), stay=True)


@staff(policies.withdraw_edition)
@posted
def withdraw(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Takes back what one sent, and shows it open again."""
    view = _edition(request, edition_id)
    command = WithdrawEdition(view.id, _seen(request))
    return _try(request, view, None, "", lambda: actions.withdraw_edition(command, by=actor_of(request)), stay=True)


@staff(policies.return_edition)
@posted
@prose.with_hints
def send_back(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Sends the edition back with the reason."""
    view, form = _edition(request, edition_id), ReasonForm(request.POST)
    if prose.asked_for(request):
        return _show(request, view, back=prose.unsent(ReasonForm(), request))
    if not form.is_valid():
        return _show(request, view, back=form, status=422)
    command = ReturnEdition(view.id, form.cleaned_data["reason"], _seen(request))
    return _try(request, view, form, "back", lambda: actions.return_edition(command, by=actor_of(request)))


@staff(policies.publish_edition)
@posted
def publish(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Publishes the sealed edition."""
    view = _edition(request, edition_id)
    command = PublishEdition(view.id)
    return _try(request, view, None, "", lambda: actions.publish_edition(command, by=actor_of(request)))


@staff(policies.open_erratum)
@posted
@prose.with_hints
def open_erratum(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Opens the erratum of a published edition."""
    view, form = _edition(request, edition_id), ReasonForm(request.POST)
    if prose.asked_for(request):
        return _show(request, view, erratum=prose.unsent(ReasonForm(), request))
    if not form.is_valid():
        return _show(request, view, erratum=form, status=422)
    command = OpenErratum(view.id, form.cleaned_data["reason"])
    try:
        done = actions.open_erratum(command, by=actor_of(request))
    except Refused as refused:
        return _show(request, view, erratum=_with_problems(form, refused), status=422)
    return redirect("edition", edition_id=done.result.pk)


def _seen(request: HttpRequest) -> str:
    """The state of the edition that the page showed; without it nothing is sealed, returned or captured."""
    return request.POST.get("seen") or "-"


def _try(
    request: HttpRequest,
    view: EditionView,
    form: forms.Form | None,
    slot: str,
    act: Callable[[], Done[Edition]],
    *,
    stay: bool = False,
) -> HttpResponse:
    """Runs the act: with its receipt to the desk or, to `stay`, to the page again; refused, back with every reason."""
    try:
        done = act()
    except Refused as refused:
        if form is None:
            return _refusal(request, refused)
        return _show(request, view, status=422, **{slot: _with_problems(form, refused)})
    request.session["receipt"] = receipt(done)
    return redirect(reverse("edition", args=[view.id]) + "#paso") if stay else redirect("desk")


def _with_problems(form: forms.Form, refused: Refused) -> forms.Form:
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return form


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    return render(request, "planning/refused.jinja", {"problems": refused.problems}, status=409)


def _show(request: HttpRequest, view: EditionView, *, status: int = 200, **given: Any) -> HttpResponse:
    actor = actor_of(request)
    proposed = {"validated_on": f"{view.edition.validated_on or clock.today():%d/%m/%Y}"}
    seal_form = SealForm(initial=proposed, layout=view.record.layout)
    capture = _capture_form(view, initial=_initial(view))
    slots = {"capture": capture, "seal": seal_form, "back": ReasonForm(), "erratum": ReasonForm()}
    mine = str(view.edition.author_id) == actor.account
    context = {
        "edition": view,
        "plan": queries.find_plan(view.plan_key, public=False),
        "author": policies.capture_edition(actor),
        "reviewer": policies.seal_edition(actor) and not mine,
        "publisher": policies.publish_edition(actor),
        "mine": mine,
        "reviewed_by_me": str(view.edition.reviewer_id) == actor.account,
        "ended": clock.today() > view.span.ends_on,
        "seen": request.POST.get("seen") or view.state_digest,
        "largest_file": settings.LARGEST_FILE,
        "reviewed": prose.reviewed(request),
        "done": None,
        "asked": queries.asked_columns(view) if view.was_returned else (),
        "before": queries.said_before(view),
        "newest": queries.editions_of(view.plan_key, view.code)[0].id == view.id,
    }
    return render(request, "planning/edition.jinja", context | slots | given, status=status)


def _supports(view: EditionView) -> list[tuple[str, str]]:
    """What supports the edition, as choices of what to take away."""
    return [(str(one.id), one.title) for one in view.attachments if one.supports]


def _capture_form(view: EditionView, *typed: Any, **given: Any) -> CaptureForm:
    mark = queries.record_plan(view.edition.period.plan).mark
    return CaptureForm(*typed, span=view.span, mark=mark, supports=_supports(view), **given)


def _initial(view: EditionView) -> dict[str, str]:
    """What was typed before; of what nobody typed yet, a likely date and the addresses that this site has."""
    typed = {key: value for key, value in view.edition.captured.values.items() if value}
    known = {column: f"{settings.SITE_ADDRESS}{path}" for column, path in known_addresses(view.plan_key, view.span.year).items()}
    return {"updated_on": write_day(min(view.span.ends_on, clock.today())), **known, **typed}


def _edition(request: HttpRequest, edition_id: int) -> EditionView:
    view = queries.find_edition(edition_id)
    if view is None or not policies.see_edition(actor_of(request), view.state):
        raise Http404
    return view
