"""A record from a file: dry run with every error at once, then the import."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Refused
from calpulli_core.formats.defects import RecordErrors

from .. import actions, exports, policies, queries
from ..inputs import RecordFileForm
from .receipts import receipt


@staff(policies.import_record)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_record(request: HttpRequest) -> HttpResponse:
    """Reads the file; with "check" nothing is kept, with "import" a plan and an open period are."""
    if request.method != "POST":
        return _page(request, RecordFileForm(plans=_plans()))
    form = RecordFileForm(request.POST, request.FILES, plans=_plans())
    if not form.is_valid():
        return _page(request, form, status=422)
    return _read(request, form)


def _read(request: HttpRequest, form: RecordFileForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    try:
        command = exports.read_record(
            upload.read(), name=upload.name, plan_key=form.cleaned_data["plan_key"], base_key=form.cleaned_data["base"]
        )
        if "check" in request.POST:
            actions.import_record.rehearse(command, by=actor_of(request))
            return _page(request, form, record=command.record)
        done = actions.import_record(command, by=actor_of(request))
    except RecordErrors as errors:
        return _page(request, form, defects=errors.defects, status=422)
    except Refused as refused:
        for problem in refused.problems:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return _page(request, form, status=422)
    request.session["receipt"] = receipt(done)
    return redirect("desk")


def _plans() -> list[tuple[str, str]]:
    return [(plan.key, f"{plan.key} · {plan.institution}") for plan in queries.plan_views(public=False)]


def _page(request: HttpRequest, form: RecordFileForm, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "record": None, "defects": ()} | more
    return render(request, "planning/import.jinja", context, status=status)
