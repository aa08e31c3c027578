"""Which notices of work one wants by mail, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Refused
from calpulli.notices import doors as notices

from .. import actions, confirming, inputs, policies, throttle
from ..inputs import forms as typed
from ..models import Account
from .outcomes import keep_receipt, with_problems
from .refusals import too_many


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_notices(request: HttpRequest) -> HttpResponse:
    """One's own mail, and the kinds of notice that come to it."""
    account = cast(Account, request.user)
    initial = {"email": account.email, "kinds": _wanted(account.email)}
    form = typed.NoticesForm(request.POST or None, initial=initial, kinds=notices.staff_kinds())
    if request.method == "POST" and form.is_valid():
        if _is_new(account, form):
            return _ask(request, form)
        if _save(request, form.cleaned_data["email"].strip(), form.cleaned_data["kinds"], form):
            return redirect("own_account")
    return _page(request, form)


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mailed link leads: the address is hers once she presses the button there."""
    asked = confirming.read(token, cast(Account, request.user))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if asked and request.method == "POST" and form.is_valid() and _save(request, asked.address, asked.kinds, form):
        return redirect("own_account")
    status = (422 if form.errors else 200) if asked else 404
    return render(request, "people/confirm_address.jinja", {"asked": asked, "form": form}, status=status)


def _page(request: HttpRequest, form: typed.NoticesForm, *, sent_to: str = "") -> HttpResponse:
    told = {"form": form, "sent_to": sent_to, "now_at": cast(Account, request.user).email, "days": confirming.GOOD_FOR.days}
    return render(request, "people/own_notices.jinja", told, status=422 if form.errors else 200)


def _is_new(account: Account, form: typed.NoticesForm) -> bool:
    """An address that nobody has shown to be hers yet."""
    email = form.cleaned_data["email"].strip()
    return bool(email) and email.lower() != account.email.lower()


def _ask(request: HttpRequest, form: typed.NoticesForm) -> HttpResponse:
    """Mails the link, unless the address would be refused anyway or too many were asked for."""
    account, email = cast(Account, request.user), form.cleaned_data["email"].strip()
    try:
        actions.change_contact.rehearse(inputs.ChangeContact(email), by=actor_of(request))
    except Refused as refused:
        with_problems(form, refused)
        return _page(request, form)
    if throttle.count(throttle.link_keys(account.pk)) is None:  # what counts is asking
        form.add_error("email", too_many())
        return _page(request, form)
    confirming.ask(account, email, form.cleaned_data["kinds"])
    return _page(request, form, sent_to=email)


def _wanted(address: str) -> list[str]:
    refused = notices.refused_kinds(address)
    return [key for key, _label in notices.staff_kinds() if key not in refused]


def _save(request: HttpRequest, email: str, wanted: Sequence[str], form: forms.Form) -> bool:
    try:
        done = actions.change_contact(inputs.ChangeContact(email), by=actor_of(request))
    except Refused as refused:
        with_problems(form, refused)
        return False
    for key, _label in notices.staff_kinds() if email else ():
        notices.want(email, key, wanted=key in wanted)
    keep_receipt(request, _("Sus avisos por correo cambiaron"), done)
    return True
