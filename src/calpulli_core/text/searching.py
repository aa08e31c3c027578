"""Spanish words as a search compares them, and which known word a mistyped one is nearest to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from calpulli_core.text.folding import fold

# A number keeps its points: line 1.3 is not line 1.
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+")
# Folded, the stemmer no longer knows "-ción" for a suffix, while it knows "-ciones": both are written as the second.
_NOUN_OF_ACTION = re.compile(r"(?<=[a-z])([cs]ion)$")
# The stemmer takes it for an infinitive, and its plural for a noun.
_WHOLE = {"mujer": "mujeres"}
# They say how something is asked, not what: with their accents the stemmer's own list would drop most of them.
_EMPTY_WORDS = """
a al ante como con cual cuales cuando cuanta cuantas cuanto cuantos de del donde e el ella ellas ellos en
entre es esa ese eso esta estan estas este esto estos estoy fue fueron ha han hasta hay la las le les lo los
mas me mi mis ni no nos o para pero por porque puedo que quien quienes se ser si sin sobre son su sus tal
tambien te ti tu tus u un una unas uno unos usted y ya yo
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def written_words(text: str) -> list[str]:
    """The words of a text as they stand, those included that a search leaves out."""
    return _WORD.findall(text)


def search_words(text: str) -> list[str]:
    """The words of a text, folded, in order, in the one form that the stemmer treats alike; empty words stay out.

    The same for what is searched and for what is typed, so that accents decide nothing. Any text; it may give no word.
    """
    return [word for _, word in asked_words(text)]


def asked_words(text: str) -> list[tuple[str, str]]:
    """The same, each with the folded word that was typed."""
    typed = [word for word in _WORD.findall(fold(text)) if word not in _EMPTY]
    return [(word, _NOUN_OF_ACTION.sub(r"\1es", _WHOLE.get(word, word))) for word in typed]


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The words of `known` that are at most one slip from `word`, two from its sixth letter on: the nearest first.

    A slip: a letter too many, missing or wrong, or two in the other order (optimal string alignment). In a word of up to
    three letters everything is near everything: it has none. Words at the same distance keep the order of `known`.
    """
    most = 0 if len(word) < 4 else 1 if len(word) < 6 else 2
    near = [(slips(word, other, most=most), other) for other in known if abs(len(other) - len(word)) <= most]
    return [other for count, other in sorted(near, key=lambda pair: pair[0]) if 0 < count <= most]


def slips(one: str, other: str, *, most: int) -> int:
    """How many slips apart two words are; above `most`, some number above it."""
    above: list[int] = []
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, wanted in enumerate(other, 1):
            best = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            swapped = at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted
            row.append(min(best, above[to - 2] + 1) if swapped else best)
        if min(row) > most:
            return most + 1
        above, before = before, row
    return before[-1]
