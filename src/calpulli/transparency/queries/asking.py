"""What was typed, as questions to the index: each word with its prefix and with what the thesaurus adds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchVector
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from calpulli.ledger.doors import remembered
from calpulli_core.text.searching import asked_words, search_words

from ..models import SearchState, ThesaurusTerm

LONGEST, MOST_WORDS = 200, 12
SHORTEST_PREFIX = 3
CHAIN = "transparency"
LEXEME = re.compile(r"'([^']+)'")
Question = SearchQuery | CombinedSearchQuery


@dataclass(frozen=True)
class Asked:
    """One word of a search: as typed (folded), its question to the index, and the thesaurus's words that it brought."""

    typed: str
    question: Question
    brought: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term of the thesaurus: it is asked for when all its stems were typed, in any order."""

    stems: frozenset[str]
    synonyms: tuple[str, ...]


def shortened(text: str) -> str:
    """What of a text is searched: no control signs, single spaces, not longer than `LONGEST`."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * LONGEST]).split())[:LONGEST].strip()


def questions(text: str, *, thesaurus: bool = True) -> list[Asked]:
    """A question for each word that says something, at most `MOST_WORDS` of them."""
    words = list(dict.fromkeys(asked_words(text)))[:MOST_WORDS]
    stems = _stems([word for _, word in words])
    said = {stem for found in stems for stem in found}
    terms = [term for term in _thesaurus() if term.stems <= said] if thesaurus and said else []
    last = words[-1] if words else None
    return [_asked(word, stem, terms, is_last=word == last) for word, stem in zip(words, stems, strict=True) if stem]


def _asked(word: tuple[str, str], stem: set[str], terms: list[Term], *, is_last: bool) -> Asked:
    typed, normal = word
    question: Question = SearchQuery(f"'{normal}'", config="spanish", search_type="raw")
    if is_last and len(typed) >= SHORTEST_PREFIX:
        question |= SearchQuery(f"'{typed}':*", config="simple", search_type="raw")
    brought = [synonym for term in terms if stem & term.stems for synonym in term.synonyms]
    for synonym in brought:
        question |= SearchQuery(" ".join(search_words(synonym)), config="spanish", search_type="plain")
    return Asked(typed, question, tuple(dict.fromkeys(brought)))


def _stems(words: list[str]) -> list[set[str]]:
    """The stems of each word, as PostgreSQL has them; none for a word that it leaves out, nor before there is an index."""
    told = {f"word_{at}": _as_stems(Value(word)) for at, word in enumerate(words)}
    row = SearchState.objects.annotate(**told).values(*told).first() if words else None
    return [set(LEXEME.findall(row[name])) if row else set() for name in told]


def _as_stems(of: Value | F) -> Cast:
    return Cast(SearchVector(of, config="spanish"), TextField())


@remembered(CHAIN)
def _thesaurus() -> tuple[Term, ...]:
    """Every term that says something, in order."""
    found = ThesaurusTerm.objects.annotate(stems=_as_stems(F("words"))).order_by("words")
    terms = (Term(frozenset(LEXEME.findall(one.stems)), tuple(one.synonyms)) for one in found)
    return tuple(term for term in terms if term.stems)
