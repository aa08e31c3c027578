"""Giving the password again before changing how one signs in: a session left open, or stolen, is not enough for that."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import staff

from .. import limits, policies, sessions, throttle
from ..inputs import PasswordForm
from ..models import Account
from .destinations import destination
from .refusals import too_many

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def account_of(request: HttpRequest) -> Account:
    """Whose page it is."""
    return cast(Account, request.user)


def proved(view: View) -> View:
    """A view for whoever gave her password within the last minutes; others give it first and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if sessions.is_proved(request):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('confirm')}?{urlencode({'next': request.path})}")

    return cast(View, guarded)


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks for the password; whoever has none signs in again instead."""
    account, form = account_of(request), PasswordForm(request.POST or None)
    wanted = destination(request, reverse("access"))
    if request.method == "POST" and form.is_valid() and account.has_usable_password():
        tried = throttle.count(throttle.factor_keys(account.pk))
        if tried is None:
            form.add_error(None, too_many())
            return _page(request, form, wanted, 429)
        if account.check_password(form.cleaned_data["password"]):
            throttle.take_back(tried)
            sessions.note_proof(request)
            return redirect(wanted)
        form.add_error("password", _("No es su contraseña. Revísela y vuelva a intentarlo."))
    return _page(request, form, wanted, 422 if form.errors else 200)


def _page(request: HttpRequest, form: PasswordForm, wanted: str, status: int) -> HttpResponse:
    minutes = limits.current().proof_minutes
    told = {"form": form, "next": wanted, "minutes": minutes, "has_password": account_of(request).has_usable_password()}
    return render(request, "people/confirm.jinja", told, status=status)
