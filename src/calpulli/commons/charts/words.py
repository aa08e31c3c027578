"""Numbers as they are written in Mexico: a comma between thousands, a point before decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"  # as long as a plus, and never taken for a hyphen


def number_words(value: float | Decimal, places: int | None = None) -> str:
    """1,234.5; `places` decimals, or as many as it has up to two. Halves go away from zero, as people round."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    asked = places if places is not None else min(2, max(0, -_exponent(exact)))
    rounded = exact.quantize(Decimal(1).scaleb(-asked), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{asked}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is not a number that can be written")
    return exponent
