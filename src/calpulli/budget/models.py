"""Entries of the budget in their batches, and adecuaciones that wait for another person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calpulli.ledger.doors import Batch, DomainRow, Entry, Privacy

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class BudgetBatch(Batch):
    """Entries that came together, under one document: from a file, an adecuación or a form. It is never withdrawn."""

    class Kind(models.TextChoices):
        """How they came."""

        IMPORT = "import", _("Archivo")
        ADECUACION = "adecuacion", _("Adecuación")
        SPENDING = "spending", _("Movimiento capturado")
        APPROVED = "approved", _("Cambio de lo aprobado")

    plan_key = models.SlugField(max_length=60, help_text="The plan of the annual programme that they pay for.")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    document = models.CharField(max_length=80, help_text="What backs them: number of an agreement, a file, an invoice.")
    reason = models.TextField(blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file as received; empty: a form.")
    recorded_at = models.DateTimeField()
    invented = models.BooleanField(default=False, help_text="Whether it is a demonstration's.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "count", "entries_sha256", "plan_key", "year", "kind", "document", "reason", "source_sha256"),
            *("recorded_at", "invented"),
        ),
        PUBLIC,
    ) | {"author_id": INTERNAL}

    class Meta:
        indexes = [models.Index(fields=["plan_key", "year"], name="budget_batch_year")]

    def __str__(self) -> str:
        return f"{self.plan_key} {self.year} {self.document}"


class BudgetEntry(Entry):
    """So many cents of a purse in one moment (docs/spec/budget.md, section 1). Areas, programmes and activities by their keys."""

    batch = models.ForeignKey(BudgetBatch, on_delete=models.PROTECT, related_name="entries", db_constraint=False)
    year = models.PositiveSmallIntegerField()
    area = models.SlugField(max_length=60, db_index=False)
    programme = models.CharField(max_length=12)
    activity = models.CharField(max_length=20)
    source = models.SlugField(max_length=40, db_index=False)
    partida = models.CharField(max_length=4)
    month = models.PositiveSmallIntegerField()
    moment = models.CharField(max_length=9)
    cents = models.BigIntegerField()
    document = models.CharField(max_length=80, blank=True, help_text="Its own; empty: that of its batch.")

    columns: ClassVar[tuple[str, ...]] = (
        *("position", "year", "area", "programme", "activity", "source", "partida", "month", "moment", "cents", "document"),
    )
    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "batch_id", *columns), PUBLIC)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="budget_entry_month"),
            models.CheckConstraint(condition=Q(partida__regex="^[0-9]{4}$"), name="budget_entry_partida"),
            models.CheckConstraint(
                condition=Q(moment__in=("approved", "change", "committed", "accrued", "exercised", "paid")),
                name="budget_entry_moment",
            ),
            models.CheckConstraint(condition=~Q(cents=0), name="budget_entry_cents"),
        ]
        indexes = [
            models.Index(fields=["year", "activity"], name="budget_entry_activity"),
            models.Index(fields=["batch", "position"], name="budget_entry_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.partida} {self.moment}"


class Adecuacion(DomainRow):
    """Increases and reductions that sum to zero: proposed with their reason, decided by another person.

    Of `moment` approved, what a file brings to the approved budget once there is one: it need not sum to zero.

    `movements`: the entries that it will be, each a list in the order of `BudgetEntry.columns` from `area` to `cents`.
    """

    class State(models.TextChoices):
        """Its road."""

        PROPOSED = "proposed", _("En revisión")
        APPROVED = "approved", _("Aprobada")
        REFUSED = "refused", _("No aprobada")

    class Moment(models.TextChoices):
        """What its movements are once they are approved."""

        CHANGE = "change", _("Adecuación")
        APPROVED = "approved", _("Cambio de lo aprobado")

    plan_key = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    moment = models.CharField(
        max_length=9, choices=Moment.choices, default=Moment.CHANGE, db_default="change", help_text="Of all its movements."
    )
    document = models.CharField(max_length=80)
    reason = models.TextField(blank=True, help_text="Empty where a file brought it, which does not say why.")
    movements = models.JSONField()
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    source_sha256 = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="Of the file that brought it; empty: a form."
    )
    batch = models.OneToOneField(BudgetBatch, on_delete=models.PROTECT, null=True, related_name="adecuacion")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    # While it is proposed, the desk alone shows it (queries see to it).
    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "plan_key", "year", "state", "document", "reason", "movements", "proposed_at", "decided_at", "answer"),
            *("moment", "source_sha256", "batch_id"),
        ),
        PUBLIC,
    ) | {"author_id": INTERNAL, "reviewer_id": INTERNAL}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_key", "year", "document"], condition=~Q(state="refused"), name="budget_adecuacion_document"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(reviewer__isnull=True) | ~Q(author=F("reviewer")),
                name="budget_adecuacion_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_key} {self.year} {self.document}"
