"""Where the words of a text are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from calpulli_core.text.spoken import spoken_syllables

# A letter or figure with the marks written over it; soft hyphens, which printed documents leave inside words, go with it.
# The letters of ordinals (1.º) are part of the figure's reading.
_SIGN = r"[^\W_ºª][\u0300-\u036f\u00ad]*"
_WORD = rf"(?:{_SIGN})+(?:(?:[-\u2010\u2011'\u2019]|(?<=[0-9])[.,](?=[0-9]))(?:{_SIGN})+)*"
# Addresses are not read.
_ADDRESS = r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
_TOKEN = re.compile(rf"(?P<address>{_ADDRESS})|(?P<word>{_WORD})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``start`` and ``end`` are offsets in the text; ``syllables``, those of its reading aloud."""

    text: str
    start: int
    end: int
    syllables: tuple[str, ...]


def words(text: str, *, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of a stretch of text, in order.

    A word is letters and figures without spaces; a hyphen or apostrophe within keeps it one (``político-electoral``), a slash
    does not (``y/o``). A figure is one word with its separators (``1,850.5``). Signs alone and addresses (web, mail) are none.
    """
    limit = len(text) if end is None else end
    for match in _TOKEN.finditer(text, start, limit):
        if match["word"]:
            stop = text[match.end() : match.end() + 1] == "."
            yield Word(match[0], match.start(), match.end(), _heard(match[0], stop=stop))


def _heard(word: str, *, stop: bool) -> tuple[str, ...]:
    plain = word.replace("\u00ad", "")
    return spoken_syllables(plain, stop=stop)
