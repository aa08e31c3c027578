"""The arithmetic of the budget, as docs/spec/budget.md says it: whole cents and exact fractions."""

from .amounts import MOST, pesos_words, read_cents
from .cutting import Cut, Free, cut, units_at_risk
from .moments import HAPPENED, ORDER, PAIRS, Balance, Disorder, Moment, disorders, moved_point
from .rates import Share, cents_shown, share_of, unit_cost
from .sharing import WHOLE, Shared, shared

__all__ = [
    "HAPPENED",
    "MOST",
    "ORDER",
    "PAIRS",
    "WHOLE",
    "Balance",
    "Cut",
    "Disorder",
    "Free",
    "Moment",
    "Share",
    "Shared",
    "cents_shown",
    "cut",
    "disorders",
    "moved_point",
    "pesos_words",
    "read_cents",
    "share_of",
    "shared",
    "unit_cost",
    "units_at_risk",
]
