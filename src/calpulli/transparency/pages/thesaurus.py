"""The editor's page: what the thesaurus says, and what people asked for in vain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Done, Refused

from .. import actions, policies, queries
from ..inputs import RemovalForm, TermForm
from ..inputs.thesaurus import LONGEST_TERM


@staff(policies.edit_thesaurus)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thesaurus(request: HttpRequest) -> HttpResponse:
    """Shows the thesaurus, with the term that the address names in the form; takes a term, or takes one away."""
    if request.method != "POST":
        return _page(request, _blank(request))
    return _remove(request) if "remove" in request.POST else _set(request)


def _blank(request: HttpRequest) -> TermForm:
    term = request.GET.get("termino", "")[:LONGEST_TERM]
    return TermForm(initial=_initial(term))


def _initial(term: str) -> dict[str, str]:
    """What the thesaurus says of a term, or the term alone."""
    row = queries.find_term(term) if term else None
    return {"term": row.term, "synonyms": "\n".join(row.synonyms), "reason": row.reason} if row else {"term": term}


def _set(request: HttpRequest) -> HttpResponse:
    form = TermForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        done = actions.set_synonyms(form.command(), by=actor_of(request))
    except Refused as refused:
        return _page(request, _told(form, refused), status=422)
    return _done(request, done, form.cleaned_data["term"])


def _remove(request: HttpRequest) -> HttpResponse:
    form = RemovalForm(request.POST)
    first = TermForm(initial=_initial(request.POST.get("term", "")[:LONGEST_TERM]))
    if not form.is_valid():
        return _page(request, first, removal=form, status=422)
    try:
        done = actions.remove_term(form.command(), by=actor_of(request))
    except Refused as refused:
        return _page(request, first, removal=_told(form, refused), status=422)
    return _done(request, done, form.cleaned_data["term"])


def _told(form: forms.Form, refused: Refused) -> Any:
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return form


def _done(request: HttpRequest, done: Done[Any], term: str) -> HttpResponse:
    told = done.receipt
    request.session["thesaurus"] = {"term": term, "name": told.name, "sequence": told.sequence, "digest": told.digest}
    return redirect("thesaurus")


def _page(request: HttpRequest, form: TermForm, *, removal: RemovalForm | None = None, status: int = 200) -> HttpResponse:
    term = form["term"].value() or ""
    context = {
        "form": form,
        "term": queries.find_term(term),
        "removal": removal or RemovalForm(initial={"term": term}),
        "errors": bool(form.errors or (removal and removal.errors)),
        "terms": queries.thesaurus(),
        "misses": queries.misses(),
        "miss_floor": settings.SEARCH_MISS_FLOOR,
        "miss_days": settings.SEARCH_MISS_DAYS,
        "done": request.session.pop("thesaurus", None),
    }
    return render(request, "transparency/thesaurus.jinja", context, status=status)
