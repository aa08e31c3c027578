"""Everything that is not known, in one page and one file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.files import csv_file
from calpulli.commons.registries.answerers import answerers_named

from .. import queries
from ..inputs import UnknownFilter


@public
@require_safe
def unknowns_page(request: HttpRequest) -> HttpResponse:
    """The unknowns, or those of a mark or of an area."""
    wanted = UnknownFilter.of(request.GET)
    with translation.override("es-mx"):  # they quote norms and programmes: whole in Spanish is better than half
        listed = queries.listed_unknowns(mark=wanted.mark, owner=wanted.owner)
    answerers = answerers_named(one.owner for one in listed.shown)
    return render(request, "transparency/unknowns.jinja", {"listed": listed, "wanted": wanted, "answerers": answerers})


@public
@require_safe
def unknowns_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    wanted = UnknownFilter.of(request.GET)
    heads = [_("qué falta"), _("marca"), _("dónde se ve"), _("dirección"), _("desde"), _("quién responde"), _("cómo se resuelve")]
    rows = []
    for one in queries.listed_unknowns(mark=wanted.mark, owner=wanted.owner).shown:
        since = one.since_on.isoformat() if one.since_on else ""
        told = (one.what, one.mark.value, one.place, request.build_absolute_uri(one.url), since, one.owner, one.remedy)
        also = " ".join(map(request.build_absolute_uri, one.also))
        rows.append((*told, also))
    return csv_file("por-confirmar.csv", [*heads, _("también se ve en")], rows)
