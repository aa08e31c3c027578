"""What indicators came to: each computation with what went into it and every step, in batches that are never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import Batch, Entry, Privacy

PUBLIC = Privacy.PUBLIC


class ComputationBatch(Batch):
    """Computations made at once: those whose value or inputs are not what the last ones said.

    `heads`: where the chains stood that the measures were read under, {chain: [sequence, digest]}; `sheets`: the hash of the
    sheets and targets in force. While both stay, every last computation holds, also one of an earlier batch, until a day passes
    on which more can be told or judged. `plan_key`: only the indicators of that plan were computed; empty: of all.
    """

    computed_at = models.DateTimeField()
    heads = models.JSONField()
    sheets = models.CharField(max_length=64)
    periods = models.JSONField(help_text="The quarters that were computed.")
    plan_key = models.CharField(max_length=60, blank=True, default="", db_default="")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "count", "entries_sha256", "computed_at", "heads", "sheets", "periods", "plan_key"), PUBLIC
    )

    def __str__(self) -> str:
        return str(self.pk)


class Computation(Entry):
    """The value of a version of a sheet in a period, or the reason why there is none; the last one of both is the one that holds.

    `inputs` and `trace` are canonical JSON: as text, since entries are hashed as the database gives them back.
    """

    batch = models.ForeignKey(ComputationBatch, on_delete=models.PROTECT, related_name="computations", db_constraint=False)
    indicator = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=8)
    value = models.TextField(blank=True)
    reason = models.CharField(max_length=10, blank=True)
    inputs = models.TextField()
    trace = models.TextField()

    columns: ClassVar[tuple[str, ...]] = ("position", "indicator", "version", "period", "value", "reason", "inputs", "trace")
    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "batch_id", *columns), PUBLIC)

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "period", "-batch"], name="indicators_computed_last"),
            models.Index(fields=["batch", "position"], name="indicators_computed_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"
