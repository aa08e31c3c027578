"""The annual programme of a year, its programmes, and the matrix of those that carry one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calpulli.ledger.doors import DomainRow, Privacy

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class Exercise(DomainRow):
    """The annual programme of one year. Approved, its goals change only by adjustments."""

    class State(models.TextChoices):
        """The road of an exercise."""

        DRAFT = "draft", _("En elaboración")
        IN_REVIEW = "in_review", _("En revisión")
        APPROVED = "approved", _("Aprobado")

    plan_key = models.SlugField(max_length=60, help_text="The plan whose lines it serves (`planning`).")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    agreement = models.CharField(max_length=60, blank=True, help_text="Number of the agreement that approved it.")
    agreement_url = models.CharField(max_length=500, blank=True)
    approved_on = models.DateField(null=True)
    source_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file of its last import.")
    invented = models.CharField(max_length=300, blank=True, help_text="What a page must say of it when it is a demonstration's.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    returned_because = models.TextField(blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "plan_key", "year", "state", "agreement", "agreement_url", "approved_on", "source_sha256", "invented"), PUBLIC
    ) | {"author_id": INTERNAL, "reviewer_id": INTERNAL, "returned_because": INTERNAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan_key", "year"], name="annual_exercise_once"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(reviewer__isnull=True) | ~Q(author=F("reviewer")),
                name="annual_exercise_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_key} {self.year}"


class Programme(DomainRow):
    """A programme of the year: institutional (what the institute always does) or specific (of this time)."""

    class Kind(models.TextChoices):
        """Which of the two."""

        INSTITUTIONAL = "institutional", _("Programa institucional")
        SPECIFIC = "specific", _("Programa específico")

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="programmes")
    key = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    needs_matrix = models.BooleanField(default=False)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "exercise_id", "key", "name", "kind", "needs_matrix"), PUBLIC)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["exercise", "key"], name="annual_programme_once")]

    def __str__(self) -> str:
        return self.key


class MatrixRow(DomainRow):
    """A row of a programme's matrix (MIR): what is sought, how it is seen, and what it supposes."""

    class Level(models.TextChoices):
        """From the farthest aim to what is done."""

        FIN = "fin", _("Fin")
        PROPOSITO = "proposito", _("Propósito")
        COMPONENTE = "componente", _("Componente")
        ACTIVIDAD = "actividad", _("Actividad")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="matrix")
    position = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=Level.choices)
    summary = models.TextField()
    indicator = models.CharField(max_length=300)
    verification = models.CharField(max_length=300)
    assumptions = models.TextField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "programme_id", "position", "level", "summary", "indicator", "verification", "assumptions"), PUBLIC
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "position"], name="annual_matrix_position")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.position}"
