"""The search: what answers before links, then the links, then what to do when there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons.access import public

from .. import index, queries
from ..queries import Found, Hit


@public
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Searches what `q` says. Nobody is written down: not who asked, and of what was asked only words that nothing has."""
    text = request.GET.get("q", "")
    index.refresh_if_stale()
    found = queries.search(text)
    index.note_misses(found.missing, text=text)
    answer = _answer(found)
    context = {
        "q": found.text,
        "found": found,
        "answer": answer,
        "complete": found.groups(hit for hit in found.complete if hit is not answer),
        "partial": found.groups(hit for hit in found.hits if not hit.complete),
        "suggestion": queries.suggestion(found) if found.missing else "",
    }
    page = render(request, "transparency/search.jinja", context)
    page["X-Robots-Tag"] = "noindex"
    return page


def _answer(found: Found) -> Hit | None:
    """The first hit, if it has every word and something to say before its link."""
    best = next(iter(found.complete), None)
    return best if best and best.facts else None
