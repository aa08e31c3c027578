"""Signing in with a code by mail: asking for it, and typing it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import network_address, public

from .. import factors, limits, mailed, sessions, throttle
from ..inputs import AddressForm, CodeForm
from . import pending
from .destinations import destination
from .refusals import not_here, too_many

# Where a browser's session keeps which request for a code was its own.
KEY = "mailed_code"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Takes an address; the answer is the same whether or not somebody here has it."""
    form = AddressForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _asking(request, form, 422 if form.errors else 200)
    keys = throttle.mail_keys(form.cleaned_data["email"], network_address(request))
    if throttle.count(keys) is None:  # what counts is asking
        form.add_error(None, too_many())
        return _asking(request, form, 429)
    request.session.cycle_key()
    request.session[KEY] = {"id": str(mailed.ask(form.cleaned_data["email"])), "next": destination(request)}
    return redirect("mailed_code")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Takes the code, in the browser that asked for it."""
    told = request.session.get(KEY)
    if not told:
        return redirect("ask_code")
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _entering(request, form, 422 if form.errors else 200)
    tried = throttle.count(throttle.guess_keys("mailed", network_address(request)))
    if tried is None:
        form.add_error(None, too_many())
        return _entering(request, form, 429)
    account = mailed.accepts(told["id"], form.cleaned_data["code"])
    if account is None:
        form.add_error(
            "code", _("El código no es correcto, ya venció o se probó demasiadas veces. Revise el correo o pida otro.")
        )
        return _entering(request, form, 422)
    throttle.take_back(tried)
    if not sessions.may_be_here(request, account):
        form.add_error(None, not_here())
        return _entering(request, form, 403)
    del request.session[KEY]
    if factors.has_one(account):  # the mail stands for the password, not for what she put besides it
        pending.begin(request, account, told["next"])
        return redirect("second_step")
    sessions.begin(request, account, how="mail")
    return redirect(told["next"])


def _asking(request: HttpRequest, form: AddressForm, status: int) -> HttpResponse:
    return _told(render(request, "people/ask_code.jinja", {"form": form, "next": destination(request)}, status=status))


def _entering(request: HttpRequest, form: CodeForm, status: int) -> HttpResponse:
    minutes = int(mailed.GOOD_FOR.total_seconds()) // 60
    return _told(render(request, "people/mailed_code.jinja", {"form": form, "minutes": minutes}, status=status))


def _told(answer: HttpResponse) -> HttpResponse:
    if answer.status_code == 429:
        answer["Retry-After"] = str(60 * limits.current().window_minutes)
    return answer
