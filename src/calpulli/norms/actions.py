"""The one act: norms are adopted whole."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.commons.registries.rules import RULES, RuleUse
from calpulli_core.law.rules import NoRule, in_force

from . import policies
from .inputs import AdoptNorms
from .models import Adoption
from .queries import latest


@act("norms.adopted", policy=policies.adopt_norms)
def adopt_norms(work: Work, command: AdoptNorms) -> Adoption:
    """A new version of an institute's norms, in force from now on.

    Raises Refused when nothing changes, or when something under way would be left without its rule.
    """
    work.hold_chain()
    before, rules = latest(command.institute), [rule.as_json() for rule in command.rules]
    if before and before.rules == rules:
        raise Refused(Problem(None, f"Las normas de «{command.institute}» ya están adoptadas tal como están en su archivo."))
    if problems := [problem for use in RULES for problem in _left_without(use, command)]:
        raise Refused(*problems)
    number = before.number + 1 if before else 1
    work.details.update(institute=command.institute, number=number)
    return work.add(Adoption(institute=command.institute, number=number, adopted_at=work.at, rules=rules))


def _left_without(use: RuleUse, command: AdoptNorms) -> Iterator[Problem]:
    for need in (need for need in use.needs() if need.institute == command.institute):
        try:
            in_force(command.rules, key=use.key, on=need.on)
        except NoRule:
            message = f"{need.what} se quedaría sin la regla «{use.key}» del {need.on:%d/%m/%Y}. "
            yield Problem(None, message + "Deje en norms.toml la regla que regía ese día, con su vigencia cerrada.")
