"""One's second factor: the application, and the codes on paper."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Refused

from .. import factors, policies, sessions, vault
from ..actions import make_paper_codes, remove_one_time_key, set_one_time_key
from ..inputs import CodeForm, OwnFactor, SetOneTimeKey
from ..models import Account
from .proof import account_of, proved

# Where a browser's session keeps the key until a code shows that the application has it; sealed, as in the table.
ENROLLING = "enrolling"


@staff(policies.own_account)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved
def one_time_key(request: HttpRequest) -> HttpResponse:
    """Shows a new key to be read by an application, and takes a code of it; then the codes on paper, this once."""
    account, form = account_of(request), CodeForm(request.POST or None)
    secret = _secret(request, account)
    if request.method == "POST" and form.is_valid():
        command = SetOneTimeKey(account.pk, secret, form.cleaned_data["code"])
        try:
            codes = set_one_time_key(command, by=actor_of(request)).result
        except Refused as refused:
            for problem in refused.problems:
                form.add_error(problem.field, problem.message)
        else:
            return _done(request, account, codes)
    return render(request, "people/one_time_key.jinja", _shown(account, secret, form), status=422 if form.errors else 200)


def _done(request: HttpRequest, account: Account, codes: list[str]) -> HttpResponse:
    request.session.pop(ENROLLING, None)
    request.session.pop(sessions.NEEDS_FACTOR, None)
    sessions.close_others(account, but=sessions.current(request))
    return render(request, "people/paper_codes.jinja", {"codes": codes, "enrolled": True})


def _secret(request: HttpRequest, account: Account) -> str:
    """The key that this browser is being shown; the same when the page is loaded again."""
    begun = request.session.get(ENROLLING)
    try:
        return vault.unseal(begun or "", about=str(account.pk))
    except vault.VaultLocked:
        secret = factors.new_secret()
        request.session[ENROLLING] = vault.seal(secret, about=str(account.pk))
        return secret


def _shown(account: Account, secret: str, form: CodeForm) -> dict[str, object]:
    address = factors.enrolment_address(secret, account.username)
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    required = sessions.must_have_factor(account)
    told = {"form": form, "picture": picture, "secret": groups, "address": address, "required": required}
    return {**told, "replaces": factors.has_one(account)}


@staff(policies.own_account)
@require_POST
@proved
def remove_key(request: HttpRequest) -> HttpResponse:
    """Takes the second factor away, where the institute lets staff do without it."""
    account = account_of(request)
    if sessions.must_have_factor(account):
        return redirect("access")
    try:
        remove_one_time_key(OwnFactor(account.pk), by=actor_of(request))
    except Refused:  # it was already gone
        return redirect("access")
    sessions.close_others(account, but=sessions.current(request))
    return redirect(f"{reverse('access')}#segundo-factor")


@staff(policies.own_account)
@never_cache
@require_POST
@proved
def paper_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes on paper, shown this once."""
    try:
        codes = make_paper_codes(OwnFactor(account_of(request).pk), by=actor_of(request)).result
    except Refused:
        return redirect("access")
    return render(request, "people/paper_codes.jinja", {"codes": codes, "enrolled": False})
