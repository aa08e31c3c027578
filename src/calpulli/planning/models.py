"""The programme (plan, objectives, lines, SWOT), the periods it reports, and the editions of each period's record."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calpulli.ledger.doors import DomainRow, Privacy
from calpulli_core.calendars.periods import Period as Span
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.columns import Kind, Source, layout_of

# The typed columns that have a field of their own. They keep it, since the facts of before name their states by it; whatever
# other column a format brings goes into `Edition.further`, which was empty then and so changes no digest.
APART = ("poa_url", "work_programme_url", "note", "updated_on", "validated_on")
PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL


class Plan(DomainRow):
    """One generation of a programme. Never edited: another text is another generation."""

    class Kind(models.TextChoices):
        """Whose plan it is."""

        OWN = "own", _("Del propio instituto")
        REFERENCE = "reference", _("De referencia")

    key = models.SlugField(primary_key=True, max_length=60)
    family = models.SlugField(max_length=40)
    generation = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    institute = models.SlugField(max_length=40, help_text="Whose norms it follows: a folder of `institutes/`.")
    document = models.JSONField(help_text="What the programme's file says beyond objectives, lines and SWOT items.")
    seal_notice = models.CharField(max_length=300, blank=True)
    source_sha256 = models.CharField(max_length=64)
    # How a plan came that staff brought with a record ("record"): it is public once an edition of it is published.
    brought_with = models.CharField(max_length=12, blank=True, default="", db_default="")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("key", "family", "generation", "kind", "institute", "document", "seal_notice", "source_sha256", "brought_with"), PUBLIC
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "generation"], name="planning_plan_generation")]

    def __str__(self) -> str:
        return self.key


class Objective(DomainRow):
    """A strategic objective; `identifier` stays the same from one generation to the next."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    identifier = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "plan_id", "identifier", "number", "text"), PUBLIC)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="planning_objective_number"),
            models.UniqueConstraint(fields=["plan", "identifier"], name="planning_objective_identifier"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class Line(DomainRow):
    """A line of action of an objective."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="lines")
    identifier = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=10)
    text = models.TextField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "objective_id", "identifier", "position", "number", "text"), PUBLIC
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "position"], name="planning_line_position"),
            models.UniqueConstraint(fields=["objective", "identifier"], name="planning_line_identifier"),
        ]

    def __str__(self) -> str:
        return self.number


class SwotItem(DomainRow):
    """A strength, opportunity, weakness or threat."""

    class Group(models.TextChoices):
        """The four quarters of the diagnosis, in the order of the record's column 8."""

        STRENGTHS = "strengths", _("Fortalezas")
        OPPORTUNITIES = "opportunities", _("Oportunidades")
        WEAKNESSES = "weaknesses", _("Debilidades")
        THREATS = "threats", _("Amenazas")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="swot")
    identifier = models.SlugField(max_length=60)
    group = models.CharField(max_length=16, choices=Group.choices)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "plan_id", "identifier", "group", "number", "text"), PUBLIC)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "group", "number"], name="planning_swot_number"),
            models.UniqueConstraint(fields=["plan", "identifier"], name="planning_swot_identifier"),
        ]

    def __str__(self) -> str:
        return self.identifier


class Period(DomainRow):
    """A quarter or a year that a plan reports."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="periods")
    code = models.CharField(max_length=7)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "plan_id", "code"), PUBLIC)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="planning_period_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.code}"

    @property
    def span(self) -> Span:
        """First and last day, and the name in words."""
        return Span.parse(self.code)


class Edition(DomainRow):
    """The record of a period as one edition tells it. Sealed, its content never changes: an erratum is the next edition."""

    class State(models.TextChoices):
        """The road of an edition."""

        OPEN = "open", _("Abierto")
        IN_REVIEW = "in_review", _("En revisión")
        SEALED = "sealed", _("Sellado")
        PUBLISHED = "published", _("Publicado")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(blank=True)
    poa_url = models.CharField(max_length=500, blank=True)
    work_programme_url = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    updated_on = models.DateField(null=True)
    validated_on = models.DateField(null=True)
    # Typed columns that are not among the five above, by key, as the record prints them.
    further = models.JSONField(default=dict, db_default={}, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_files = models.JSONField(default=dict)
    content_root = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    bundle_number = models.PositiveIntegerField(null=True, unique=True)
    manifest = models.JSONField(null=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    bundle_sha256 = models.CharField(max_length=64, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "period_id", "number", "state", "reason", "poa_url", "work_programme_url", "note", "updated_on"),
            *("validated_on", "further", "submitted_at", "sealed_at", "sealed_files", "content_root", "published_at"),
            *("bundle_number", "manifest", "manifest_sha256", "bundle_sha256"),
        ),
        PUBLIC,
    ) | {"author_id": INTERNAL, "reviewer_id": INTERNAL, "returned_because": INTERNAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="planning_edition_number"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(reviewer__isnull=True) | ~Q(author=F("reviewer")),
                name="planning_edition_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sealed", "published"]) | ~Q(content_root=""), name="planning_edition_sealed_has_root"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} ed. {self.number}"

    @property
    def captured(self) -> Captured:
        """What people typed."""
        return Captured(**{key: getattr(self, key) for key in APART}, **self.further)

    def capture(self, captured: Captured, *by: Source) -> None:
        """Takes what was typed into the columns of these people, or of all who type; the others stay."""
        for column in layout_of(self.period.span).typed(*by):
            if column.key not in APART:
                told = {**self.further, column.key: captured[column.key]}
                self.further = {key: text for key, text in told.items() if text}
            elif column.kind is Kind.DAY:
                setattr(self, column.key, captured.day(column.key))
            else:
                setattr(self, column.key, captured[column.key])


class SendBack(DomainRow):
    """One time that an edition was sent back: why, and what it said then, so that the next reading sees what changed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="returns")
    reason = models.TextField()
    returned_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    captured = models.JSONField(help_text="What was typed, by the key of its column, as `Captured.values`.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "edition_id", "reason", "returned_at", "reviewer_id", "captured"), INTERNAL
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.returned_at:%d/%m/%Y}"


class Attachment(DomainRow):
    """A file kept by its hash with an edition. It goes and comes while the edition is open; sealed, it stays."""

    class Place(models.TextChoices):
        """What it is to the record."""

        POA = "poa", "Columna 4"
        WORK_PROGRAMME = "work_programme", "Columna 5"
        SUPPORT = "support", "Documento de apoyo"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="attachments")
    place = models.CharField(max_length=16, choices=Place.choices)
    title = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=40)
    extension = models.CharField(max_length=8)
    size = models.PositiveIntegerField(help_text="Bytes.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "edition_id", "place", "title", "sha256", "media_type", "extension", "size"), PUBLIC
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place", "sha256"], name="planning_attachment_once"),
            models.UniqueConstraint(
                fields=["edition", "place"], condition=~Q(place="support"), name="planning_attachment_one_a_column"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.place} {self.sha256[:12]}"
