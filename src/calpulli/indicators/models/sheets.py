"""What an indicator is (its sheet, in versions) and what the institute set for it (its targets)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calpulli.ledger.doors import DomainRow, Privacy

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class State(models.TextChoices):
    """The road of a version of a sheet or of a target: decided by another person than who proposed it."""

    PROPOSED = "proposed", _("Propuesta")
    APPROVED = "approved", _("Aprobada")
    REFUSED = "refused", _("No aprobada")
    RETIRED = "retired", _("Retirada")


RETIRE = "retire"


class Dimension(models.TextChoices):
    """What of the work an indicator measures: five of them are those that Objective 2 names."""

    EFICACIA = "eficacia", _("Eficacia")
    EFICIENCIA = "eficiencia", _("Eficiencia")
    CALIDAD = "calidad", _("Calidad")
    ECONOMIA = "economia", _("Economía")
    OPORTUNIDAD = "oportunidad", pgettext_lazy("dimensión de un indicador", "Oportunidad")
    CUENTAS = "rendicion", _("Rendición de cuentas")


class Kind(models.TextChoices):
    """What is decided with it."""

    STRATEGIC = "estrategico", _("Estratégico")
    MANAGEMENT = "gestion", _("De gestión")


class Mark(models.TextChoices):
    """What it shows: what was done, or what it changed."""

    MANAGEMENT = "gestion", _("de gestión")
    RESULT = "resultado", _("de resultado")


class Sense(models.TextChoices):
    """Where it should go."""

    UP = "ascendente", _("Ascendente")
    DOWN = "descendente", _("Descendente")


class Frequency(models.TextChoices):
    """How often it is computed; the grain of its formula."""

    MONTH = "MONTH", _("Mensual")
    QUARTER = "QUARTER", _("Trimestral")
    YEAR = "YEAR", _("Anual")


class Sheet(DomainRow):
    """One version of what an indicator is. The approved one of the highest version holds; none is ever edited.

    `variables`: {name: {"measure": key, "where": {dimension: value}} | {"indicator": key} | {"target": true}
    | {"awaits": what would be counted, "unit": its unit}}: of a module that is not there yet.
    `bands`: whole percents of the target: from `met` on it is met, under `risk` missed, over `over` the target was wrong.
    `cremaa`: {criterion: {"score": 1 to 5, "reason": text}}; a criterion that is not there is "sin evaluar".
    """

    key = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    plan_key = models.SlugField(max_length=60, help_text="The plan whose lines or objectives it is of (`planning`).")
    line = models.CharField(max_length=60, blank=True, help_text="Identifier of the line; empty: of a whole objective.")
    objective = models.PositiveSmallIntegerField(help_text="Number of the objective; of a line, that of its own.")
    name = models.CharField(max_length=200)
    definition = models.TextField()
    formula = models.TextField()
    formula_words = models.TextField(blank=True, help_text="The formula as people say it.")
    variables = models.JSONField(default=dict)
    unit = models.CharField(max_length=60)
    frequency = models.CharField(max_length=7, choices=Frequency.choices)
    dimension = models.CharField(max_length=11, choices=Dimension.choices)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    mark = models.CharField(max_length=9, choices=Mark.choices)
    sense = models.CharField(max_length=11, choices=Sense.choices)
    bands = models.JSONField(default=dict)
    baseline = models.CharField(max_length=60, blank=True, help_text="As formulas.md, section 9, writes a value; empty: unknown.")
    baseline_source = models.CharField(max_length=300, blank=True)
    verification = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)
    area = models.SlugField(max_length=60)
    post = models.SlugField(max_length=80, blank=True)
    cremaa = models.JSONField(default=dict)
    awaits = models.CharField(max_length=200, blank=True, help_text="What is not there yet that would measure it.")
    reason = models.TextField(blank=True, help_text="Why there is a version after the first.")
    asks = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        help_text="`retire`: to compute it no more; empty: that it hold.",
    )
    invented = models.CharField(max_length=300, blank=True, help_text="What a page must say of it when it is a demonstration's.")
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True)
    answer = models.TextField(blank=True, help_text="Why it was not approved, or is retired.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "key", "version", "state", "plan_key", "line", "objective", "name", "definition", "formula", "formula_words"),
            *("variables", "unit", "frequency", "dimension", "kind", "mark", "sense", "bands", "baseline", "baseline_source"),
            *("verification", "source", "area", "post", "cremaa", "awaits", "reason", "invented", "proposed_on", "decided_on"),
            *("answer", "asks"),
        ),
        PUBLIC,
    ) | {"author_id": INTERNAL, "reviewer_id": INTERNAL}

    class Meta:
        ordering = ["key", "version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="indicators_sheet_version"),
            models.UniqueConstraint(fields=["key"], condition=Q(state="proposed"), name="indicators_sheet_one_waiting"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(reviewer__isnull=True) | ~Q(author=F("reviewer")),
                name="indicators_sheet_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Target(DomainRow):
    """What the institute set for an indicator in a period: first programmed; a later version that is approved adjusts it."""

    indicator = models.CharField(max_length=80, help_text="Key of its sheet.")
    period = models.CharField(max_length=8, help_text="As formulas.md, section 2, writes it.")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    value = models.CharField(max_length=60, help_text="As formulas.md, section 9, writes it; in the unit of the sheet.")
    source = models.CharField(max_length=300)
    reason = models.TextField(blank=True, help_text="Why it is adjusted.")
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "indicator", "period", "version", "state", "value", "source", "reason", "proposed_on", "decided_on"),
            "answer",
        ),
        PUBLIC,
    ) | {"author_id": INTERNAL, "reviewer_id": INTERNAL}

    class Meta:
        ordering = ["indicator", "period", "version"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "version"], name="indicators_target_version"),
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(state="proposed"), name="indicators_target_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(reviewer__isnull=True) | ~Q(author=F("reviewer")),
                name="indicators_target_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} v{self.version}"
