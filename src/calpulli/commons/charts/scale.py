"""Scales: round steps that hold all the values, and where a value lies between their ends."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """From `low` to `high`, in equal steps."""

    low: float
    high: float
    step: float

    def place(self, value: float) -> float:
        """How far a value lies from the low end, 0 to 100; what lies outside is put at the nearer end."""
        share = (value - self.low) / (self.high - self.low)
        return 100 * min(1.0, max(0.0, share))

    @property
    def ticks(self) -> tuple[float, ...]:
        """The ends of the steps, the lowest first."""
        count = round((self.high - self.low) / self.step)
        return tuple(round(self.low + self.step * place, 10) for place in range(count + 1))


def scale_of(values: Iterable[float | None], *, steps: int = 4, zero: bool = True) -> Scale:
    """A scale with about so many round steps over all values that are there; with `zero`, zero is on it.

    ValueError for values that are not finite.
    """
    known = [value for value in values if value is not None] + ([0.0] if zero else [])
    if not all(math.isfinite(value) for value in known):
        raise ValueError("only finite values can be drawn")
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    step = _step((high - low) / steps if high > low else 1.0)
    bottom = math.floor(low / step + 1e-9) * step
    top = math.ceil(high / step - 1e-9) * step
    return Scale(bottom, max(top, bottom + step), step)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in STEPS if step * power >= rough * (1 - 1e-9))


def percent(value: float) -> str:
    """`42.5%`, as SVG takes it."""
    return f"{round(value, 2):g}%"
