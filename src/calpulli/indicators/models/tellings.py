"""What was told of tables of people: each edition whole, with the counts as they then were, for the next one to be weighed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import Batch, Entry, Privacy

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class Telling(Batch):
    """An edition of a table of people for a year: its cells are entries. `quarters`: those that had ended."""

    table = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    floor = models.PositiveIntegerField(help_text="Under how many people a count was not told.")
    quarters = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "count", "entries_sha256", "table", "year", "number", "floor", "quarters", "told_at"), PUBLIC
    )

    class Meta:
        ordering = ["table", "year", "number"]
        constraints = [models.UniqueConstraint(fields=["table", "year", "number"], name="indicators_telling_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.year} ed. {self.number}"


class ToldCell(Entry):
    """A cell of an edition. `told`: what is public of it, nothing where it is kept back; `people`: how many there were."""

    batch = models.ForeignKey(Telling, on_delete=models.PROTECT, related_name="cells", db_constraint=False)
    period = models.CharField(max_length=8)
    place = models.CharField(max_length=60, help_text="`*`: all of them; empty: nowhere in particular.")
    category = models.CharField(max_length=40, help_text="`*`: everybody.")
    told = models.PositiveIntegerField(null=True)
    anew = models.BooleanField(help_text="Whether it was told with this edition's count; nobody outside may know.")
    people = models.PositiveIntegerField()

    columns: ClassVar[tuple[str, ...]] = ("position", "period", "place", "category", "told", "anew", "people")
    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "batch_id", "position", "period", "place", "category", "told"), PUBLIC
    ) | dict.fromkeys(("anew", "people"), INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["batch", "position"], name="indicators_told_batch")]

    def __str__(self) -> str:
        return f"{self.period} {self.place} {self.category}"
