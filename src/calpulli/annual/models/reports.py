"""What an area says of an activity in a quarter, in versions; and what it brings as evidence."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calpulli.ledger.doors import DomainRow, Privacy

from .activities import Activity

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class Report(DomainRow):
    """One version of what is said of an activity in a quarter. The last approved version is what counts.

    `goal` and `done`: thousandths, of the whole quarter, as they were when it was sent; goals of months that ended are not
    adjusted. `due_on`: by when it was to be sent, by the rule that held then; of one that answers a return, `again_on` of the
    one returned, if it has any. `on_time`: sent by that day; a correction is on time if what it corrects was. `again_on`: of a
    report sent in time and returned, by when it is to be sent again. `met_on`: the day on which what makes it fulfilled
    (evidence, and as much as the goal) was sent: its own day or that of the first approved version that met it.
    `counts`: the one approved version of a quarter whose values are told.
    """

    class State(models.TextChoices):
        """The road of a version."""

        SUBMITTED = "submitted", _("En revisión")
        RETURNED = "returned", _("Devuelto")
        APPROVED = "approved", _("Aprobado")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    quarter = models.PositiveSmallIntegerField(help_text="1 to 4, of the exercise's year.")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    goal = models.BigIntegerField()
    done = models.BigIntegerField()
    due_on = models.DateField()
    on_time = models.BooleanField()
    again_on = models.DateField(null=True, help_text="Returned: by when it is to be sent again; null: no other term.")
    met_on = models.DateField(null=True, help_text="Since when it has evidence and reaches the goal; null: it does not.")
    counts = models.BooleanField(default=False)
    cause = models.SlugField(max_length=40, blank=True, help_text="Key of the catalogue of causes; empty: as programmed.")
    narrative = models.TextField(blank=True)
    correction = models.TextField(blank=True, help_text="Why an approved report is corrected.")
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    # What is said is public once it is approved (queries see to it); before, only the state is.
    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "activity_id", "quarter", "version", "state", "goal", "done", "due_on", "on_time", "again_on", "met_on"),
            *("counts", "cause", "narrative", "correction", "submitted_at", "decided_at"),
        ),
        PUBLIC,
    ) | {"returned_because": INTERNAL, "author_id": INTERNAL, "reviewer_id": INTERNAL}

    class Meta:
        ordering = ["quarter", "version"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "quarter", "version"], name="annual_report_version"),
            models.UniqueConstraint(
                fields=["activity", "quarter"], condition=Q(state="submitted"), name="annual_report_one_waiting"
            ),
            models.UniqueConstraint(fields=["activity", "quarter"], condition=Q(counts=True), name="annual_report_one_counts"),
            models.CheckConstraint(condition=~Q(counts=True) | Q(state="approved"), name="annual_report_counts_approved"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="annual_report_quarter"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(reviewer__isnull=True) | ~Q(author=F("reviewer")),
                name="annual_report_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} T{self.quarter} v{self.version}"


class Achieved(DomainRow):
    """What a report says of a month, in thousandths; where deliveries are counted, what was counted when it was sent."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="achieved")
    month = models.PositiveSmallIntegerField(help_text="1 to 12, of the report's quarter.")
    amount = models.BigIntegerField(help_text="Thousandths.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "report_id", "month", "amount"), PUBLIC)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["report", "month"], name="annual_achieved_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="annual_achieved_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.month}"


class Evidence(DomainRow):
    """What shows that a report is so: a kept file, or a question to the platform with its answer, kept as a file too."""

    class Kind(models.TextChoices):
        """Which of the two."""

        FILE = "file", _("Archivo")
        QUERY = "query", _("Consulta a la plataforma")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    title = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=80)
    extension = models.CharField(max_length=8)
    size = models.PositiveIntegerField(help_text="Bytes.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "report_id", "kind", "title", "sha256", "media_type", "extension", "size"), PUBLIC
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="annual_evidence_once")]

    def __str__(self) -> str:
        return self.title


class ReportDraft(models.Model):
    """What is being written and nobody sent: saved while it is typed, gone when it is sent. Operational, as unsent drafts are."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="drafts")
    quarter = models.PositiveSmallIntegerField()
    said = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=0, db_default=0, help_text="How many times it was saved.")
    after = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="The version sent before it was begun; 0: none.")
    saved_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "activity_id", "quarter", "said", "number", "after", "saved_at", "author_id"), INTERNAL
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "quarter", "author"], name="annual_draft_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} T{self.quarter}"
