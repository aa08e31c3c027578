"""Reads: which rules hold, and since when."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import ngettext

from calpulli.commons import institutes
from calpulli.commons.registries.rules import RULES
from calpulli_core.law.norms import NormErrors
from calpulli_core.law.rules import Rule

from .models import Adoption

FRESH_S = 1.0
# Every unit of `calpulli_core.law`, in words.
WORDS: dict[str, Callable[[int], str]] = {
    "natural_days": lambda value: ngettext("%(num)s día natural", "%(num)s días naturales", value) % {"num": value},
    "people": lambda value: ngettext("%(num)s persona", "%(num)s personas", value) % {"num": value},
}


@dataclass
class _Held:
    """What each institute's norms were when last read. A page asks for dozens of terms; an adoption shows within a second."""

    found: dict[str, tuple[float, tuple[Rule, ...]]] = field(default_factory=dict)

    def rules(self, institute: str) -> tuple[Rule, ...]:
        # An act reads what is, and leaves nothing behind that its undoing would make false.
        if transaction.get_connection().in_atomic_block:
            return _binding(institute)
        until, rules = self.found.get(institute, (0.0, ()))
        if time.monotonic() >= until:
            rules = _binding(institute)
            self.found[institute] = (time.monotonic() + FRESH_S, rules)
        return rules


_HELD = _Held()


def _binding(institute: str) -> tuple[Rule, ...]:
    """What was last adopted. Before the first adoption, what the file says: an installation of before goes on; `/salud` warns."""
    held = latest(institute)
    return _rules(held) if held else written(institute)


def written(institute: str) -> tuple[Rule, ...]:
    """What an institute's file says, adopted or not; nothing where it cannot be read: `calpulli norms check` says why."""
    try:
        return institutes.norms(institute)
    except (OSError, NormErrors):
        return ()


def followed() -> list[str]:
    """The institutes whose norms some plan of this installation follows, its own first."""
    return list(dict.fromkeys([institutes.current().slug, *(plan.institute for plan in institutes.listed_plans())]))


def is_changed(institute: str) -> bool:
    """Whether the file says other than what was last adopted."""
    held = latest(institute)
    return held is None or held.rules != [rule.as_json() for rule in institutes.norms(institute)]


def latest(institute: str) -> Adoption | None:
    """The adoption that holds; None before the first one."""
    return Adoption.objects.filter(institute=institute).order_by("-number").first()


def rules_of(institute: str) -> tuple[Rule, ...]:
    """The rules that hold for an institute, in their order."""
    return _HELD.rules(institute)


def adoptions() -> Iterator[tuple[Adoption, tuple[Rule, ...]]]:
    """Every adoption with its rules, by institute, the oldest first."""
    for adoption in Adoption.objects.order_by("institute", "number"):
        yield adoption, _rules(adoption)


def in_force_now() -> list[tuple[Adoption, tuple[Rule, ...]]]:
    """The adoption that holds for each institute."""
    return list({adoption.institute: (adoption, rules) for adoption, rules in adoptions()}.values())


def _rules(adoption: Adoption | None) -> tuple[Rule, ...]:
    return tuple(Rule.of_json(told) for told in adoption.rules) if adoption else ()


def name_of(key: str) -> str:
    """What people call a rule; its key while nothing here follows it."""
    use = RULES.get(key)
    return str(use.name) if use else key


def anchor_of(institute: str, place: int) -> str:
    """Where on the page of norms the rule stands that is in that place (1, 2, …) of its institute's."""
    return f"{institute}-{place}"


def words_of(rule: Rule) -> str:
    """The value with its unit, in words."""
    words = WORDS.get(rule.unit)
    return words(rule.value) if words else f"{rule.value} {rule.unit}"
