"""Signing in with an identity from elsewhere, and linking one to one's account."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from calpulli.commons.access import actor_of, network_address, public, staff
from calpulli.commons.act import Refused

from .. import identity, policies, queries, sessions, throttle
from ..actions import link_identity, unlink_identity
from ..inputs import LinkIdentity, OwnFactor
from .destinations import destination
from .proof import account_of, proved
from .refusals import not_here, too_many

log = logging.getLogger("calpulli.signing")


@public
@never_cache
@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """To the provider, to sign in."""
    return _sent(request, destination(request), linking=False)


@staff(policies.link_identity)
@never_cache
@require_safe
@proved
def link(request: HttpRequest) -> HttpResponse:
    """To the provider, to link what it knows to one's account; never because another site leads here.

    The provider may answer by itself, for whoever is signed in there: a page that had signed her in as somebody else would
    give him her account. A form could not do it: the policy of pages lets none lead to the provider.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return redirect("access")
    return _sent(request, reverse("access"), linking=True)


def _sent(request: HttpRequest, wanted: str, *, linking: bool) -> HttpResponse:
    by = identity.provider()
    if by is None:
        raise Http404
    keys = throttle.guess_keys("identity", network_address(request))
    if throttle.count(keys) is None:  # each asks something of another's server
        return _refused(request, too_many(), 429)
    try:
        return redirect(identity.begin(request, by, destination=wanted, linking=linking))
    except identity.IdentityFailed as failed:
        log.warning("identity: %s", failed)
        told = _("%(name)s no responde como debe. Inténtelo más tarde o entre de otro modo.") % {"name": by.name}
        return _refused(request, told, 503)


@public
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider: signs in, or links, whoever began it in this browser."""
    by = identity.provider()
    if by is None:
        raise Http404
    kept = identity.take_begun(request)
    if kept is None:
        told = _("Esta respuesta no corresponde a lo que pidió este navegador, o llegó muy tarde. Empiece de nuevo.")
        return _refused(request, told, 422)
    if "code" not in request.GET:
        return _refused(request, _("%(name)s no confirmó su identidad.") % {"name": by.name}, 422)
    try:
        found = identity.finish(request, by, kept)
    except identity.IdentityFailed as failed:
        log.warning("identity: %s", failed)
        return _refused(request, _("No pudimos comprobar lo que respondió %(name)s.") % {"name": by.name}, 422)
    return _link(request, found, kept["linking"]) if kept["linking"] else _sign_in(request, found, kept["next"])


def _sign_in(request: HttpRequest, found: identity.Identity, wanted: str) -> HttpResponse:
    account = queries.with_identity(found.issuer, found.subject)
    if account is None:
        told = _("Esa identidad no está ligada a una cuenta. Entre con su código o su folio y líguela en «Mi acceso».")
        return _refused(request, told, 422)
    if not sessions.may_be_here(request, account):
        return _refused(request, not_here(), 403)
    sessions.begin(request, account, how="identity")
    return redirect(wanted)


def _link(request: HttpRequest, found: identity.Identity, began: str) -> HttpResponse:
    """Only into the account that began it: another may have signed in here meanwhile."""
    if not request.user.is_authenticated or str(request.user.pk) != began:
        return _refused(request, _("Su sesión cambió mientras tanto. Entre y empiece de nuevo."), 422)
    command = LinkIdentity(account_of(request).pk, found.issuer, found.subject)
    try:
        link_identity(command, by=actor_of(request))
    except Refused as refused:
        return _refused(request, " ".join(problem.message for problem in refused.problems), 422)
    return redirect("access")


@staff(policies.unlink_identity)
@require_POST
@proved
def unlink(request: HttpRequest) -> HttpResponse:
    """Forgets the identity from elsewhere."""
    try:
        unlink_identity(OwnFactor(account_of(request).pk), by=actor_of(request))
    except Refused:  # it was already gone
        return redirect("access")
    return redirect("access")


def _refused(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    return render(request, "people/identity.jinja", {"errors": [(None, problem)]}, status=status)
