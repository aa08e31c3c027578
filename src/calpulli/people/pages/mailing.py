"""Which notices of work one wants by mail, and where."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Refused
from calpulli.notices import doors as notices

from .. import actions, inputs, policies
from ..inputs import forms as typed
from ..models import Account
from .outcomes import keep_receipt, with_problems


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_notices(request: HttpRequest) -> HttpResponse:
    """One's own mail, and the kinds of notice that come to it."""
    account = cast(Account, request.user)
    initial = {"email": account.email, "kinds": _wanted(account.email)}
    form = typed.NoticesForm(request.POST or None, initial=initial, kinds=notices.staff_kinds())
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect("own_account")
    return render(request, "people/own_notices.jinja", {"form": form}, status=422 if form.errors else 200)


def _wanted(address: str) -> list[str]:
    refused = notices.refused_kinds(address)
    return [key for key, _label in notices.staff_kinds() if key not in refused]


def _save(request: HttpRequest, form: typed.NoticesForm) -> bool:
    email, wanted = form.cleaned_data["email"].strip(), form.cleaned_data["kinds"]
    try:
        done = actions.change_contact(inputs.ChangeContact(email), by=actor_of(request))
    except Refused as refused:
        with_problems(form, refused)
        return False
    for key, _label in notices.staff_kinds() if email else ():
        notices.want(email, key, wanted=key in wanted)
    keep_receipt(request, _("Sus avisos por correo cambiaron"), done)
    return True
