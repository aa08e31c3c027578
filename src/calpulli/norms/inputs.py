"""What comes in: the norms of an institute, already read."""

from __future__ import annotations

from dataclasses import dataclass

from calpulli_core.law.rules import Rule


@dataclass(frozen=True)
class AdoptNorms:
    """The rules to hold from now on for `institute`, all of them."""

    institute: str
    rules: tuple[Rule, ...]
