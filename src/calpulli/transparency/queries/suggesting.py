"""«¿Quiso decir…?»: for each word that nothing has, the nearest that something has."""

from __future__ import annotations

import re

from calpulli_core.text.folding import fold
from calpulli_core.text.searching import nearest, written_words

from ..models import SearchWord, ThesaurusTerm
from .searching import Found

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 3
MOST_CANDIDATES = 5_000


def suggestion(found: Found) -> str:
    """The text with its missing words put right; empty when no known word is near."""
    better = {word: near for word in found.missing[:MOST_WORDS] if (near := _near(word))}
    if not better:
        return ""
    return WORD.sub(lambda match: better.get(fold(match[0]), match[0]), found.text)


def _near(word: str) -> str:
    near = range(len(word) - 2, len(word) + 3)
    rows = SearchWord.objects.filter(length__in=near).order_by("-documents", "word")[:MOST_CANDIDATES]
    shown = {fold(spelled): spelled for term in _terms() for spelled in written_words(term)}
    shown |= {row.word: row.shown for row in rows}
    return next((shown[other] for other in nearest(word, shown)), "")


def _terms() -> list[str]:
    return list(ThesaurusTerm.objects.order_by("words").values_list("term", flat=True))
