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
        for place, rule in enumerate(rules, 1):
            if not rule.confirmed:
                yield _unconfirmed(adoption.institute, place, rule)


def _unconfirmed(institute: str, place: int, rule: Rule) -> Unknown:
    use = RULES.get(rule.key)
    return Unknown(
        what=f"{queries.name_of(rule.key)}. {rule.article}",
        mark=Mark.UNCONFIRMED,
        url=f"{reverse('norms')}#{queries.anchor_of(institute, place)}",
        place=_("Normas: %(institute)s") % {"institute": institutes.name_of(institute)},
        owner=institutes.open_data().areas.get("norms") or institutes.current().name,
        remedy=_("Que alguien coteje el plazo con el texto de la ley y lo anote en las normas del instituto, con su fuente."),
        since_on=rule.valid_from,
        also=tuple(use.shown(institute, rule)) if use else (),
    )


UNKNOWNS.add("norms.rules", UnknownSource("norms.rules", _unknowns))
