"""The second step of signing in: a code of the application, or one on paper."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import public
from calpulli.commons.act import Refused

from .. import factors, limits, sessions, throttle
from ..actions import use_paper_code
from ..inputs import CodeForm, PaperCodeForm, UsePaperCode
from . import pending
from .refusals import not_here, too_many


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Asks for a code of whoever gave her password; without that, back to the first step."""
    waiting = pending.find(request)
    if waiting is None:
        pending.forget(request)
        return redirect("sign_in")
    on_paper = "papel" in request.GET
    if not on_paper and not factors.has_application(waiting.account):
        return redirect("passkey_sign_in")
    form = (PaperCodeForm if on_paper else CodeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try(request, waiting, form, on_paper=on_paper)
    return _page(request, waiting, form, on_paper, 422 if form.errors else 200)


def _try(request: HttpRequest, waiting: pending.Pending, form: forms.Form, *, on_paper: bool) -> HttpResponse:
    if not sessions.may_be_here(request, waiting.account):
        form.add_error(None, not_here())
        return _page(request, waiting, form, on_paper, 403)
    keys = throttle.factor_keys(waiting.account.pk)
    if throttle.count(keys) is None:
        form.add_error(None, too_many())
        return _page(request, waiting, form, on_paper, 429)
    if not (_paper_is_right if on_paper else _code_is_right)(waiting, form):
        return _page(request, waiting, form, on_paper, 422)
    throttle.forget_failures(keys)
    pending.forget(request)
    sessions.begin(request, waiting.account, how="paper" if on_paper else "code")
    return redirect(waiting.destination)


def _code_is_right(waiting: pending.Pending, form: forms.Form) -> bool:
    if factors.accepts_code(waiting.account, form.cleaned_data["code"]):
        return True
    form.add_error("code", _("El código no es correcto o ya se usó. Espere a que su aplicación muestre otro y escríbalo."))
    return False


def _paper_is_right(waiting: pending.Pending, form: forms.Form) -> bool:
    try:
        use_paper_code(UsePaperCode(waiting.account.pk, form.cleaned_data["paper_code"]), by=waiting.account.actor())
    except Refused as refused:
        for problem in refused.problems:
            form.add_error("paper_code", problem.message)
        return False
    return True


def _page(request: HttpRequest, waiting: pending.Pending, form: forms.Form, on_paper: bool, status: int) -> HttpResponse:
    answer = render(
        request,
        "people/second_step.jinja",
        {
            "form": form,
            "on_paper": on_paper,
            "username": waiting.account.username,
            "has_passkeys": factors.count(waiting.account) > 1,
        },
        status=status,
    )
    if status == 429:
        answer["Retry-After"] = str(60 * limits.current().window_minutes)
    return answer
