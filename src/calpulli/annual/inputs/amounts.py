"""Thousandths and shares as people read and write them."""

from __future__ import annotations

import re
from decimal import Decimal

WHOLE_UNIT = 1_000  # thousandths
# A comma only sets thousands apart: 1,5 is not one and a half here, and must never be fifteen.
WRITTEN = re.compile(r"([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,3})?")


def amount_words(thousandths: int) -> str:
    """1,250 or 2.5, from thousandths."""
    whole, rest = divmod(thousandths, WHOLE_UNIT)
    decimals = f".{rest:03}".rstrip("0") if rest else ""
    return f"{whole:,}{decimals}"


def amount_typed(thousandths: int) -> str:
    """The same without commas, as a field shows it."""
    return amount_words(thousandths).replace(",", "")


def read_amount(text: str) -> int:
    """Thousandths of what was typed (12, 1250, 1,250, 2.5); ValueError for anything else."""
    told = text.strip()
    if not WRITTEN.fullmatch(told):
        raise ValueError(text)
    return int(Decimal(told.replace(",", "")) * WHOLE_UNIT)


def share_words(share: int) -> str:
    """33.33 %, from hundredths of a percent."""
    return f"{share / 100:.2f}".rstrip("0").rstrip(".") + " %"


def share_typed(share: int) -> str:
    """The same without the sign, as a field shows it."""
    return share_words(share).removesuffix(" %")
