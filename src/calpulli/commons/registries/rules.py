"""What the dated rules of the norms are for: a package offers the name of each rule that it follows, and where it needs one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calpulli_core.law.rules import Rule

from . import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise  # a text that is translated when it is shown


@dataclass(frozen=True)
class Need:
    """Something under way that must find a rule of its key, of the norms of `institute`, on that day."""

    institute: str
    on: dt.date
    what: str  # in words: "el registro de demo-2026, 2026-Q3"


def no_needs() -> tuple[Need, ...]:
    """For rules that nothing under way depends on."""
    return ()


def nowhere(institute: str, /) -> tuple[tuple[Rule, str], ...]:
    """For rules that no page applies yet."""
    return ()


@dataclass(frozen=True)
class RuleUse:
    """A rule by its key: what people call it, what needs it now, and the addresses of the pages that count by a rule.

    `shown` tells them for every rule of an institute at once, each with its rule: uses that share it are asked once.
    """

    key: str
    name: Words
    needs: Callable[[], Iterable[Need]] = no_needs
    shown: Callable[[str], Iterable[tuple[Rule, str]]] = nowhere


RULES: Registry[RuleUse] = Registry("uses of rules")


def offer(use: RuleUse) -> RuleUse:
    """Registers the use of a rule under its key."""
    return RULES.add(use.key, use)
