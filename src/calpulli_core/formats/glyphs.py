"""Which characters the printed typeface has; the others are printed as their code, and told.

A PDF for everyone (PDF/UA-1) may not hold a character without a glyph, and a record must not fail
to print because somebody wrote an emoji.
"""

from __future__ import annotations

import bisect
import unicodedata

from calpulli_core.formats.programme import Json

# Blocks that the typefaces inside typst cover whole; a test sets every one of these characters.
COVERED = (
    (0x0020, 0x007E), (0x00A0, 0x00AC), (0x00AE, 0x0377), (0x037A, 0x037F), (0x0384, 0x038A),
    (0x038E, 0x03A1), (0x03A3, 0x04FF), (0x1E00, 0x1F15), (0x2010, 0x2027), (0x2030, 0x205F),
    (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20C0), (0x2100, 0x2151), (0x2153, 0x2184),
    (0x2190, 0x23FF), (0xA789, 0xA78C),
)  # fmt: skip
_STARTS = [first for first, _ in COVERED]


def is_covered(character: str) -> bool:
    """True when the typeface has the character."""
    point = ord(character)
    at = bisect.bisect_right(_STARTS, point) - 1
    return at >= 0 and point <= COVERED[at][1]


class Printable:
    """Rewrites texts for printing and remembers what it had to replace."""

    def __init__(self) -> None:
        self._seen: dict[str, None] = {}

    @property
    def notes(self) -> list[str]:
        """A sentence for each character replaced, in order of appearance."""
        return [f"{_code(one)}: {unicodedata.name(one, 'sin nombre')}" for one in self._seen]

    def text(self, text: str) -> str:
        """The text with ``[U+1F600]`` in place of each character that cannot be set."""
        if all(map(is_covered, text.replace("\n", ""))):
            return text
        return "".join(map(self._one, text))

    def _one(self, character: str) -> str:
        if character == "\n" or is_covered(character):
            return character
        self._seen[character] = None
        return _code(character)

    def all(self, document: dict[str, Json]) -> dict[str, Json]:
        """Every text within a document, whatever its depth."""
        return {key: self._any(value) for key, value in document.items()}

    def _any(self, value: Json) -> Json:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._any(one) for one in value]
        return self.all(value) if isinstance(value, dict) else value


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"
