"""What the numbers mean: the list of all, and one page for each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.registries.meanings import MEANINGS


@public
@require_safe
def meanings(request: HttpRequest) -> HttpResponse:
    """Every number that this site explains."""
    return render(request, "site/meanings.jinja", {"meanings": sorted(MEANINGS, key=lambda one: str(one.name))})


@public
@require_safe
def meaning(request: HttpRequest, key: str) -> HttpResponse:
    """One number: what it counts, how, from which rows, how far it can be checked, since when, and who answers."""
    found = MEANINGS.get(key)
    if found is None:
        raise Http404
    return render(request, "site/meaning.jinja", {"meaning": found, "today": found.today()})
