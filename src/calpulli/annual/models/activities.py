"""Institutional activities: what each is, which lines it serves, and how much of it is done each month."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calpulli.ledger.doors import DomainRow, Privacy

from .exercises import Exercise, Programme

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class Activity(DomainRow):
    """An institutional activity. `area`, `post` and `districts` are keys of the organisation."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="activities")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="activities")
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    area = models.SlugField(max_length=60)
    post = models.SlugField(max_length=80, blank=True)
    unit = models.CharField(max_length=60, help_text="Of measure, in the plural: talleres.")
    population = models.CharField(max_length=200, blank=True)
    districts = models.JSONField(default=list, help_text="District offices in which it is done; empty: the whole city.")
    gender = models.BooleanField(default=False, help_text="Marked for equality between women and men.")
    rights = models.BooleanField(default=False, help_text="Marked for human rights.")
    cumulative = models.BooleanField(default=True, help_text="Whether the months add up; otherwise the last one tells the year.")
    counted = models.BooleanField(default=False, help_text="Whether what it achieved is counted from its deliveries.")
    of_people = models.BooleanField(null=True, help_text="Whether its unit counts people; none: of before it was asked.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "exercise_id", "programme_id", "key", "name", "description", "area", "post", "unit", "population"),
            *("districts", "gender", "rights", "cumulative", "counted", "of_people"),
        ),
        PUBLIC,
    )

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["exercise", "key"], name="annual_activity_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def tells_people(self) -> bool:
        """Whether what it achieved is told as counts of people are: also where nobody said that they are not people."""
        return self.of_people is not False


class Share(DomainRow):
    """How much of an activity serves a line, in hundredths of a percent; those of an activity sum to 10,000."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="shares")
    line = models.CharField(max_length=60, help_text="Identifier of the line (`planning`): linea-1.3.")
    share = models.PositiveSmallIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "activity_id", "line", "share"), PUBLIC)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "line"], name="annual_share_once"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=10_000), name="annual_share_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.line}"


class Goal(DomainRow):
    """How much of its unit an activity will do in a month, in thousandths; a month without a row has no goal."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="goals")
    month = models.PositiveSmallIntegerField(help_text="1 to 12.")
    programmed = models.BigIntegerField(help_text="Thousandths of the unit, as it was approved.")
    adjusted = models.BigIntegerField(null=True, help_text="Thousandths, after the last adjustment; none without one.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "activity_id", "month", "programmed", "adjusted"), PUBLIC)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "month"], name="annual_goal_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="annual_goal_month"),
            models.CheckConstraint(condition=Q(programmed__gte=0), name="annual_goal_programmed"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.month}"

    @property
    def holds(self) -> int:
        """What is to be done now, in thousandths."""
        return self.programmed if self.adjusted is None else self.adjusted


class Adjustment(DomainRow):
    """A change of an activity's goals after the approval: proposed with its reason, decided by another person."""

    class State(models.TextChoices):
        """Its road."""

        PROPOSED = "proposed", _("Propuesto")
        APPROVED = "approved", _("Aprobado")
        REFUSED = "refused", _("No aprobado")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="adjustments")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    reason = models.TextField()
    before = models.JSONField(help_text="Thousandths that held, by month.")
    after = models.JSONField(help_text="Thousandths that are proposed, by month.")
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "activity_id", "state", "reason", "before", "after", "proposed_on", "decided_on", "answer"), PUBLIC
    ) | {"author_id": INTERNAL, "reviewer_id": INTERNAL}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(reviewer__isnull=True) | ~Q(author=F("reviewer")),
                name="annual_adjustment_two_people",
            ),
            models.UniqueConstraint(fields=["activity"], condition=Q(state="proposed"), name="annual_adjustment_one_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.proposed_on:%d/%m/%Y}"
