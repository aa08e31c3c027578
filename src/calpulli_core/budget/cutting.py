"""The scenario of a cut: how much can be cut, and from whom (docs/spec/budget.md, 7). A simulation, never a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .rates import cents_shown
from .sharing import WHOLE, shared


@dataclass(frozen=True, slots=True)
class Free:
    """An activity in what is chosen: its key, its modified budget there, and what of it is not committed."""

    key: str
    modified: int
    free: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What was asked for, what could be reached, and how much each activity loses, in the order of their keys."""

    goal: int
    reached: int
    parts: tuple[tuple[Free, int], ...]

    @property
    def missing(self) -> int:
        """What cannot be reached without touching what is committed."""
        return self.goal - self.reached


def cut(activities: Sequence[Free], hundredths: int) -> Cut:
    """The cut of so many hundredths of a percent; ValueError outside 1 to 10,000."""
    if not 1 <= hundredths <= WHOLE:
        raise ValueError(f"a cut of {hundredths} hundredths of a percent")
    ordered = sorted(activities, key=lambda one: one.key)
    goal = (2 * max(0, sum(one.modified for one in ordered)) * hundredths + WHOLE) // (2 * WHOLE)
    free = [one.free for one in ordered]
    reached = min(goal, sum(free))
    return Cut(goal, reached, tuple(zip(ordered, shared(reached, free).parts, strict=True)))


def units_at_risk(pending: int, cents: int, free: int) -> int:
    """Thousandths of units that a cut of `cents` leaves undone, of those `pending`, where `free` was left to do them."""
    return cents_shown(Fraction(max(0, pending) * cents, free)) if free > 0 else 0
