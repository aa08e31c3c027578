"""Public pages of the record: every period, its editions, its deadline with proof, its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons import files, institutes
from calpulli.commons.access import public
from calpulli.commons.charts import Figure
from calpulli.people.doors import calendar_file
from calpulli_core.calendars.terms import Deadline

from .. import exports, queries
from ..offers import desk
from ..queries import EditionView, Kept, PeriodView, PlanView
from .checking import documents_url, file_name, files_url
from .figures import punctuality_figure


@public
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """The periods of every plan, with their state and due date."""
    return render(request, "planning/records.jinja", {"plans": [_of_plan(plan) for plan in queries.plan_views()]})


def _of_plan(plan: PlanView) -> tuple[PlanView, list[PeriodView], Figure | None, Kept]:
    periods = queries.calendar_of(plan)
    ended = queries.punctuality_of(plan, calendar=periods)
    return plan, periods, punctuality_figure(plan, ended), queries.kept_of(plan, ended=ended)


@public
@require_safe
def record_page(request: HttpRequest, plan_key: str, code: str) -> HttpResponse:
    """The newest published edition of a period; before there is one, what the programme alone says."""
    period = _period(plan_key, code)
    return _record(request, period, period.published)


@public
@require_safe
def edition_page(request: HttpRequest, plan_key: str, code: str, number: str) -> HttpResponse:
    """One published edition, as it was published."""
    period = _period(plan_key, code)
    return _record(request, period, _published(period, int(number)))


def _record(request: HttpRequest, period: PeriodView, edition: EditionView | None) -> HttpResponse:
    plan = queries.find_plan(period.plan_key)
    deadline = _deadline(period)
    published = [one for one in period.editions if one.state == "published"]
    record = edition.record if edition else exports.unsealed_record(queries.record_plan(period.plan), period.span)
    context = {
        "plan": plan,
        "period": period,
        "edition": edition,
        "editions": published,
        "record": record,
        "typed_here": queries.typed_here(record),
        "deadline": deadline,
        "check_url": files_url(request, edition) if edition else "",
        "documents_url": documents_url(request, edition) if edition and edition.attachments else "",
        "outside": institutes.outside_places(),
    }
    return render(request, "planning/record.jinja", context)


@public
@require_safe
def plan_calendar(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The due dates of a plan's records, for any calendar to follow."""
    plan = queries.find_plan(plan_key)
    if plan is None:
        raise Http404
    name = _("Plazos de los registros: %(name)s, %(year)s") % {"name": plan.institution, "year": plan.generation}
    dates = map(desk.date_of, queries.due_of(plan))
    content = calendar_file(dates, name=name, absolute=request.build_absolute_uri)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="plazos-{plan.key}.ics"'
    return answer


@public
@require_safe
def deadline_page(request: HttpRequest, plan_key: str, code: str) -> HttpResponse:
    """The due date of a period with its proof, to print and check by hand."""
    period = _period(plan_key, code)
    context = {"period": period, "plan": queries.find_plan(plan_key), "deadline": _deadline(period)}
    return render(request, "planning/deadline.jinja", context)


@public
@require_safe
def record_file(request: HttpRequest, plan_key: str, code: str, form: str) -> HttpResponse:
    """The newest published record of a period as CSV, JSON, XLSX or PDF; unsealed if none is published."""
    period = _period(plan_key, code)
    _deadline(period)
    return _download(exports.export(plan_key, period.span, form, edition=period.published), f"{plan_key}_{code}.{form}")


@public
@require_safe
def edition_file(request: HttpRequest, plan_key: str, code: str, number: str, form: str) -> HttpResponse:
    """The record of one published edition as CSV, JSON, XLSX or PDF."""
    period = _period(plan_key, code)
    edition = _published(period, int(number))
    return _download(exports.export(plan_key, period.span, form, edition=edition), file_name(edition, form))


@public
@require_safe
def bundle_file(request: HttpRequest, plan_key: str, code: str, number: str) -> HttpResponse:
    """The bundle of a published edition."""
    edition = _published(_period(plan_key, code), int(number))
    return _download(files.read(edition.edition.bundle_sha256), f"paquete_{plan_key}_{code}_ed{number}.zip")


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=exports.MEDIA_TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _period(plan_key: str, code: str) -> PeriodView:
    period = queries.find_period(plan_key, code)
    if period is None or queries.find_plan(plan_key) is None:
        raise Http404
    return period


def _published(period: PeriodView, number: int) -> EditionView:
    for edition in period.editions:
        if edition.number == number and edition.state == "published":
            return edition
    raise Http404


def _deadline(period: PeriodView) -> Deadline:
    """When it is due; a period for which the plan's norms have no rule is not one that it reports."""
    if not queries.has_rule(period):
        raise Http404
    return period.deadline
