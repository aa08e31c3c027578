"""Amounts as people write them, and back: exact, and nothing guessed."""

from __future__ import annotations

import re

MOST = 10**15  # cents
_WRITTEN = re.compile(r"(-?)\$? ?(-?)((?:[0-9]{1,3}(?:,[0-9]{3})+)|[0-9]+)(?:\.([0-9]{1,2}))?")


def read_cents(text: str) -> int:
    """The cents of `1,580,325.45`, `1580325.45` or `$ 1,580,325.45`, perhaps with `-`; ValueError, with the rule, otherwise."""
    found = _WRITTEN.fullmatch(text.strip().replace("\u2212", "-"))
    if found is None or (found[1] and found[2]):
        raise ValueError("Escriba pesos con punto antes de los centavos y, si quiere, comas entre miles: 1,580,325.45.")
    cents = int(found[3].replace(",", "")) * 100 + int((found[4] or "").ljust(2, "0"))
    if cents > MOST:
        raise ValueError("Es más de diez billones de pesos. Revise los ceros y el punto.")
    return -cents if found[1] or found[2] else cents


def pesos_words(cents: int) -> str:
    """`$1,580,325.45`; below zero, with the sign before it."""
    whole, rest = divmod(abs(cents), 100)
    return f"{chr(0x2212) if cents < 0 else ''}${whole:,}.{rest:02}"
