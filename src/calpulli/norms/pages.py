"""The public page of the dated rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons import institutes
from calpulli.commons.access import public
from calpulli_core.law.rules import Rule

from . import queries
from .models import Adoption


@dataclass(frozen=True)
class Shown:
    """A rule as the page tells it."""

    rule: Rule
    name: str
    words: str
    anchor: str


@dataclass(frozen=True)
class NormsOf:
    """What one institute's norms say, and the versions there were."""

    institute: str
    is_own: bool
    held: Adoption
    rules: list[Shown]


@public
@require_safe
def norms(request: HttpRequest) -> HttpResponse:
    """Each rule that holds, by institute, its own first."""
    found = [_shown(adoption, rules) for adoption, rules in queries.in_force_now()]
    found.sort(key=lambda one: (not one.is_own, one.institute))
    return render(request, "norms/norms.jinja", {"norms": found})


def _shown(adoption: Adoption, rules: tuple[Rule, ...]) -> NormsOf:
    slug = adoption.institute
    shown = [
        Shown(rule, queries.name_of(rule.key), queries.words_of(rule), queries.anchor_of(slug, place))
        for place, rule in enumerate(rules, 1)
    ]
    return NormsOf(institutes.name_of(slug), slug == institutes.current().slug, adoption, shown)
