"""Rules that nobody has confirmed against a legal text, each with every page that counts by it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.rules import RULES
from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown, UnknownSource
from calpulli_core.law.rules import Rule

from .. import queries


def _unknowns() -> Iterator[Unknown]:
    for adoption, rules in queries.in_force_now():
        unconfirmed = [(place, rule) for place, rule in enumerate(rules, 1) if not rule.confirmed]
        pages = _pages(adoption.institute, [rule for _place, rule in unconfirmed])
        for place, rule in unconfirmed:
            yield _unconfirmed(adoption.institute, place, rule, tuple(pages.get(rule, ())))


def _pages(institute: str, rules: list[Rule]) -> dict[Rule, list[str]]:
    """Where each rule is applied; whoever knows is asked once for all of them."""
    ways = dict.fromkeys(use.shown for rule in rules if (use := RULES.get(rule.key)))
    pages: dict[Rule, list[str]] = {}
    for rule, url in (told for shown in ways for told in shown(institute)):
        pages.setdefault(rule, []).append(url)
    return pages


def _unconfirmed(institute: str, place: int, rule: Rule, also: tuple[str, ...]) -> Unknown:
    return Unknown(
        what=f"{queries.name_of(rule.key)}. {rule.article}",
        mark=Mark.UNCONFIRMED,
        url=f"{reverse('norms')}#{queries.anchor_of(institute, place)}",
        place=_("Normas: %(institute)s") % {"institute": institutes.name_of(institute)},
        owner=institutes.open_data().areas.get("norms") or institutes.current().name,
        remedy=_("Que alguien coteje el plazo con el texto de la ley y lo anote en las normas del instituto, con su fuente."),
        since_on=rule.valid_from,
        also=also,
    )


UNKNOWNS.add("norms.rules", UnknownSource("norms.rules", _unknowns))
