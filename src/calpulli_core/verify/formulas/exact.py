"""Exact values and how a bundle writes them (docs/spec/formulas.md, sections 1, 6 and 9)."""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd

MOST_BITS = 2_048
_LONGEST = 1_300
_VALUE = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")


def read_value(text: str) -> Fraction | None:
    """The value that a bundle's text says, or None if it is not written as it must be."""
    match = _VALUE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    numerator, denominator = int(match[1]), int(match[2] or 1)
    if match[2] and (denominator == 1 or gcd(numerator, denominator) != 1):
        return None
    return Fraction(numerator, denominator)


def write_value(value: Fraction) -> str:
    """As a bundle writes it: `n`, or `n/d` in lowest terms."""
    return str(value)


def is_in_range(value: Fraction) -> bool:
    """Whether numerator and denominator have no more bits than a value may."""
    return value.numerator.bit_length() <= MOST_BITS and value.denominator.bit_length() <= MOST_BITS


def rounded(value: Fraction, digits: int) -> Fraction:
    """The nearest with so many decimals; halves go away from zero."""
    scale = 10**digits
    doubled = 2 * abs(value.numerator) * scale + value.denominator
    nearest = Fraction(doubled // (2 * value.denominator), scale)
    return nearest if value >= 0 else -nearest
