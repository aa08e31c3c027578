"""Sign in with a password, and sign out."""

from __future__ import annotations

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from calpulli.commons import clock
from calpulli.commons.access import network_address, public

from .. import factors, identity, limits, sessions, throttle
from ..inputs import SignInForm
from ..models import Account
from . import pending
from .destinations import destination
from .refusals import not_here, too_many

SIGNED_OUT = "cerrada"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; on success, on to the second step, or to where the person was going."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try(request, form)
    return _page(request, form, status=422 if form.errors else 200)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """Signs in, unless too many tries failed lately: then not even the right password is looked at."""
    keys = throttle.failure_keys(username=form.cleaned_data["username"], address=network_address(request))
    tried = throttle.count(keys)
    if tried is None:
        form.add_error(None, too_many())
        return _page(request, form, status=429)
    account = auth.authenticate(request, **form.cleaned_data)
    if not isinstance(account, Account):
        form.add_error(None, _("El usuario o la contraseña no son correctos. Revise ambos y vuelva a intentarlo."))
        return _page(request, form, status=422)
    throttle.take_back(tried)
    if not sessions.may_be_here(request, account):
        form.add_error(None, not_here())
        return _page(request, form, status=403)
    if account.paper_expires_at is not None and account.paper_expires_at <= clock.now():
        form.add_error(
            None, _("La contraseña que le entregaron ya venció. Pida otra donde se la dieron, con una identificación.")
        )
        return _page(request, form, status=403)
    throttle.forget_failures(list(keys)[:1])
    return _go_on(request, account)


def _go_on(request: HttpRequest, account: Account) -> HttpResponse:
    """To the second step, when there is one; else in."""
    wanted = destination(request)
    if factors.has_one(account):
        pending.begin(request, account, wanted)
        return redirect("second_step")
    sessions.begin(request, account, how="password")
    return redirect("access" if account.must_enrol else wanted)


def _page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    told = {"form": form, "next": destination(request), "provider": identity.provider()}
    told["signed_out"] = request.method == "GET" and SIGNED_OUT in request.GET and not request.user.is_authenticated
    answer = render(request, "people/sign_in.jinja", told, status=status)
    if status == 429:
        answer["Retry-After"] = str(60 * limits.current().window_minutes)
    return answer


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, and says so without a cookie: in the address of the next page."""
    sessions.end(request)
    return redirect(reverse("sign_in") + f"?{SIGNED_OUT}")
