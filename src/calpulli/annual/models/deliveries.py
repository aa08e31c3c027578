"""What activities gave, as it happened: the operation from which what was achieved is counted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calpulli.ledger.doors import Batch, Entry, Privacy

from .activities import Activity

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class DeliveryBatch(Batch):
    """Deliveries that came together: from a form (one) or from a file. Withdrawn, they no longer count; they stay."""

    class State(models.TextChoices):
        """Whether it counts."""

        COUNTED = "counted", _("Cuenta")
        WITHDRAWN = "withdrawn", _("Retirado")

    state = models.CharField(max_length=9, choices=State.choices, default=State.COUNTED)
    source_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file as received; empty: a form.")
    recorded_at = models.DateTimeField()
    withdrawn_because = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "count", "entries_sha256", "state", "source_sha256", "recorded_at", "withdrawn_because"),
            "withdrawn_at",
        ),
        PUBLIC,
    ) | {"author_id": INTERNAL, "withdrawn_by_id": INTERNAL}

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(Entry):
    """One time that an activity gave something to people. Counts of people leave only above the floor, so all is internal."""

    batch = models.ForeignKey(DeliveryBatch, on_delete=models.PROTECT, related_name="deliveries", db_constraint=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="deliveries", db_constraint=False)
    on = models.DateField()
    month = models.PositiveIntegerField(help_text="year * 12 + month - 1, of `on`.")
    district = models.SlugField(max_length=60, blank=True, help_text="Key of the district office; empty: nowhere in particular.")
    units = models.PositiveIntegerField(help_text="Of the activity's unit of measure.")
    women = models.PositiveIntegerField()
    men = models.PositiveIntegerField()
    unsaid = models.PositiveIntegerField(help_text="People who did not say, or said another.")

    columns: ClassVar[tuple[str, ...]] = (
        *("position", "activity_id", "on", "month", "district", "units", "women", "men", "unsaid"),
    )
    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "batch_id", *columns), INTERNAL)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(units__gte=1), name="annual_delivery_units")]
        indexes = [
            models.Index(fields=["activity", "month"], name="annual_delivery_cell", include=["units", "batch"]),
            models.Index(fields=["batch", "position"], name="annual_delivery_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.on:%d/%m/%Y}"


class Tally(models.Model):
    """Deliveries that count, added up by activity, month and district: read instead of millions of rows, made again at will.

    Operational: each act on a batch keeps it in the same transaction (`tallies`), and a check recounts it. Keys of the activity,
    its area and its programme stand here too, since none of them changes once the exercise is approved.
    """

    of = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="tallies")
    month = models.PositiveIntegerField(help_text="year * 12 + month - 1.")
    district = models.SlugField(max_length=60, blank=True)
    activity = models.CharField(max_length=20)
    area = models.SlugField(max_length=60)
    programme = models.CharField(max_length=12)
    deliveries = models.BigIntegerField()
    units = models.BigIntegerField()
    women = models.BigIntegerField()
    men = models.BigIntegerField()
    unsaid = models.BigIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "of_id", "month", "district", "activity", "area", "programme", "deliveries", "units", "women", "men"),
            "unsaid",
        ),
        INTERNAL,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "month", "district"], name="annual_tally_once")]
        indexes = [models.Index(fields=["month"], name="annual_tally_month")]

    def __str__(self) -> str:
        return f"{self.activity} {self.month} {self.district}"


class Spread(models.Model):
    """How many deliveries that count gave so many units, by activity, month and district: what a middle value is found in.

    Operational, and kept beside `Tally` in the same way.
    """

    of = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="spreads")
    month = models.PositiveIntegerField(help_text="year * 12 + month - 1.")
    district = models.SlugField(max_length=60, blank=True)
    units = models.PositiveIntegerField(help_text="In one delivery.")
    deliveries = models.BigIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "of_id", "month", "district", "units", "deliveries"), INTERNAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "month", "district", "units"], name="annual_spread_once")]
        indexes = [models.Index(fields=["month"], name="annual_spread_month")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.month} {self.district} {self.units}"


class Later(models.Model):
    """Deliveries recorded since the report that counts of their quarter was sent, and below 0 those withdrawn: they wait.

    What was published stays as it is until a correction tells them. Operational, and kept beside `Tally` in the same way.
    """

    of = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="later")
    month = models.PositiveIntegerField(help_text="year * 12 + month - 1.")
    district = models.SlugField(max_length=60, blank=True)
    units = models.PositiveIntegerField(help_text="In one delivery.")
    deliveries = models.BigIntegerField()
    women = models.BigIntegerField()
    men = models.BigIntegerField()
    unsaid = models.BigIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "of_id", "month", "district", "units", "deliveries", "women", "men", "unsaid"), INTERNAL
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "month", "district", "units"], name="annual_later_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.month} {self.district} {self.units}"
