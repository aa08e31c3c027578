"""Staff pages of sheets: those there are, those that wait, one more proposed, one decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Refused
from calpulli.planning.doors import plan_in_force

from .. import actions, policies
from ..inputs import DecideSheets, ProposeSheets, RetireSheet
from ..inputs.forms import SheetForm, initial_of
from ..models import Sheet
from ..models.sheets import RETIRE
from ..queries.sheets import sheets_in_force, versions_of
from ..queries.waiting import areas, find_version, places, waiting_sheets, waiting_targets

ANSWERS = ("approve", "refuse", "retire")


@staff(policies.see_sheets)
@never_cache
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """What waits, and every indicator in force."""
    actor = actor_of(request)
    context = {"waiting": waiting_sheets(), "targets": waiting_targets(), "sheets": list(sheets_in_force().values())}
    context["may_propose"] = policies.propose_sheets(actor)
    return render(request, "indicators/sheets.jinja", context)


@staff(policies.propose_sheets)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_sheet(request: HttpRequest) -> HttpResponse:
    """Proposes a sheet; with `de`, a new version of the one in force."""
    plan, before = plan_in_force(), sheets_in_force().get(request.GET.get("de", ""))
    if plan is None:
        raise Http404
    choices: dict[str, Any] = {"places": places(), "areas": areas()}
    if request.method != "POST":
        form = SheetForm(initial=dict(initial_of(before.row)) if before else None, **choices)
        return _form(request, form, before.row if before else None)
    form = SheetForm(request.POST, **choices)
    if form.is_valid():
        try:
            rows = actions.propose_sheets(ProposeSheets((form.draft(plan.key),)), by=actor_of(request)).result
            return redirect("sheet", sheet_id=rows[0].pk)
        except Refused as refused:
            form.refuse((problem.field, problem.message) for problem in refused.problems)
    return _form(request, form, before.row if before else None, status=422)


def _form(request: HttpRequest, form: SheetForm, before: Sheet | None, *, status: int = 200) -> HttpResponse:
    return render(request, "indicators/new_sheet.jinja", {"form": form, "before": before}, status=status)


@staff(policies.see_sheets)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """A version whole, beside the one before it, and what may be decided on it."""
    row = find_version(sheet_id)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _decided(request, row)
    return _shown(request, row)


def _decided(request: HttpRequest, row: Sheet) -> HttpResponse:
    answer, reason, actor = request.POST.get("answer", ""), request.POST.get("reason", ""), actor_of(request)
    allowed = policies.propose_retirement(actor) if answer == "retire" else policies.approve_sheets(actor)
    if answer not in ANSWERS or not allowed:
        raise Http404
    try:
        if answer == "approve":
            decide = actions.retire_sheets if row.asks == RETIRE else actions.approve_sheets
            decide(DecideSheets((row.pk,)), by=actor)
        elif answer == "refuse":
            actions.refuse_sheets(DecideSheets((row.pk,), reason), by=actor)
        else:
            asked = actions.propose_retirement(RetireSheet(row.key, reason), by=actor).result
            return redirect("sheet", sheet_id=asked.pk)
    except Refused as refused:
        errors = [("reason" if problem.field in ("answer", "reason") else None, problem.message) for problem in refused.problems]
        return _shown(request, row, errors=errors, reason=reason, status=422)
    return redirect("sheet", sheet_id=row.pk)


def _shown(request: HttpRequest, row: Sheet, *, status: int = 200, **more: Any) -> HttpResponse:
    actor = actor_of(request)
    before = next((one for one in versions_of(row.key) if one.version < row.version and one.state == "approved"), None)
    context = {"row": row, "before": before, "errors": (), "reason": ""} | more
    context["decides"] = policies.approve_sheets(actor) and str(row.author_id) != actor.account
    context["may_propose"] = policies.propose_retirement(actor)
    context["mine"] = str(row.author_id) == actor.account
    context["holds"] = row.key in sheets_in_force() and sheets_in_force()[row.key].row.pk == row.pk
    return render(request, "indicators/sheet.jinja", context, status=status)
