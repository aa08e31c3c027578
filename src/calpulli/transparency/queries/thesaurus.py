"""The thesaurus as its page shows it, and the words that found nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Sum

from calpulli.commons import clock
from calpulli_core.text.folding import order_key
from calpulli_core.text.searching import search_words

from ..models import SearchMiss, ThesaurusTerm

MOST_MISSES = 50


@dataclass(frozen=True)
class Miss:
    """A word that found nothing: how many times within the days that count, and the last of them."""

    word: str
    times: int
    last_on: dt.date


def thesaurus() -> list[ThesaurusTerm]:
    """Every term, in the order of its folded words."""
    return sorted(ThesaurusTerm.objects.all(), key=lambda row: order_key(row.term))


def find_term(term: str) -> ThesaurusTerm | None:
    """The term of those words, whatever their accents."""
    return ThesaurusTerm.objects.filter(words=words_of_term(term)).first()


def words_of_term(term: str) -> str:
    """A term as it is compared."""
    return " ".join(search_words(term))


def misses() -> list[Miss]:
    """The words that were asked for often enough and that the thesaurus does not have, the most wanted first."""
    since = clock.today() - dt.timedelta(days=settings.SEARCH_MISS_DAYS)
    rows = SearchMiss.objects.filter(day__gt=since).exclude(word="").values("word")
    told = rows.annotate(asked=Sum("times"), last_on=Max("day")).order_by("-asked", "word")[:MOST_MISSES]
    known = {word for row in ThesaurusTerm.objects.all() for word in row.words.split()}
    return [Miss(row["word"], row["asked"], row["last_on"]) for row in told if words_of_term(row["word"]) not in known]
