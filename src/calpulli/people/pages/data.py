"""The notice of privacy, and what is kept of oneself: to read, to take away, to have erased."""

from __future__ import annotations

import json
from typing import cast

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calpulli.commons import institutes
from calpulli.commons.access import actor_of, network_address, public, staff
from calpulli.commons.act import Refused
from calpulli.commons.registries.personal import PERSONAL

from .. import actions, inputs, policies, queries, throttle
from ..inputs import forms as typed
from ..models import Account
from .outcomes import with_problems


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people here, for what, on what basis and for how long: as the code itself declares it."""
    answers = str(institutes.section("privacy").get("area", ""))
    context = {"tables": list(PERSONAL), "answers": queries.find_area(answers)}
    return render(request, "people/privacy.jinja", context)


@staff(policies.own_account)
@never_cache
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of whoever asks."""
    account = cast(Account, request.user)
    context = {"tables": queries.kept_of(account), "acts": len(queries.acts_of(account))}
    return render(request, "people/own_data.jinja", context)


@staff(policies.own_account)
@never_cache
@require_safe
def own_data_file(request: HttpRequest) -> HttpResponse:
    """The same, to take away."""
    told = json.dumps(queries.export_of(cast(Account, request.user)), ensure_ascii=False, indent=1)
    answer = HttpResponse(told, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    return answer


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_own(request: HttpRequest) -> HttpResponse:
    """Erases one's own data, for whoever knows the password and says that she means it."""
    form, account = typed.EraseForm(request.POST or None), cast(Account, request.user)
    if request.method == "POST" and form.is_valid() and (answer := _erase(request, account, form)):
        return answer
    context = {"form": form, "resident": account.is_resident}
    return render(request, "people/erase.jinja", context, status=422 if form.errors else 200)


def _erase(request: HttpRequest, account: Account, form: typed.EraseForm) -> HttpResponse | None:
    tried = throttle.count(throttle.failure_keys(username=account.username, address=network_address(request)))
    if tried is None:
        form.add_error(None, _("Hubo demasiados intentos. Espere unos minutos y vuelva a intentarlo."))
        return None
    try:
        done = actions.erase_account(inputs.EraseAccount(account.pk, form.cleaned_data["current"]), by=actor_of(request))
    except Refused as refused:
        if not any(problem.field == "current" for problem in refused.problems):
            throttle.take_back(tried)
        with_problems(form, refused)
        return None
    throttle.take_back(tried)
    auth.logout(request)
    return render(request, "people/erased.jinja", {"receipt": done.receipt, "account": None})
