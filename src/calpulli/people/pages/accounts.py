"""Administering accounts: who there is, what each holds, and whether it may enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calpulli.commons import clock
from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Action, Refused

from .. import actions, factors, inputs, policies, queries
from ..inputs import forms as typed
from ..models import Account
from ..queries import AccountView
from .outcomes import keep_receipt, last_receipt, with_problems


@staff(policies.administer_accounts)
@never_cache
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account of staff, with what it may do."""
    text = request.GET.get("texto", "").strip()[:100]
    context = {"text": text, "accounts": queries.staff_accounts(text), "receipt": last_receipt(request)}
    return render(request, "people/accounts.jinja", context)


@staff(policies.administer_accounts)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Registers an account; its first password is shown once, in the answer itself."""
    form = typed.RegisterForm(request.POST or None)
    typed.offer(form, "area", queries.area_options())
    if request.method == "POST" and form.is_valid():
        password, data = inputs.made_password(), form.cleaned_data
        command = inputs.RegisterAccount(data["username"], data["display_name"], data["area"], (), password, temporary=True)
        try:
            done = actions.register_account(command, by=actor_of(request))
        except Refused as refused:
            with_problems(form, refused)
        else:
            told = {"account_shown": done.result, "password": password, "done": done, "title": _("La cuenta quedó registrada")}
            return render(request, "people/password_given.jinja", told)
    return render(request, "people/account_new.jinja", {"form": form}, status=422 if form.errors else 200)


Command = tuple[Action[Any, Any], Any]


@dataclass(frozen=True)
class Doing:
    """One thing that the page of an account does: its form, the act with its command, and what the receipt says."""

    form: Callable[..., forms.Form]
    command: Callable[[Account, dict[str, Any], int], Command]
    title: str | Promise
    of: Callable[[AccountView], tuple[queries.Holding, ...]] | None = None  # what it ends, where it ends something


def _appoint_form(*args: Any, **kwargs: Any) -> forms.Form:
    form = typed.AppointForm(*args, **kwargs)
    typed.offer(form, "post", queries.post_options())
    return form


def _grant_form(*args: Any, **kwargs: Any) -> forms.Form:
    form = typed.GrantForm(*args, **kwargs)
    typed.offer(form, "role", queries.role_options())
    typed.offer(form, "area", queries.area_options())
    return form


def _appoint(account: Account, data: dict[str, Any], held: int) -> Command:
    return actions.appoint, inputs.Appoint(account.username, data["post"], data["since"])


def _grant(account: Account, data: dict[str, Any], held: int) -> Command:
    return actions.grant_role, inputs.GrantRole(account.username, data["role"], data["area"], data["since"])


def _end(account: Account, data: dict[str, Any], held: int) -> Command:
    return actions.end_appointment, inputs.EndAppointment(held, data["until"])


def _revoke(account: Account, data: dict[str, Any], held: int) -> Command:
    return actions.revoke_role, inputs.RevokeRole(held, data["until"])


def _deactivate(account: Account, data: dict[str, Any], held: int) -> Command:
    return actions.deactivate_account, inputs.DeactivateAccount(account.pk, data["reason"])


def _reset(account: Account, data: dict[str, Any], held: int) -> Command:
    return actions.reset_factors, inputs.ResetFactors(account.username, data["reason"])


DOINGS = {
    "appoint": Doing(_appoint_form, _appoint, gettext_lazy("Ocupa el puesto")),
    "grant": Doing(_grant_form, _grant, gettext_lazy("Tiene la función")),
    "end": Doing(typed.EndForm, _end, gettext_lazy("El nombramiento tiene fecha de término"), lambda view: view.posts),
    "revoke": Doing(typed.EndForm, _revoke, gettext_lazy("La función tiene fecha de término"), lambda view: view.roles),
    "reset": Doing(typed.ResetForm, _reset, gettext_lazy("Ya no tiene segundo factor: al entrar activará otro")),
    "deactivate": Doing(typed.DeactivateForm, _deactivate, gettext_lazy("La cuenta ya no puede entrar")),
}


@staff(policies.administer_accounts)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """An account: what it holds, and each thing that can be done with it."""
    view = queries.staff_account(account_id)
    if view is None:
        raise Http404
    if request.method != "POST":
        return _page(request, view)
    name = request.POST.get("do", "")
    if name == "reactivate":
        return _reactivate(request, view)
    return _do(request, view, name, DOINGS[name]) if name in DOINGS else redirect("account", account_id=account_id)


def _do(request: HttpRequest, view: AccountView, name: str, doing: Doing) -> HttpResponse:
    held = _held(request, doing.of(view)) if doing.of else 0
    key = f"{name}{held or ''}"
    form = doing.form(request.POST, prefix=key)
    if form.is_valid():
        act, command = doing.command(view.account, form.cleaned_data, held)
        try:
            keep_receipt(request, str(doing.title), act(command, by=actor_of(request)))
        except Refused as refused:
            with_problems(form, refused)
        else:
            return redirect("account", account_id=view.account.pk)
    return _page(request, view, status=422, failed=key, form=form)


def _held(request: HttpRequest, holdings: tuple[queries.Holding, ...]) -> int:
    """Which of what this account holds; of another account's there is nothing here."""
    told = request.POST.get("held", "")
    found = [holding.id for holding in holdings if str(holding.id) == told]
    if not found:
        raise Http404
    return found[0]


def _reactivate(request: HttpRequest, view: AccountView) -> HttpResponse:
    password = inputs.made_password()
    try:
        done = actions.reactivate_account(inputs.ReactivateAccount(view.account.pk, password), by=actor_of(request))
    except Refused as refused:
        return _page(request, view, status=422, problems=refused.problems)
    told = {"account_shown": done.result, "password": password, "done": done, "title": _("La cuenta puede entrar otra vez")}
    return render(request, "people/password_given.jinja", told)


def _page(request: HttpRequest, view: AccountView, *, status: int = 200, failed: str = "", **given: Any) -> HttpResponse:
    context = {
        **{"view": view, "forms": _forms(view) | {failed: given.get("form")}, "failed": failed, "form": given.get("form")},
        **{"receipt": last_receipt(request), "problems": given.get("problems", ())},
        "has_factor": factors.has_one(view.account),
        "herself": str(view.account.pk) == actor_of(request).account,
    }
    return render(request, "people/account.jinja", context, status=status)


def _forms(view: AccountView) -> dict[str, forms.Form | None]:
    """A form for each thing to do: names and marks of one do not meet those of another in the same page."""
    today = f"{clock.today():%d/%m/%Y}"
    keys = [(name, f"{name}{holding.id}") for name, doing in DOINGS.items() if doing.of for holding in doing.of(view)]
    keys += [(name, name) for name, doing in DOINGS.items() if not doing.of]
    return {key: DOINGS[name].form(None, prefix=key, initial={"since": today, "until": today}) for name, key in keys}
