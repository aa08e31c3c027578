"""The demo's part of planning: its plans, and a few periods brought along the real road by the demo's two people."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

import typst

from calpulli.commons import clock, files, institutes
from calpulli.commons.act import Actor
from calpulli.commons.institutes import ListedPlan
from calpulli.people.doors import actor_named
from calpulli_core.calendars.periods import Period as Span
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.programme_input import parse_programme
from calpulli_core.formats.record import captured_from_source

from . import queries
from .actions import import_plan, open_period, publish_edition, seal_edition, submit_edition
from .inputs import CaptureEdition, ImportPlan, NewAttachment, OpenPeriod, PublishEdition, SealEdition
from .models import Edition, Plan

MONDAY_MORNING = dt.time(16, tzinfo=dt.UTC)


def seed_plans() -> None:
    """Imports the plans that the institute lists and that are not here yet."""
    for listed in institutes.listed_plans():
        if queries.find_plan(listed.key, public=False) is None:
            import_plan(_command(listed), by=Actor.system("siembra"))


def _command(listed: ListedPlan) -> ImportPlan:
    source = listed.programme.read_bytes()
    return ImportPlan(
        key=listed.key,
        family=listed.family,
        generation=listed.generation,
        kind=listed.kind,
        institute=listed.institute,
        seal_notice=listed.seal_notice,
        programme=parse_programme(source, file=listed.programme.name),
        source=source,
        identifiers=listed.identifiers,
    )


def beginning() -> AbstractContextManager[None]:
    """The day on which the demo's invented past begins, so that no fact of it stands before another of an earlier day."""
    year = _last_ended(clock.today()).previous().year
    return clock.rehearse(dt.datetime.combine(dt.date(year, 1, 2), MONDAY_MORNING))


def told_on() -> dt.date:
    """The day of the invented past on which the own plan's earlier quarter was published."""
    return _last_ended(clock.today()).previous().ends_on + dt.timedelta(days=20)


def seed_past() -> None:
    """Publishes an earlier quarter of the own plan. It tells an invented past, so its acts are dated in it."""
    own = _own()
    if own is not None and not queries.published_editions():
        _publish_on_time(own.key, _last_ended(clock.today()).previous())


def seed_periods() -> None:
    """Publishes the founding quarters of the reference plans; opens the last one of the own plan."""
    if Edition.objects.filter(period__plan__kind=Plan.Kind.REFERENCE).exists():
        return
    own = _own()
    if own is not None:
        open_period(OpenPeriod(own.key, str(_last_ended(clock.today()))), by=_author())
    for plan in Plan.objects.filter(kind=Plan.Kind.REFERENCE).order_by("key"):
        _publish_founding(plan)


def _own() -> Plan | None:
    return Plan.objects.filter(kind=Plan.Kind.OWN).order_by("-generation").first()


def _last_ended(today: dt.date) -> Span:
    return Span(today.year, (today.month + 2) // 3).previous()


def _publish_on_time(plan_key: str, span: Span) -> None:
    day = told_on()
    with clock.rehearse(dt.datetime.combine(day, MONDAY_MORNING)):
        note = "Nota de demostración: periodo inventado para mostrar el camino completo de un registro."
        captured = Captured(updated_on=span.ends_on, note=note)
        _publish(plan_key, span, captured, validated_on=day, attach=(_minutes(span, day),))


def _minutes(span: Span, day: dt.date) -> NewAttachment:
    """A paper as an author would bring it, that says of itself that it is invented."""
    text = f"= Minuta de demostración\n\nDocumento inventado para mostrar cómo se acompaña un registro: {span.label}."
    made_at = dt.datetime.combine(day, MONDAY_MORNING)
    paper = typst.compile(text.encode(), format="pdf", ignore_system_fonts=True, timestamp=made_at)
    title = "Minuta de demostración, inventada"
    return NewAttachment(place="support", received=files.receive(paper, also_images=False), title=title)


def _publish_founding(plan: Plan) -> None:
    """The period that the source itself reports, with the source's own dates; sealed today, and the seal says so."""
    programme = queries.programme_of(plan)
    span = programme.reported_period()
    if span is None:
        return
    captured = captured_from_source(programme, period=span)
    validated_on = captured.day("validated_on")
    if validated_on is not None:
        _publish(plan.key, span, captured, validated_on=validated_on)


def _publish(
    plan_key: str, span: Span, captured: Captured, *, validated_on: dt.date, attach: tuple[NewAttachment, ...] = ()
) -> None:
    edition = open_period(OpenPeriod(plan_key, str(span)), by=_author()).result
    submit_edition(CaptureEdition(edition.pk, captured, attach=attach), by=_author())
    seal_edition(SealEdition(edition.pk, validated_on), by=_reviewer())
    publish_edition(PublishEdition(edition.pk), by=_reviewer())


def _author() -> Actor:
    return actor_named("area")


def _reviewer() -> Actor:
    return actor_named("revision")
