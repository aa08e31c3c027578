"""A quarter's report of an activity: its area writes it, saves it, sends it and corrects it; another person decides on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons import clock
from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Actor, Problem
from calpulli.commons.prose import asks_own_site, unsent
from calpulli.people.doors import Role, name_of

from .. import actions, drafts, inputs, policies, queries
from ..actions.deciding import decides
from ..actions.saying import counted, counted_as_told, counted_whole, done_words, what_lacks
from ..inputs.amounts import amount_typed, amount_words, read_amount
from ..inputs.forms import ReasonForm, ReportForm
from ..models import Activity, Evidence, Exercise, Report, ReportDraft
from ..queries import ActivityView, QuarterView, months_of, of_quarter
from . import drafting
from .acting import attempt, blank, said, sees_unapproved
from .figures import month_names


@staff(policies.see_exercise)
@never_cache
@asks_own_site
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, activity_id: int, quarter: int) -> HttpResponse:
    """The report at its step: to write, to decide, or as it was approved."""
    found = get_object_or_404(Activity.objects.select_related("exercise"), pk=activity_id)
    if quarter not in (1, 2, 3, 4) or found.exercise.state != Exercise.State.APPROVED:
        raise Http404
    view = queries.activity_view(found).quarter(quarter)
    if request.method != "POST":
        return _show(request, view)
    step = STEPS.get(request.POST.get("step", "send"))
    if step is None:
        raise Http404
    return step(request, view)


def _save(request: HttpRequest, view: QuarterView) -> HttpResponse:
    """Keeps what is written; the page comes back with it, or with what is newer."""
    if not _writes(request, view):
        raise Http404
    try:
        drafting.keep(request, view)
    except drafts.Newer as newer:
        return _behind(request, view, newer.draft)
    except drafting.TooLong:
        return _show(request, view, form=_form(request, view, posted=True))
    request.session["draft_kept"] = True
    return redirect("annual_report", activity_id=view.activity.pk, quarter=view.quarter)


def _save_by_itself(request: HttpRequest, view: QuarterView) -> HttpResponse:
    """The same, for the script."""
    if not _writes(request, view):
        raise Http404
    return drafting.answer(request, view)


def _behind(request: HttpRequest, view: QuarterView, newer: ReportDraft | None) -> HttpResponse:
    """What was typed stays on the page beside what is newer; the next time it goes over it, knowingly."""
    form = unsent(_form(request, view), request)
    return _show(request, view, form=form, behind=True, newer=newer, status=409)


def _send(request: HttpRequest, view: QuarterView) -> HttpResponse:
    if not _writes(request, view):
        raise Http404
    try:
        drafting.require_newest(request, view)
    except drafts.Newer as newer:
        return _behind(request, view, newer.draft)
    form = _form(request, view, posted=True)
    if not form.is_valid():
        reason = form.cleaned_data.get("correction", "") if view.counting else None
        _tell_the_rest(form, what_lacks(view.activity, _command(view, form), reason))
        return _show(request, view, form=form)
    return redirect("desk") if _sent(request, view, form) else _show(request, view, form=form)


def _sent(request: HttpRequest, view: QuarterView, form: ReportForm) -> bool:
    """Sends it, as a correction where a version counts already; refused, the form says why."""
    actor, command = actor_of(request), _command(view, form)
    correction = inputs.CorrectReport(command, form.cleaned_data["correction"])
    if view.counting:
        return attempt(request, form, lambda: actions.correct_report(correction, by=actor), **_told(view)) is not None
    return attempt(request, form, lambda: actions.submit_report(command, by=actor), **_told(view)) is not None


def _command(view: QuarterView, form: ReportForm) -> inputs.SubmitReport:
    """What the form says; of fields that are wrong, nothing."""
    data = form.cleaned_data
    file, title = data.get("evidence_file"), queries.evidence_kinds().get(data.get("evidence_title", ""), "Evidencia")
    attach = (inputs.NewEvidence(title, file),) if file else ()
    said = (form.achieved(), data.get("cause", ""), data.get("narrative", ""))
    return inputs.SubmitReport(view.activity.pk, view.quarter, *said, attach, tuple(map(int, data.get("keep", ()))))


def _tell_the_rest(form: ReportForm, problems: Sequence[Problem]) -> None:
    """What else is wrong, in the same round; of a field that has its own error, that one is enough."""
    for problem in problems:
        if problem.field not in form.errors:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)


def _send_back(request: HttpRequest, view: QuarterView) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not _decides(request, view) or view.last is None:
        raise Http404
    if form.is_valid():
        command = inputs.ReturnReport(view.last.pk, form.cleaned_data["reason"])
        if attempt(request, form, lambda: actions.return_report(command, by=actor_of(request)), **_told(view)):
            return redirect("desk")
    return _show(request, view, back=form)


def _approve(request: HttpRequest, view: QuarterView) -> HttpResponse:
    if not _decides(request, view) or view.last is None:
        raise Http404
    form, command = blank(), inputs.DecideReport(view.last.pk)
    if attempt(request, form, lambda: actions.approve_report(command, by=actor_of(request)), **_told(view)):
        return redirect("desk")
    return _show(request, view, approve=form)


STEPS = {"save": _save, "autosave": _save_by_itself, "send": _send, "return": _send_back, "approve": _approve}


def _told(view: QuarterView) -> dict[str, Any]:
    exercise = view.activity.exercise
    return {"plan": exercise.plan_key, "year": exercise.year, "activity": view.activity.key, "quarter": view.quarter}


def _writes(request: HttpRequest, view: QuarterView) -> bool:
    """Whether this person writes it now: of its area, once the quarter ended, and while no version waits."""
    actor = actor_of(request)
    waits = view.last is not None and view.last.state == Report.State.SUBMITTED
    return view.ended and not waits and policies.submit_report(actor) and policies.holds(actor, Role.AUTHOR, view.activity.area)


def _decides(request: HttpRequest, view: QuarterView) -> bool:
    """Whether this person decides on it: a reviewer of its area who wrote nothing of it."""
    return view.last is not None and decides(actor_of(request), view.last)


def _form(request: HttpRequest, view: QuarterView, *, posted: bool = False) -> ReportForm:
    """What is asked: the months only where nothing counts them."""
    months = () if view.activity.counted else view.told_months
    files = [one for one in view.last.evidence.all() if one.kind == Evidence.Kind.FILE] if view.last else []
    kept = [(str(one.pk), one.title) for one in files]
    choices = {"causes": list(queries.causes().items()), "kinds": list(queries.evidence_kinds().items()), "kept": kept}
    given: list[Any] = [request.POST, request.FILES] if posted else []
    form = ReportForm(*given, months=months, **choices, initial=_initial(request, view, kept))
    if view.activity.tells_people:
        for month in months:
            form.fields[f"month_{month}"].label = _("En todo el trimestre")
    return form


def _initial(request: HttpRequest, view: QuarterView, kept: list[tuple[str, str]]) -> dict[str, Any]:
    """What the version before said and, over it, what this person kept."""
    told: dict[str, Any] = {"keep": [key for key, _title in kept]}
    if view.last:
        told |= {"cause": view.last.cause, "narrative": view.last.narrative}
        told |= {f"month_{row.month}": amount_typed(row.amount) for row in view.last.achieved.all()}
    draft = drafting.kept(request, view)
    return told | (draft.said if draft and _goes_on(view, draft) else {})


def _goes_on(view: QuarterView, draft: ReportDraft) -> bool:
    """Whether the draft was begun after the last version: an older one is not mixed with what was sent since."""
    return draft.after == (view.last.version if view.last else 0)


def _show(request: HttpRequest, view: QuarterView, *, status: int = 0, **given: Any) -> HttpResponse:
    whole, form = queries.activity_view(view.activity), given.get("form") or _form(request, view)
    context = _known(view, whole) | _concerns(request, view, whole) | _drafted(request, view)
    context |= {"form": form, "differs": _differs(view, form, whole.goals), "largest_file": settings.LARGEST_FILE}
    context |= {"back": ReasonForm(), "approve": None, "done": said(request)}
    return render(request, "annual/report.jinja", context | given, status=status or (422 if given else 200))


def _known(view: QuarterView, whole: ActivityView) -> dict[str, Any]:
    """What is known of the quarter, and the words for it."""
    activity, names = view.activity, month_names()
    return {
        "view": view,
        "activity": activity,
        "exercise": activity.exercise,
        "area_name": whole.area_name,
        "closed": _closed(view),
        "months": [(names[month - 1].capitalize(), whole.months[month - 1].holds, month) for month in months_of(view.quarter)],
        "counted": counted(activity, view.quarter) if activity.counted and not activity.tells_people else {},
        "returned": _returned(view),
        "amount": amount_words,
        "done_words": partial(done_words, activity, view.quarter),
        "cause_words": queries.cause_words,
    }


def _concerns(request: HttpRequest, view: QuarterView, whole: ActivityView) -> dict[str, Any]:
    """What this person may do with it and read of it."""
    actor = actor_of(request)
    return {
        "people": _people(actor, view, whole.goals),
        "writes": _writes(request, view),
        "decides": _decides(request, view),
        "sees": _sees(actor, view),
        "mine": view.last is not None and str(view.last.author_id) == actor.account,
        "author_name": name_of(view.last.author_id) if view.last else "",
    }


def _drafted(request: HttpRequest, view: QuarterView) -> dict[str, Any]:
    """What this person kept, and whether this window goes on from it."""
    draft = drafting.kept(request, view)
    goes_on = draft is not None and _goes_on(view, draft)
    told = {"draft": draft if goes_on else None, "older": None if goes_on else draft, "mark": drafting.mark_of(request, view)}
    return told | {"kept_now": request.session.pop("draft_kept", False), "behind": False, "newer": None}


def _closed(view: QuarterView) -> bool:
    """Whether no correction makes it fulfilled any more: its term ended, and nothing that was approved had it so by then."""
    one = view.counting
    if one is None or not view.is_due or clock.today() <= one.due_on:
        return False
    approved = Report.objects.filter(activity=view.activity, quarter=view.quarter, state=Report.State.APPROVED)
    return not approved.filter(met_on__lte=one.due_on).exists()


def _people(actor: Actor, view: QuarterView, goals: Mapping[int, int]) -> dict[str, str] | None:
    """Of deliveries that count people, for whom it concerns: how many there are, and what the report would tell of them."""
    activity = view.activity
    if not (activity.counted and activity.tells_people and sees_unapproved(actor, activity)):
        return None
    (told,) = counted_as_told(activity, view.quarter, goals).values()
    return {
        "counted": amount_words(counted_whole(activity, view.quarter, goals)),
        "told": done_words(activity, view.quarter, told),
    }


def _differs(view: QuarterView, form: ReportForm, goals: Mapping[int, int]) -> bool | None:
    """Whether what was done is not the goal; None while it is not known, since the months are not all written."""
    try:
        done = counted_as_told(view.activity, view.quarter, goals) if view.activity.counted else _typed(form)
    except ValueError:
        return None
    return of_quarter(done, view.quarter, cumulative=view.activity.cumulative, goals=goals) != view.goal


def _typed(form: ReportForm) -> dict[int, int]:
    """The months as they stand in the form; ValueError for one that is not written, or not well."""
    return {month: read_amount(str(form[f"month_{month}"].value() or "")) for month in form.months}


def _sees(actor: Actor, view: QuarterView) -> bool:
    """Whether this person reads what the last version says: anyone if it was approved."""
    approved = view.last is not None and view.last.state == Report.State.APPROVED
    return approved or sees_unapproved(actor, view.activity)


def _returned(view: QuarterView) -> Report | None:
    """The last version that was sent back before the one that waits, to see what changed since."""
    if view.last is None:
        return None
    before = Report.objects.filter(activity=view.activity, quarter=view.quarter, state=Report.State.RETURNED)
    return before.exclude(pk=view.last.pk).order_by("-version").prefetch_related("achieved", "evidence").first()
