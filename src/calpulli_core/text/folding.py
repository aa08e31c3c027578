"""Folding of case and accents for search, and the alphabetical order of Spanish."""

from __future__ import annotations

import re
import unicodedata

# Not composed with a mark, so decomposing does not reach them.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
# "~" comes after "z" in ASCII: whatever begins with ñ follows everything that begins with n.
_ENE = "n~"
_FIGURES = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"[^\w~]+|_+")
_WIDTH = 18


def fold(text: str) -> str:
    """Text without case, accents or ñ, for search: what is typed without accents finds what is written with them.

    Folding what is folded changes nothing. Spaces and signs stay.
    """
    return _bare(text.casefold())


def order_key(name: str) -> tuple[str, str, str]:
    """Key that sorts names as a Spanish dictionary does, for people, places and titles.

    First the letters without case or accents, ñ between n and o, ch and ll as plain letters (Academias, 2010), words before
    longer words, figures by their value and before letters; then unaccented before accented; then the text as it stands.
    Only ASCII order is used where the language has a rule, so that every machine sorts alike.
    """
    letters = _bare(_with_ene(name))
    spaced = _BETWEEN.sub(" ", letters).strip()
    primary = _FIGURES.sub(lambda match: match[0].lstrip("0").zfill(_WIDTH), spaced)
    return primary, unicodedata.normalize("NFC", name.casefold()), name


def _with_ene(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold()).replace("~", " ").replace("ñ", _ENE)


def _bare(text: str) -> str:
    """Decomposed until nothing changes, since casing some letters gives new marks. Plain letters have nothing to lose."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    letters = [letter for letter in decomposed if letter < "\x80" or not unicodedata.combining(letter)]
    kept = "".join(letters).casefold().translate(_PLAIN)
    return kept if kept == text else _bare(kept)
