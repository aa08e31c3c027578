"""How one signs in, and where one is signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from calpulli.commons.access import staff

from .. import factors, identity, limits, passkeys, policies, sessions
from ..models import LinkedIdentity, OneTimeKey, OpenSession
from .proof import account_of

WAYS = {
    "password": _("Con contraseña"),
    "identity": _("Con su identidad externa"),
    "mail": _("Con un código por correo"),
    "passkey": _("Con llave de acceso"),
    "code": _("Con contraseña y código de la aplicación"),
    "paper": _("Con contraseña y código de recuperación"),
}


@staff(policies.own_account)
@never_cache
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """The ways in that one has, and where each is changed."""
    account = account_of(request)
    told = {
        "key": OneTimeKey.objects.filter(account=account).first(),
        "identity": LinkedIdentity.objects.filter(account=account).first(),
        "provider": identity.provider() if account.is_resident else None,
        "passkeys": passkeys.of_account(account),
        "paper_left": factors.paper_codes_left(account),
        "session_count": sessions.of_account(account).count(),
        "must_enrol": account.must_enrol,
        "demonstration": sessions.is_demonstration(account),
    }
    return render(request, "people/access.jinja", told)


@staff(policies.own_account)
@never_cache
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Every open session: when, how, on what; this one marked."""
    mine, told = sessions.current(request), limits.current()
    rows = [_row(one, mine) for one in sessions.of_account(account_of(request))]
    hours = {"hours": told.session_hours, "idle": told.idle_minutes}
    return render(request, "people/sessions.jinja", {"sessions": rows, **hours})


def _row(one: OpenSession, mine: OpenSession | None) -> dict[str, Any]:
    return {"session": one, "way": WAYS.get(one.how, _("De otro modo")), "current": mine is not None and one.pk == mine.pk}


@staff(policies.own_account)
@require_POST
def close_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Ends one session; one's own, by signing out."""
    mine = sessions.current(request)
    if mine is not None and mine.pk == session_id:
        sessions.end(request)
        return redirect("sign_in")
    if not sessions.close(account_of(request), session_id):
        raise Http404
    return redirect("sessions")


@staff(policies.own_account)
@require_POST
def close_other_sessions(request: HttpRequest) -> HttpResponse:
    """Ends every session but this one."""
    sessions.close_others(account_of(request), but=sessions.current(request))
    return redirect("sessions")
