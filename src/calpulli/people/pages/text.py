"""Hints on a text while somebody writes it; nothing of it is kept."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from calpulli.commons import prose
from calpulli.commons.access import actor_of, staff

from .. import policies

# A script that asks without end, of one account, in each process of the site.
MOST_A_MINUTE = 60


@staff(policies.open_desk)
@never_cache
@require_POST
def text_hints(request: HttpRequest) -> HttpResponse:
    """The review of `text` as the page would show it: 413 for a text that is too long, 429 for who asks too often."""
    text = request.POST.get("text", "")
    if len(text) > prose.LONGEST:
        return HttpResponse(status=413)
    if _too_often(actor_of(request).ref):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    return render(request, "people/hints.jinja", {"review": prose.review(text)})


def _too_often(ref: str) -> bool:
    key = f"text_hints:{ref}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # it ran out between the two
        return False
