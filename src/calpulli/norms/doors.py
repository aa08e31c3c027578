"""What other packages may call of norms."""

from __future__ import annotations

import datetime as dt

from calpulli_core.law.rules import Rule, in_force

from . import queries

__all__ = ["is_adopted", "rule"]


def rule(institute: str, *, key: str, on: dt.date) -> Rule:
    """The rule of that key in force on that day, by the norms that the institute last adopted; NoRule if there is none."""
    return in_force(queries.rules_of(institute), key=key, on=on)


def is_adopted(institute: str) -> bool:
    """Whether any norms of that institute were adopted here."""
    return queries.latest(institute) is not None
