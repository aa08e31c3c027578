"""Periods and editions: what is published, what waits, when each is due and why."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons import clock, files
from calpulli.commons.page_parts import period_label
from calpulli.ledger.doors import remembered, row_digest, told_at
from calpulli.norms import doors as norms
from calpulli.people.doors import area_of, name_of
from calpulli_core.calendars.periods import Period as Span
from calpulli_core.calendars.terms import Deadline, natural_days_after
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.record import Difference, Record, compose, differences
from calpulli_core.formats.record_input import read_json
from calpulli_core.law.rules import NoRule, Rule

from ..models import Edition, Plan
from .attachments import AttachmentView, attachments_at
from .doubts import Doubt, doubts_of
from .programmes import every_plan, record_plan
from .returns import ReturnView, returns_of
from .words import lateness, time_left

State = Edition.State
REFERENCE = gettext_lazy("es de referencia: su plazo no se cuenta aquí")
ERRATUM = gettext_lazy("fe de erratas: no tiene plazo propio")
SENT_BACK = ("planning.edition_returned", "planning.edition_withdrawn")
OPENINGS = ("planning.period_opened", "planning.record_imported", "planning.erratum_opened", *SENT_BACK)


@dataclass(frozen=True)
class EditionView:
    """An edition with all that its pages show."""

    edition: Edition

    @property
    def id(self) -> int:
        """Its key, for addresses of the desk."""
        return self.edition.pk

    @property
    def state_digest(self) -> str:
        """What a form carries, so that nobody decides on another text than the one she saw."""
        return row_digest(self.edition)

    @property
    def plan_key(self) -> str:
        """The plan that it reports."""
        return self.edition.period.plan_id

    @property
    def code(self) -> str:
        """`2026-Q3` or `2026`."""
        return self.edition.period.code

    @property
    def span(self) -> Span:
        """First and last day of its period."""
        return self.edition.period.span

    @property
    def label(self) -> str:
        """Its period in the reader's language."""
        return period_label(self.span)

    @property
    def number(self) -> int:
        """1 for the first; an erratum from 2 on."""
        return self.edition.number

    @property
    def state(self) -> str:
        """A value of `Edition.State`."""
        return self.edition.state

    @property
    def state_label(self) -> str:
        """The state in words; an edition that was sent back says so."""
        return _("Devuelto") if self.was_returned else str(State(self.edition.state).label)

    @property
    def was_returned(self) -> bool:
        """Whether the reviewer sent it back and it still waits for its author."""
        return self.edition.state == State.OPEN and bool(self.edition.returned_because)

    @cached_property
    def deadline(self) -> Deadline:
        """When it is due, with its proof; once sealed, by the rule that was sealed with it, whatever the norms say later."""
        sealed = self.edition.sealed_files.get("data/rules.jsonl")
        if sealed:
            return natural_days_after(period=self.span, rule=_sealed_rule(sealed))
        return deadline_of(self.edition.period.plan, self.span)

    @property
    def waiting_since(self) -> dt.datetime | None:
        """Since when it waits for its next step."""
        if self.state == State.OPEN:
            told = {"plan": self.plan_key, "period": self.code, "edition": self.number}
            return told_at("planning", names=OPENINGS, details=told)
        return self.edition.submitted_at if self.state == State.IN_REVIEW else self.edition.sealed_at

    @property
    def standing(self) -> str:
        """How far the due date is from today; once published, whether it was on time; or why no due date binds."""
        if not self.is_bound:
            return self._unbound_standing
        if self.edition.published_at is None:
            return time_left(due_on=self.deadline.due_on, today=clock.today())
        return self.punctuality

    @property
    def _unbound_standing(self) -> str:
        """A published erratum tells what the first edition was: a correction does not undo a delay."""
        if self.edition.period.plan.kind == Plan.Kind.REFERENCE:
            return str(REFERENCE)
        first = Edition.objects.filter(period_id=self.edition.period_id, number=1).first()
        first_on = clock.day_of(first.published_at) if first else None
        if self.published_on is None or first_on is None:
            return str(ERRATUM)
        told = {"late": self._lateness(first_on), "date": f"{self.published_on:%d/%m/%Y}"}
        return _("primera edición: publicada %(late)s; corregida el %(date)s") % told

    @property
    def is_bound(self) -> bool:
        """Whether the due date binds this edition: not an erratum, nor a plan that this institute does not answer for."""
        return self.number == 1 and self.edition.period.plan.kind == Plan.Kind.OWN

    @property
    def punctuality(self) -> str:
        """`publicado a tiempo`, or how many days late; empty before publication, and where no due date binds."""
        published_on = self.published_on
        if published_on is None or not self.is_bound:
            return ""
        return _("publicado %(late)s") % {"late": self._lateness(published_on)}

    def _lateness(self, published_on: dt.date) -> str:
        return lateness(due_on=self.deadline.due_on, published_on=published_on)

    @property
    def sealed_on(self) -> dt.date | None:
        """Local date of the seal."""
        return clock.day_of(self.edition.sealed_at)

    @property
    def published_on(self) -> dt.date | None:
        """Local date of publication."""
        return clock.day_of(self.edition.published_at)

    @property
    def bundle_bytes(self) -> int | None:
        """How much its bundle weighs; None before publication, and when the file is lost."""
        return files.size(self.edition.bundle_sha256) if self.edition.bundle_sha256 else None

    @property
    def seal_notice(self) -> str:
        """What the seal is and is not; empty for a plan of a real institute."""
        sealed_on = self.sealed_on
        return self.edition.period.plan.seal_notice.format(date=f"{sealed_on:%d/%m/%Y}") if sealed_on else ""

    @cached_property
    def record(self) -> Record:
        """The sealed record, or the draft as it stands."""
        return record_of(self.edition)

    @cached_property
    def warnings(self) -> tuple[Doubt, ...]:
        """What may be a slip in what was captured; nothing here forbids a step, and whoever seals says that she saw it."""
        return doubts_of(self.edition, record=self.record)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What changes from the edition before it; empty for the first."""
        earlier = Edition.objects.filter(period_id=self.edition.period_id, number=self.number - 1).first()
        return differences(record_of(earlier), self.record) if earlier else ()

    @cached_property
    def attachments(self) -> tuple[AttachmentView, ...]:
        """The files that go with it."""
        return attachments_at(self.edition.pk)

    @cached_property
    def returns(self) -> tuple[ReturnView, ...]:
        """Each time that it was sent back, and what changed since, for staff."""
        return returns_of(self.edition)

    @property
    def author_name(self) -> str:
        """Who captured, for staff."""
        return name_of(self.edition.author_id)

    @property
    def reviewer_name(self) -> str:
        """Who sealed, for staff."""
        return name_of(self.edition.reviewer_id)

    @cached_property
    def author_area(self) -> str:
        """The area that captured, as it was then, for the public."""
        return area_of(self.edition.author_id, on=clock.day_of(self.edition.submitted_at))

    @cached_property
    def reviewer_area(self) -> str:
        """The area that sealed, as it was then, for the public."""
        return area_of(self.edition.reviewer_id, on=self.sealed_on)


@dataclass(frozen=True)
class PeriodView:
    """A period of a plan with its editions, the newest first. It carries its plan: a calendar has dozens of periods."""

    plan: Plan
    span: Span
    editions: tuple[EditionView, ...]

    @property
    def plan_key(self) -> str:
        """The plan that it reports."""
        return self.plan.key

    @property
    def code(self) -> str:
        """`2026-Q3` or `2026`."""
        return str(self.span)

    @property
    def label(self) -> str:
        """The period in the reader's language."""
        return period_label(self.span)

    @cached_property
    def deadline(self) -> Deadline:
        """When its record is due, with its proof."""
        return self.editions[-1].deadline if self.editions else deadline_of(self.plan, self.span)

    @property
    def standing(self) -> str:
        """How far the due date is; once there is a first edition, whether it came on time; while it runs, when it ends."""
        if self.editions:
            return self.editions[-1].standing
        if self.plan.kind == Plan.Kind.REFERENCE:
            return str(REFERENCE)
        if clock.today() <= self.span.ends_on:
            return _("el periodo termina el %(date)s") % {"date": f"{self.span.ends_on:%d/%m/%Y}"}
        return time_left(due_on=self.deadline.due_on, today=clock.today())

    @property
    def published(self) -> EditionView | None:
        """The newest published edition."""
        return next((one for one in self.editions if one.state == State.PUBLISHED), None)

    @property
    def corrected_on(self) -> dt.date | None:
        """When its newest erratum was published; None if it has none."""
        newest = self.published
        return newest.published_on if newest and newest.number > 1 else None

    @property
    def is_past_due(self) -> bool:
        """Whether the due date is behind us, kept or not."""
        return self.deadline.due_on < clock.today()

    @property
    def in_progress(self) -> EditionView | None:
        """The newest edition, if it is not published yet."""
        newest = self.editions[0] if self.editions else None
        return newest if newest and newest.state != State.PUBLISHED else None


def deadline_of(plan: Plan, span: Span) -> Deadline:
    """When the record of `span` is due by the norms that the plan follows; NoRule if they have none for it."""
    key = "record.annual" if span.quarter is None else "record.quarterly"
    rule = norms.rule(plan.institute, key=key, on=span.ends_on)
    return natural_days_after(period=span, rule=rule)


def record_of(edition: Edition) -> Record:
    """What the edition says: the frozen record once sealed, before that composed from what was captured."""
    frozen = edition.sealed_files.get("data/record.json")
    if frozen:
        return _sealed_record(frozen)
    plan, captured = record_plan(edition.period.plan), _captured(edition)
    return compose(plan=plan, period=edition.period.span, captured=captured)


@lru_cache(maxsize=256)
def _sealed_record(digest: str) -> Record:
    """The record kept under that hash, read and checked once: under the same hash it cannot be another."""
    return read_json(files.read(digest), sealed=True)


@lru_cache(maxsize=256)
def _sealed_rule(digest: str) -> Rule:
    """The rule of the term, kept under that hash."""
    return Rule.of_json(json.loads(files.read(digest)))


def _captured(edition: Edition) -> Captured:
    validated_on = edition.validated_on
    if validated_on and edition.updated_on and validated_on < edition.updated_on:
        validated_on = None  # it came with an imported record and no longer holds: whoever seals sets it again
    return edition.captured.but(validated_on=validated_on)


def _editions() -> QuerySet[Edition]:
    return Edition.objects.select_related("period__plan")


@remembered("planning")
def _every_edition() -> tuple[Edition, ...]:
    """To be read, and by nobody changed; a few for each year of each plan."""
    return tuple(_editions().order_by("-number", "pk"))


def _of_plan(plan_key: str) -> list[Edition]:
    """The editions of a plan, the newest of each period first."""
    return [edition for edition in _every_edition() if edition.period.plan_id == plan_key]


def find_edition(edition_id: int) -> EditionView | None:
    """The edition of that key."""
    found = _editions().filter(pk=edition_id).first()
    return EditionView(found) if found else None


def editions_of(plan_key: str, code: str) -> list[EditionView]:
    """The editions of a period, the newest first."""
    return [EditionView(edition) for edition in _of_plan(plan_key) if edition.period.code == code]


def find_period(plan_key: str, code: str) -> PeriodView | None:
    """The period of a plan, whether or not it has editions; None for a plan or a code that does not exist."""
    plan = next((one for one in every_plan() if one.key == plan_key), None)
    if plan is None:
        return None
    try:
        span = Span.parse(code)
    except ValueError:
        return None
    return PeriodView(plan, span, tuple(editions_of(plan_key, code)))


def periods_of(plan_key: str) -> list[PeriodView]:
    """The periods of a plan that have been opened, the newest first."""
    by_code: dict[str, list[EditionView]] = {}
    for edition in _of_plan(plan_key):
        by_code.setdefault(edition.period.code, []).append(EditionView(edition))
    views = [PeriodView(found[0].edition.period.plan, Span.parse(code), tuple(found)) for code, found in by_code.items()]
    return sorted(views, key=lambda view: view.span, reverse=True)


def has_rule(period: PeriodView) -> bool:
    """Whether the norms say when its record is due."""
    try:
        return bool(period.deadline)
    except NoRule:
        return False


def published_editions() -> list[EditionView]:
    """Every published edition, in the order of their bundles, the newest first."""
    found = (edition for edition in _every_edition() if edition.state == State.PUBLISHED)
    return [EditionView(edition) for edition in sorted(found, key=_bundle, reverse=True)]


def _bundle(edition: Edition) -> int:
    return edition.bundle_number or 0


def waiting(*states: str) -> list[EditionView]:
    """The editions in one of those states, by due date."""
    found = [EditionView(edition) for edition in _editions().filter(state__in=states)]
    return sorted(found, key=lambda view: (view.deadline.due_on, view.plan_key, view.number))
