"""Passkeys: signing in with one, and one's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from calpulli.commons.access import actor_of, network_address, public, staff
from calpulli.commons.act import Refused

from .. import factors, policies, sessions, throttle
from ..actions import register_passkey, remove_passkey
from ..inputs import PasskeyForm, RegisterPasskey, RemovePasskey
from ..passkeys import asking
from . import pending
from .destinations import destination
from .proof import account_of, proved
from .refusals import not_here, too_many


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in with a passkey alone, or takes the second step with one of whoever gave her password."""
    waiting = pending.find(request)
    problem, status = "", 200
    if request.method == "POST":
        tried = throttle.count(throttle.guess_keys("passkey", network_address(request)))
        problem, status = _try(request, waiting) if tried else (too_many(), 429)
        if tried and not problem:
            throttle.take_back(tried)
            pending.forget(request)
            return redirect(waiting.destination if waiting else destination(request))
    return _page(request, waiting, problem, status)


def _try(request: HttpRequest, waiting: pending.Pending | None) -> tuple[str, int]:
    """Signs in; what stood in the way, if anything did."""
    asked = asking.take_question(request)
    account = asking.who_answers(asked, request.POST.get("answer", "")) if asked else None
    if account is None or not account.is_active or (waiting is not None and account != waiting.account):
        told = _("Esa llave no es de una cuenta de este sitio, o la pregunta ya había vencido. Vuelva a intentarlo.")
        return told, 422
    if not sessions.may_be_here(request, account):
        return not_here(), 403
    sessions.begin(request, account, how="passkey")
    return "", 200


def _page(request: HttpRequest, waiting: pending.Pending | None, problem: str, status: int) -> HttpResponse:
    usable = asking.can_be_used(request)
    told = {
        "errors": [(None, problem)] if problem else [],
        "usable": usable,
        "options": asking.to_sign_in(request, waiting.account if waiting else None) if usable else "",
        "waiting": waiting is not None,
        "next": destination(request),
    }
    return render(request, "people/passkey_sign_in.jinja", told, status=status)


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved
def new_passkey(request: HttpRequest) -> HttpResponse:
    """Makes one more passkey; with the first second factor come codes on paper, shown this once."""
    account, form = account_of(request), PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = asking.take_question(request)
        key = asking.made(asked, form.cleaned_data["answer"]) if asked else None
        if key is None:
            form.add_error(None, _("El navegador no entregó una llave que sirva aquí, o tardó demasiado. Vuelva a intentarlo."))
        else:
            command = RegisterPasskey(account.pk, form.cleaned_data["name"], key.credential, key.public_key, key.count)
            try:
                codes = register_passkey(command, by=actor_of(request)).result
            except Refused as refused:
                for problem in refused.problems:
                    form.add_error(problem.field, problem.message)
            else:
                return _registered(request, codes)
    usable = asking.can_be_used(request)
    told = {"form": form, "usable": usable, "options": asking.to_register(request, account) if usable else ""}
    return render(request, "people/new_passkey.jinja", told, status=422 if form.errors else 200)


def _registered(request: HttpRequest, codes: list[str]) -> HttpResponse:
    request.session.pop(sessions.NEEDS_FACTOR, None)
    if not codes:
        return redirect("access")
    sessions.close_others(account_of(request), but=sessions.current(request))
    return render(request, "people/paper_codes.jinja", {"codes": codes, "enrolled": True})


@staff(policies.own_account)
@require_POST
@proved
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Takes one of one's passkeys away; the last factor stays where the institute asks for one."""
    account = account_of(request)
    if sessions.must_have_factor(account) and factors.count(account) == 1:
        return redirect("access")
    try:
        remove_passkey(RemovePasskey(account.pk, passkey_id), by=actor_of(request))
    except Refused as refused:
        raise Http404 from refused
    return redirect("access")
