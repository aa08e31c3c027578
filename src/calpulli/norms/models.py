"""Each version of an institute's norms that this installation took."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import DomainRow, Privacy


class Adoption(DomainRow):
    """The norms of an institute from one moment on; the newest holds."""

    institute = models.SlugField(max_length=40, help_text="A folder of `institutes/`.")
    number = models.PositiveIntegerField(help_text="1, 2, … for each institute.")
    adopted_at = models.DateTimeField()
    rules = models.JSONField(help_text="Each rule as `calpulli_core.law.Rule.as_json` writes it, in the order of the file.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "institute", "number", "adopted_at", "rules"), Privacy.PUBLIC)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institute", "number"], name="norms_adoption_number")]

    def __str__(self) -> str:
        return f"{self.institute} {self.number}"
