"""The index of the search. Operational tables: made from what is public, and made again at any time; no act and no fact."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from calpulli.ledger.doors import Privacy

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class SearchEntry(models.Model):
    """A public document as the search knows it. `title_words` and `body_words` are folded, so that accents decide nothing."""

    key = models.CharField(max_length=200, primary_key=True)
    kind = models.CharField(max_length=60)
    name = models.TextField()
    title = models.TextField()
    body = models.TextField()
    url = models.CharField(max_length=500)
    context = models.TextField()
    precedence = models.IntegerField()
    twin = models.CharField(max_length=64)
    title_words = models.TextField()
    body_words = models.TextField()
    digest = models.CharField(max_length=64)
    vector = models.GeneratedField(
        expression=SearchVector("title_words", weight="A", config="spanish")
        + SearchVector("body_words", weight="C", config="spanish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("key", "kind", "name", "title", "body", "url", "context", "precedence", "twin"),
            *("title_words", "body_words", "digest", "vector"),
        ),
        PUBLIC,
    )

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="transparency_search_vector")]

    def __str__(self) -> str:
        return self.key


class SearchWord(models.Model):
    """A folded word of the index as it is written, for proposing it instead of a mistyped one."""

    word = models.CharField(max_length=60, primary_key=True)
    shown = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField()
    documents = models.PositiveIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("word", "shown", "length", "documents"), PUBLIC)

    class Meta:
        indexes = [models.Index(fields=["length", "word"], name="transparency_word_length")]

    def __str__(self) -> str:
        return self.shown


class SearchState(models.Model):
    """Of what the index was made: one row, which whoever makes it anew holds meanwhile."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    stamp = models.CharField(max_length=64)
    made_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "stamp", "made_at"), INTERNAL)

    def __str__(self) -> str:
        return self.stamp


class SearchMiss(models.Model):
    """A word that found nothing, counted by day. Until it was asked for often enough `word` is empty: only a keyed hash stays."""

    day = models.DateField()
    key = models.CharField(max_length=64)
    word = models.CharField(max_length=60, blank=True)
    times = models.PositiveIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "day", "key", "word", "times"), INTERNAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="transparency_miss_once")]
        indexes = [models.Index(fields=["key", "day"], name="transparency_miss_recent")]

    def __str__(self) -> str:
        return self.word or self.key[:8]
