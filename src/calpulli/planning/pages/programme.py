"""Public pages of the programme."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons import clock
from calpulli.commons.access import public
from calpulli.commons.registries.progress import progress_of

from .. import queries
from ..queries import EditionView, PlanView


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The programme in force at a glance, and what was published last."""
    plan = queries.find_plan()
    latest = _latest(plan)
    context: dict[str, object] = {"plan": plan, "plans": queries.plan_views(), "latest": latest}
    context["published"] = len({one.code for one in queries.published_editions() if plan and one.plan_key == plan.key})
    context["kept"] = queries.kept_of(plan) if plan else None
    context["latest_plan"] = queries.find_plan(latest.plan_key) if latest else None
    return render(request, "planning/home.jinja", context)


def _latest(plan: PlanView | None) -> EditionView | None:
    """What was published last of the programme in force; while it has published nothing, of any other."""
    published = queries.published_editions()
    own = [one for one in published if plan and one.plan_key == plan.key]
    return next(iter(own or published), None)


@public
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan, and two of them side by side when the address names them."""
    plans = queries.plan_views()
    left, right = (_named(plans, request.GET.get(side)) for side in ("izquierda", "derecha"))
    pairs = queries.compare_plans(left, right) if left and right else []
    context = {"plans": plans, "left": left, "right": right, "pairs": pairs}
    return render(request, "planning/plan_list.jinja", context)


def _named(plans: list[PlanView], key: str | None) -> PlanView | None:
    return next((plan for plan in plans if plan.key == key), None)


@public
@require_safe
def plan_page(request: HttpRequest, plan_key: str) -> HttpResponse:
    """A plan whole."""
    return render(request, "planning/plan.jinja", {"plan": _plan(plan_key)})


@public
@require_safe
def objective_page(request: HttpRequest, plan_key: str, number: int) -> HttpResponse:
    """An objective and its lines."""
    plan = _plan(plan_key)
    objective = plan.objective(number)
    if objective is None:
        raise Http404
    neighbours = {"before": plan.objective(number - 1), "after": plan.objective(number + 1)}
    return render(request, "planning/objective.jinja", {"plan": plan, "objective": objective} | neighbours)


@public
@require_safe
def line_page(request: HttpRequest, plan_key: str, number: str) -> HttpResponse:
    """A line of action, and the same line in the other plans."""
    plan = _plan(plan_key)
    line = plan.line(number)
    if line is None:
        raise Http404
    objective = plan.objective(int(number.partition(".")[0]))
    others = _elsewhere(plan, line.identifier)
    context = {"plan": plan, "line": line, "objective": objective, "others": others}
    context |= {"answered": queries.answered_by(plan, line), "kept": queries.kept_of(plan)}
    context["progress"] = progress_of(plan.key, line.identifier)
    return render(request, "planning/line.jinja", context)


def _elsewhere(plan: PlanView, identifier: str) -> list[tuple[PlanView, queries.LineView]]:
    """The line of that identifier in every other plan that has it."""
    return [
        (other, line)
        for other in queries.plan_views()
        if other.key != plan.key
        for objective in other.objectives
        for line in objective.lines
        if line.identifier == identifier
    ]


@public
@require_safe
def swot_page(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The diagnosis, each item with what answers it."""
    plan = _plan(plan_key)
    return render(request, "planning/swot.jinja", {"plan": plan, "answers": queries.answers_of(plan)})


@public
@require_safe
def vision_page(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The vision on trial: clause by clause, with the evidence that there is today."""
    plan = _plan(plan_key)
    return render(request, "planning/vision.jinja", {"plan": plan, "trial": queries.trial_of(plan), "today": clock.today()})


def _plan(plan_key: str) -> PlanView:
    plan = queries.find_plan(plan_key)
    if plan is None:
        raise Http404
    return plan
