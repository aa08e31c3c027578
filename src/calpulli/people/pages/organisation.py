"""How the institute is organised, for anyone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.registries import duties

from .. import queries

LONGEST_SEARCH = 100


@public
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """The areas by kind, or those where the words are found."""
    text = request.GET.get("texto", "").strip()[:LONGEST_SEARCH]
    context = {"text": text, "found": queries.search_areas(text) if text else None, "kinds": queries.areas_by_kind()}
    return render(request, "people/organisation.jinja", context)


@public
@require_safe
def area(request: HttpRequest, key: str) -> HttpResponse:
    """What an area is, its posts, and what it answers for."""
    view = queries.area_view(key)
    if view is None:
        raise Http404
    answers = [(duty.title, duty.of(view.area.name)) for duty in duties.DUTIES]
    return render(
        request,
        "people/area.jinja",
        {"view": view, "answers": [told for told in answers if told[1]], "way": queries.way_to_ask(view.area)},
    )
