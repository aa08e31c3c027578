"""One's own account: who one is here, and what one may change of it."""

from __future__ import annotations

from typing import cast

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calpulli.commons.access import actor_of, network_address, staff
from calpulli.commons.act import Refused

from .. import actions, inputs, policies, queries, sessions, throttle
from ..inputs import forms as typed
from ..models import Account
from .outcomes import keep_receipt, last_receipt, with_problems

# The page is these templates, in this order; each needs `view` (queries.AccountView) and nothing else.
SECTIONS = (
    "people/own/who.jinja",
    "people/own/password.jinja",
    "people/own/access.jinja",
    "people/own/notices.jinja",
    "people/own/data.jinja",
)


@staff(policies.own_account)
@never_cache
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I hold, and what I can do with my account."""
    view = queries.account_view(cast(Account, request.user))
    return render(request, "people/own_account.jinja", {"view": view, "sections": SECTIONS, "receipt": last_receipt(request)})


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Changes one's own password; every other session ends, this one goes on."""
    form, status = typed.ChangePasswordForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (answer := _change(request, form)):
            return answer
    return render(request, "people/own_password.jinja", {"form": form}, status=429 if form.has_error("__all__") else status)


def _change(request: HttpRequest, form: typed.ChangePasswordForm) -> HttpResponse | None:
    """Whoever found a session open must not guess the password there either."""
    account = cast(Account, request.user)
    tried = throttle.count(throttle.failure_keys(username=account.username, address=network_address(request)))
    if tried is None:
        form.add_error(None, _("Hubo demasiados intentos. Espere unos minutos y vuelva a intentarlo."))
        return None
    command = inputs.ChangePassword(form.cleaned_data["current"], form.cleaned_data["password"])
    try:
        done = actions.change_password(command, by=actor_of(request))
    except Refused as refused:
        if not any(problem.field == "current" for problem in refused.problems):
            throttle.take_back(tried)
        with_problems(form, refused)
        return None
    throttle.take_back(tried)
    auth.update_session_auth_hash(request, done.result)
    sessions.close_others(account, but=sessions.current(request))
    keep_receipt(request, _("Su contraseña cambió"), done)
    return redirect("own_account")
