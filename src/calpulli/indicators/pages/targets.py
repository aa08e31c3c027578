"""Staff page of targets: those that wait, and the form to set one."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Refused

from .. import actions, policies
from ..inputs import DecideTargets, ProposeTargets, TargetDraft
from ..inputs.forms import TargetForm
from ..models import Target
from ..queries.sheets import last_held, sheets_in_force
from ..queries.waiting import waiting_targets

MOST_FIGURES = 18  # of the key of a row


@staff(policies.see_sheets)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """Sets a target, or decides on those that wait."""
    if request.method != "POST":
        return _shown(request, _form(request))
    if "answer" in request.POST:
        return _decide(request)
    form = TargetForm(request.POST, indicators=_indicators())
    if not policies.propose_targets(actor_of(request)):
        raise Http404
    if form.is_valid():
        try:
            actions.propose_targets(ProposeTargets((TargetDraft(**form.cleaned_data),)), by=actor_of(request))
            return redirect("targets")
        except Refused as refused:
            form.refuse((problem.field, problem.message) for problem in refused.problems)
    return _shown(request, form, status=422)


def _indicators() -> list[tuple[str, str]]:
    return [(key, sheet.row.name) for key, sheet in sheets_in_force().items()]


def _name(row: Target) -> str:
    held = last_held(row.indicator)
    return held.name if held else row.indicator


def _is_set(row: Target) -> bool:
    """Whether it may still be approved: its indicator was not retired meanwhile."""
    return row.indicator in sheets_in_force()


def _form(request: HttpRequest) -> TargetForm:
    return TargetForm(initial={"indicator": request.GET.get("de", "")}, indicators=_indicators())


def _decide(request: HttpRequest) -> HttpResponse:
    actor, told = actor_of(request), request.POST.get("target", "")
    if not policies.approve_targets(actor) or not (told.isascii() and told.isdecimal() and len(told) <= MOST_FIGURES):
        raise Http404
    try:
        if request.POST["answer"] == "approve":
            actions.approve_targets(DecideTargets((int(told),)), by=actor)
        else:
            actions.refuse_targets(DecideTargets((int(told),), request.POST.get("reason", "")), by=actor)
    except Refused as refused:
        errors = [(None, problem.message) for problem in refused.problems]
        return _shown(request, _form(request), errors=errors, status=422)
    return redirect("targets")


def _shown(
    request: HttpRequest, form: TargetForm, *, errors: Iterable[tuple[str | None, str]] = (), status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    waiting = [(row, _name(row), str(row.author_id) != actor.account, _is_set(row)) for row in waiting_targets()]
    context = {"form": form, "waiting": waiting, "errors": list(errors), "may_propose": policies.propose_targets(actor)}
    context["decides"] = policies.approve_targets(actor)
    return render(request, "indicators/targets.jinja", context, status=status)
