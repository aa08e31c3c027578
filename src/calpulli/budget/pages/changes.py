"""The adecuaciones of a year, as anyone sees them: what was moved, why, and which post decided it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons.access import public

from .. import queries
from ..queries.words import month_name, past_months, reason_words
from .views import the_year


@public
@require_safe
def budget_changes(request: HttpRequest, year: int) -> HttpResponse:
    """Those that were approved, and apart those that were not; one that waits is on the desk alone."""
    money, found = the_year(year), queries.decided(year)
    context = {
        "money": money,
        "approved": [one for one in found if one.is_approved and one.is_adecuacion],
        "of_approved": [one for one in found if one.is_approved and not one.is_adecuacion],
        "refused": [one for one in found if not one.is_approved],
        "reason_words": reason_words,
    }
    return render(request, "budget/changes.jinja", context)


@public
@require_safe
def budget_change(request: HttpRequest, year: int, key: int) -> HttpResponse:
    """One of them, with where the money came from and where it went."""
    money, found = the_year(year), queries.find_decided(year, key)
    if found is None:
        raise Http404
    context = {
        "money": money,
        "found": found,
        "reason": reason_words(found.reason),
        "month_name": month_name,
        "past": past_months(year, found.proposed_on, found.movements),
        "classifier": queries.classifier(),
    }
    return render(request, "budget/change.jinja", context)
