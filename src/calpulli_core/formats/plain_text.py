"""Which texts every format of the record can carry without loss, and how a date or a number is written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from calpulli_core.calendars.periods import FIRST_YEAR, LAST_YEAR

_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
# XML, and so XLSX, cannot hold these; the others are line breaks outside ASCII.
_OUTLAWS = frozenset("\ufffe\uffff\u2028\u2029")
# Unicode's controls of direction: with them what a person reads is not what is signed. Spanish needs none.
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DIRECTION = re.compile(f"[{_DIRECTIONS}]")
# Whatever could be refused: one fast look, since almost every text is clean.
_SUSPECT = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029{_DIRECTIONS}]")
_LINK = re.compile(r"https?://[^\s\"<>\\^`{|}]+")


def text_fault(text: str, *, breaks: bool = False) -> str | None:
    """Why a text cannot be carried (Spanish), or None. ``breaks`` admits line feeds.

    A text is not blank and holds no control characters, lone surrogates, non-characters or
    controls of direction.
    """
    if not text.strip():
        return "El texto no puede estar vacío."
    if not _SUSPECT.search(text):
        return None
    for character in text:
        if character == "\n" and not breaks:
            return "El texto va en un solo renglón, sin saltos de línea."
        if character != "\n" and _is_outlaw(character):
            return f"El texto no puede tener el carácter invisible U+{ord(character):04X}."
    return None


def _is_outlaw(character: str) -> bool:
    return character in _OUTLAWS or _DIRECTION.match(character) is not None or unicodedata.category(character) in ("Cc", "Cs")


def read_day(text: str) -> date | None:
    """The date written dd/mm/yyyy with two, two and four digits, or None."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def write_day(day: date) -> str:
    """A date as dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def read_number(text: str) -> int | None:
    """The whole number in these figures, without sign nor zeros before it, of nine at most; or None."""
    return int(text) if _NUMBER.fullmatch(text) else None


def is_link(text: str) -> bool:
    """True for a whole http or https address without spaces."""
    return _LINK.fullmatch(text) is not None and text_fault(text) is None
