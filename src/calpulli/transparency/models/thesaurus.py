"""The thesaurus: what citizens say, and the words under which the institute's texts speak of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import DomainRow, Privacy


class ThesaurusTerm(DomainRow):
    """Words that people type, and those that are searched besides. `words`: the term as it is compared (folded).

    `area`: that of whoever said so last; empty for what came with the institute's folder.
    """

    term = models.CharField(max_length=80)
    words = models.CharField(max_length=120, unique=True)
    synonyms = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField(null=True)
    area = models.CharField(max_length=160, blank=True, default="", db_default="")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "term", "words", "synonyms", "reason", "changed_at", "area"), Privacy.PUBLIC
    )

    def __str__(self) -> str:
        return self.term
