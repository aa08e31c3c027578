"""Cost per unit and percentages: exact fractions, rounded only to be shown (docs/spec/budget.md, 5 and 6)."""

from __future__ import annotations

from fractions import Fraction

THOUSAND = 1_000  # units are counted in thousandths
Share = Fraction | None


def unit_cost(cents: int, thousandths: int | None) -> Fraction | None:
    """Cents for each unit; None where nothing was done or nobody said."""
    if thousandths is None or thousandths <= 0:
        return None
    return Fraction(cents * THOUSAND, thousandths)


def share_of(part: int | None, whole: int) -> Share:
    """How much of the whole the part is; None without a whole, or where the part is not known."""
    return None if part is None or whole <= 0 else Fraction(part, whole)


def cents_shown(value: Fraction) -> int:
    """The nearest whole number; halves away from zero."""
    shown = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return shown if value >= 0 else -shown
