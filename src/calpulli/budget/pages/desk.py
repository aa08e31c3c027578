"""The budget's part of the desk: movements by form, adecuaciones proposed and decided."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons import clock
from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Actor, Done, Refused
from calpulli.people.doors import Role

from .. import actions, policies, queries
from ..inputs import (
    AdecuacionForm,
    AnswerForm,
    DecideAdecuacion,
    ProposeAdecuacion,
    PurseOptions,
    RecordSpending,
    SpendingForm,
)
from ..inputs.fields import clean_line
from ..models import Adecuacion
from ..queries import Proposal, YearProgramme
from ..queries.words import ENTERED, month_name, past_months, reason_words
from .rooms import rooms

ROWS, MOST_ROWS = 4, 20
State = Adecuacion.State
Form = TypeVar("Form", bound=forms.Form)


def receipt(done: Done[Any], **details: Any) -> dict[str, Any]:
    """Place and digest of the fact, and what it was about, for the next page."""
    told = done.receipt
    return {
        "chain": told.chain,
        "name": told.name,
        "sequence": told.sequence,
        "digest": told.digest,
        "details": details,
    }


@staff(policies.see_budget_desk)
@never_cache
@require_http_methods(["GET", "HEAD"])
def budget_desk(request: HttpRequest) -> HttpResponse:
    """Adecuaciones, those that wait first, and the ways to change the budget."""
    actor = actor_of(request)
    programme = _asked(request)
    context = {
        "programme": programme,
        "proposals": queries.proposals(),
        "classifier": queries.classifier(),
        "may_spend": programme is not None and policies.record_spending(actor),
        "may_propose": programme is not None and _answers(actor, Role.AUTHOR, programme),
        "states": State,
        "reason_words": reason_words,
    }
    return render(request, "budget/desk.jinja", context)


def _approved() -> dict[int, YearProgramme]:
    """The annual programmes that were approved, the newest year first."""
    found = (queries.programme_of(year) for year in queries.open_years())
    return {one.year: one for one in found if one and one.is_approved}


def _asked(request: HttpRequest) -> YearProgramme | None:
    """That of the year asked for, or of today's year, or the newest: next year's is approved before the year begins."""
    approved = _approved()
    told = request.POST.get("ejercicio") or request.GET.get("ejercicio")
    if told is not None:
        return approved.get(int(told)) if told.isascii() and told.isdigit() and len(told) == 4 else None
    return approved.get(clock.today().year) or next(iter(approved.values()), None)


def _the_asked(request: HttpRequest) -> YearProgramme:
    programme = _asked(request)
    if programme is None:
        raise Http404
    return programme


def _other_years(programme: YearProgramme) -> list[int]:
    return [year for year in _approved() if year != programme.year]


def _answers(actor: Actor, role: Role, programme: YearProgramme) -> bool:
    return actor.may(role) and policies.answers_for(actor, role, programme.scope)


def _options(programme: YearProgramme, areas: Callable[[str], bool]) -> PurseOptions:
    owners = {one.key: (one.name, one.area, one.programme) for one in programme.activities.values() if areas(one.area)}
    told = queries.classifier()
    partidas = [(key, f"{key} · {name}") for key, name in sorted(told.partidas.items())]
    return PurseOptions(owners, list(told.sources.items()), partidas)


def _months() -> list[tuple[str, str]]:
    return [(str(month), month_name(month).capitalize()) for month in range(1, 13)]


@staff(policies.record_spending)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_spending(request: HttpRequest) -> HttpResponse:
    """One movement: what was promised, received, cleared or paid."""
    actor, programme = actor_of(request), _the_asked(request)
    purses = _options(programme, lambda area: policies.spends_for(actor, area, programme.scope))
    moments = [(key, str(words)) for key, words in ENTERED.items() if key not in ("approved", "change")]
    form = SpendingForm(request.POST or None, purses=purses, months=_months(), moments=moments)
    if request.method != "POST" or not form.is_valid():
        return _spending(request, form, programme)
    row = form.row(programme.year)
    command = RecordSpending(programme.plan_key, row, invented=bool(programme.invented))
    try:
        done = _recorded(command, request.POST.get("seen", "") if form.cleaned_data["warned"] else "", by=actor)
    except Refused as refused:
        return _spending(request, _with_problems(form, refused), programme, _seen(refused))
    request.session["receipt"] = receipt(done, year=row.year, activity=row.activity, document=row.document)
    return redirect("desk")


def _recorded(command: RecordSpending, seen: str, *, by: Actor) -> Done[Any]:
    """Recorded; what gets out of order, only if it is what the page told before."""
    try:
        return actions.record_spending(command, by=by)
    except Refused as refused:
        if not seen or seen != _seen(refused) or any(problem.field != "warned" for problem in refused.problems):
            raise
    return actions.record_spending(replace(command, warned=True), by=by)


def _seen(refused: Refused) -> str:
    """A mark of what the page told: only that is confirmed by whoever marks that she saw it."""
    told = "\n".join(problem.message for problem in refused.problems if problem.field == "warned")
    return hashlib.sha256(told.encode()).hexdigest()[:16] if told else ""


def _spending(request: HttpRequest, form: forms.Form, programme: YearProgramme, seen: str = "") -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "programme": programme, "seen": seen, "others": _other_years(programme)}
    return render(request, "budget/spending.jinja", context, status=status)


@staff(policies.propose_adecuacion)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_adecuacion(request: HttpRequest) -> HttpResponse:
    """Proposes movements that sum to zero; only where the plan is answered for."""
    actor, programme = actor_of(request), _the_asked(request)
    if not _answers(actor, Role.AUTHOR, programme):
        raise Http404
    purses = _options(programme, lambda _area: True)
    form = AdecuacionForm(request.POST or None, purses=purses, months=_months(), rows=_rows(request))
    if request.method != "POST" or _only_looks(request) or not form.is_valid():
        return _proposing(request, form, programme)
    told = form.cleaned_data
    command = ProposeAdecuacion(
        programme.plan_key, programme.year, clean_line(told["document"]), told["reason"].strip(), form.movements()
    )
    try:
        done = actions.propose_adecuacion(command, by=actor)
    except Refused as refused:
        return _proposing(request, _with_problems(form, refused), programme)
    request.session["receipt"] = receipt(done, adecuacion=done.result.pk, document=command.document)
    return redirect("desk")


def _rows(request: HttpRequest) -> int:
    """How many movements the form has room for: what it had, and two more when they are asked for."""
    told = request.POST.get("rows") or request.GET.get("filas") or ""
    rows = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else ROWS
    return max(2, min(MOST_ROWS, rows + 2 if "more" in request.POST else rows))


def _only_looks(request: HttpRequest) -> bool:
    """Whether more room is asked for, or what the purses have: nothing is sent, and nothing is wrong yet."""
    return "more" in request.POST or "look" in request.POST


def _proposing(request: HttpRequest, form: AdecuacionForm, programme: YearProgramme) -> HttpResponse:
    if _only_looks(request):
        form.errors.clear()
    status = 422 if form.errors else 200
    context = {"form": form, "programme": programme, "others": _other_years(programme), "rooms": rooms(form, programme)}
    context["classifier"] = queries.classifier()
    return render(request, "budget/new_adecuacion.jinja", context, status=status)


def _with_problems(form: Form, refused: Refused) -> Form:
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return form


@staff(policies.see_budget_desk)
@never_cache
@require_http_methods(["GET", "HEAD"])
def adecuacion(request: HttpRequest, key: int) -> HttpResponse:
    """An adecuación with what it would do, and its decision for whoever reviews."""
    return _show(request, _found(key))


def _found(key: int) -> Proposal:
    found = queries.find_proposal(key)
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, found: Proposal, *, status: int = 200, **given: Any) -> HttpResponse:
    actor, programme = actor_of(request), queries.programme_of(found.row.year, found.row.plan_key)
    if programme is None:
        raise Http404
    mine = str(found.row.author_id) == actor.account
    context = {
        "found": found,
        "programme": programme,
        "classifier": queries.classifier(),
        "answer": AnswerForm(),
        "problems": (),
        "waits": found.row.state == State.PROPOSED,
        "mine": mine,
        "past": past_months(found.row.year, clock.day_at(found.row.proposed_at), queries.movements_of(found.row)),
        "reason_words": reason_words,
        "decides": _answers(actor, Role.REVIEWER, programme) and not mine,
    }
    return render(request, "budget/adecuacion.jinja", context | given, status=status)


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For addresses that only take a form: whoever comes otherwise goes to its page."""

    @wraps(view)
    def answer(request: HttpRequest, key: int) -> HttpResponse:
        return view(request, key) if request.method == "POST" else redirect(reverse("adecuacion", args=[key]))

    return answer


@staff(policies.approve_adecuacion)
@posted
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """Approves: the movements become part of the budget."""
    found = _found(key)
    try:
        done = actions.approve_adecuacion(DecideAdecuacion(key), by=actor_of(request))
    except Refused as refused:
        return _show(request, found, status=409, problems=[(None, one.message) for one in refused.problems])
    request.session["receipt"] = receipt(done, adecuacion=key, document=found.row.document)
    return redirect("desk")


@staff(policies.refuse_adecuacion)
@posted
def refuse(request: HttpRequest, key: int) -> HttpResponse:
    """Refuses, with the reason."""
    found, form = _found(key), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, status=422, answer=form)
    try:
        done = actions.refuse_adecuacion(DecideAdecuacion(key, form.cleaned_data["answer"]), by=actor_of(request))
    except Refused as refused:
        return _show(request, found, status=409, problems=[(None, one.message) for one in refused.problems])
    request.session["receipt"] = receipt(done, adecuacion=key, document=found.row.document)
    return redirect("desk")
