"""The desk of a district office: the residents who came to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Done, Refused

from .. import actions, inputs, policies, queries
from ..inputs import forms as typed
from ..models import Account
from .outcomes import keep_receipt, last_receipt, with_problems


@staff(policies.attend_residents)
@never_cache
@require_safe
def resident_list(request: HttpRequest) -> HttpResponse:
    """The residents of one's districts."""
    text = request.GET.get("texto", "").strip()[:100]
    districts = queries.attended_districts(actor_of(request))
    context = {"text": text, "districts": districts, "residents": queries.residents_of(districts, text)}
    return render(request, "people/residents.jinja", context)


@staff(policies.attend_residents)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_resident(request: HttpRequest) -> HttpResponse:
    """Registers who came in person; folio and password are shown once, in the answer itself."""
    districts = queries.attended_districts(actor_of(request))
    form = typed.NewResidentForm(request.POST or None, initial={"district": districts[0].key if len(districts) == 1 else ""})
    typed.offer(form, "district", [(area.key, area.name) for area in districts])
    if request.method == "POST" and form.is_valid():
        password, data = inputs.made_password(), form.cleaned_data
        command = inputs.RegisterResident(data["display_name"], data["district"], data["email"], password)
        try:
            return _given(request, actions.register_resident(command, by=actor_of(request)), password, _("Quedó registrada"))
        except Refused as refused:
            with_problems(form, refused)
    return render(request, "people/resident_new.jinja", {"form": form}, status=422 if form.errors else 200)


@staff(policies.attend_residents)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resident(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """A resident of one's district; of another's, nothing is there."""
    found = queries.resident(account_id)
    if found is None or not policies.attends(actor_of(request), found.district_id or "") or found.erased_on:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    steps = {"correct": _correct, "renew": _renew, "deactivate": _deactivate, "reactivate": _reactivate}
    step = steps.get(request.POST.get("do", ""))
    return step(request, found) if step else redirect("resident", account_id=account_id)


def _correct(request: HttpRequest, found: Account) -> HttpResponse:
    form = typed.ResidentForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        command = inputs.CorrectResident(found.pk, data["display_name"], data["email"])
        try:
            keep_receipt(request, _("Sus datos quedaron corregidos"), actions.correct_resident(command, by=actor_of(request)))
            return redirect("resident", account_id=found.pk)
        except Refused as refused:
            with_problems(form, refused)
    return _page(request, found, status=422, correct=form, form=form)


def _deactivate(request: HttpRequest, found: Account) -> HttpResponse:
    form = typed.DeactivateForm(request.POST)
    if form.is_valid():
        command = inputs.DeactivateAccount(found.pk, form.cleaned_data["reason"])
        try:
            keep_receipt(request, _("La cuenta ya no puede entrar"), actions.deactivate_account(command, by=actor_of(request)))
            return redirect("resident", account_id=found.pk)
        except Refused as refused:
            with_problems(form, refused)
    return _page(request, found, status=422, deactivate=form, form=form)


def _renew(request: HttpRequest, found: Account) -> HttpResponse:
    password = inputs.made_password()
    try:
        done = actions.renew_password(inputs.RenewPassword(found.pk, password), by=actor_of(request))
    except Refused as refused:
        return _page(request, found, status=422, problems=refused.problems)
    return _given(request, done, password, _("Tiene otra contraseña"))


def _reactivate(request: HttpRequest, found: Account) -> HttpResponse:
    password = inputs.made_password()
    try:
        done = actions.reactivate_account(inputs.ReactivateAccount(found.pk, password), by=actor_of(request))
    except Refused as refused:
        return _page(request, found, status=422, problems=refused.problems)
    return _given(request, done, password, _("La cuenta puede entrar otra vez"))


def _given(request: HttpRequest, done: Done[Account], password: str, title: str) -> HttpResponse:
    told = {"account_shown": done.result, "password": password, "done": done, "title": title}
    return render(request, "people/password_given.jinja", told)


def _page(request: HttpRequest, found: Account, *, status: int = 200, **given: Any) -> HttpResponse:
    told = {"display_name": found.display_name, "email": found.email}
    context = {
        **{"resident": found, "receipt": last_receipt(request), "problems": given.get("problems", ()), "form": given.get("form")},
        **{"correct": given.get("correct") or typed.ResidentForm(initial=told)},
        **{"deactivate": given.get("deactivate") or typed.DeactivateForm()},
    }
    return render(request, "people/resident.jinja", context, status=status)
