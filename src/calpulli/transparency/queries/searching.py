"""Searches the index: who has all the words first, rare words before common ones, titles before bodies."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from operator import add, or_

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Count, F, FloatField, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact
from calpulli_core.text.folding import order_key

from ..models import SearchEntry
from .asking import Asked, questions, shortened

MOST, MOST_PARTIAL = 60, 10
WEIGHTS = [0.1, 0.2, 0.4, 1.0]  # of D, C, B, A: a title is A, a body is C
BY_LENGTH = 1  # divides the rank by the logarithm of the document's length
# Of a document that was found: its words, which weigh most, stay in the database.
SHOWN = ("key", "kind", "name", "title", "url", "context", "precedence", "twin")
FOUND = 0.2  # what a word is worth anywhere, beside its rank


@dataclass(frozen=True)
class Hit:
    """A document that was found; `twins` are those that say the same elsewhere; `complete`: it has every word."""

    entry: SearchEntry
    complete: bool
    score: float
    twins: tuple[SearchEntry, ...] = ()

    @cached_property
    def facts(self) -> tuple[AnswerFact, ...]:
        """What answers before links, read this moment."""
        kind = SEARCHABLES.get(self.entry.kind)
        return kind.answer(self.entry.key.removeprefix(f"{self.entry.kind}:")) if kind else ()


@dataclass(frozen=True)
class Group:
    """The hits of one kind, under its name."""

    key: str
    label: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Found:
    """What a search gave: the hits in order, the words that nothing has, and how the text was cut."""

    text: str
    was_cut: bool
    asked: tuple[Asked, ...] = ()
    missing: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = field(default=())

    @property
    def complete(self) -> tuple[Hit, ...]:
        """Those that have every word."""
        return tuple(hit for hit in self.hits if hit.complete)

    @property
    def brought(self) -> tuple[str, ...]:
        """The words that the thesaurus added."""
        return tuple(dict.fromkeys(word for one in self.asked for word in one.brought))

    def groups(self, hits: Iterable[Hit]) -> list[Group]:
        """Hits by kind, the kind of the best one first."""
        kinds: dict[str, list[Hit]] = {}
        for hit in hits:
            kinds.setdefault(hit.entry.kind, []).append(hit)
        return [Group(key, str(kind.label), tuple(found)) for key, found in kinds.items() if (kind := SEARCHABLES.get(key))]


def search(text: str, *, thesaurus: bool = True) -> Found:
    """What the index has for a text. Any text: nothing in it is an operator."""
    wanted = shortened(text)
    asked = questions(wanted, thesaurus=thesaurus)
    was_cut = len(" ".join(text.split())) > len(wanted)
    if not asked:
        return Found(wanted, was_cut)
    counts = _counts(asked)
    missing = tuple(one.typed for at, one in enumerate(asked) if not counts[f"word_{at}"])
    return Found(wanted, was_cut, tuple(asked), missing, _hits(asked, counts))


def _counts(asked: list[Asked]) -> dict[str, int]:
    """In how many documents each word is, and how many there are."""
    told = {f"word_{at}": Count("pk", filter=Q(vector=one.question)) for at, one in enumerate(asked)}
    return SearchEntry.objects.aggregate(all=Count("pk"), **told)


def _hits(asked: list[Asked], counts: dict[str, int]) -> tuple[Hit, ...]:
    rarity = [math.log(1 + counts["all"] / max(counts[f"word_{at}"], 1)) for at in range(len(asked))]
    any_word = reduce(or_, (Q(vector=one.question) for one in asked))
    scored = (
        SearchEntry.objects.only(*SHOWN)
        .filter(any_word)
        .annotate(
            score=reduce(add, (_worth(one, rare) for one, rare in zip(asked, rarity, strict=True))),
            has=reduce(add, (_has(one) for one in asked)),
        )
    )
    best = scored.order_by("-has", "-score", "precedence", "key")[:MOST]
    hits = [Hit(entry, entry.has == len(asked), round(entry.score, 6)) for entry in best]
    together = _together(sorted(hits, key=_place))
    complete = [hit for hit in together if hit.complete]
    return tuple(complete or together[:MOST_PARTIAL])


def _worth(one: Asked, rarity: float) -> Combinable:
    rank = SearchRank(F("vector"), one.question, weights=WEIGHTS, normalization=Value(BY_LENGTH))
    worth = Value(rarity) * (Value(FOUND) + rank)
    return Case(When(vector=one.question, then=worth), default=Value(0.0), output_field=FloatField())


def _has(one: Asked) -> Combinable:
    return Case(When(vector=one.question, then=Value(1)), default=Value(0), output_field=IntegerField())


def _place(hit: Hit) -> tuple[bool, float, int, tuple[str, str, str], str]:
    entry = hit.entry
    return not hit.complete, -hit.score, entry.precedence, _alphabetical(f"{entry.name} {entry.title}"), entry.key


# The same titles are found again and again; what was asked is not kept here or anywhere.
_alphabetical = lru_cache(maxsize=1024)(order_key)


def _together(hits: list[Hit]) -> list[Hit]:
    """Each twin once, at the place of the first; the one of the lowest precedence speaks for them."""
    families: dict[str, list[Hit]] = {}
    for hit in hits:
        families.setdefault(hit.entry.twin or hit.entry.key, []).append(hit)
    return [_one(family) for family in families.values()]


def _one(family: list[Hit]) -> Hit:
    first, *others = sorted(family, key=lambda hit: (hit.entry.precedence, hit.entry.key))
    return Hit(first.entry, family[0].complete, family[0].score, tuple(other.entry for other in others))
