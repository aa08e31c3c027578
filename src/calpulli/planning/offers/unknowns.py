"""What is not known of the records: columns that nobody reported or that the source left empty, and clauses without evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown, UnknownSource
from calpulli_core.formats.record import Cell

from .. import exports, queries
from ..queries import PeriodView, PlanView, name_of
from ..queries.vision import trial_of


def _unknowns() -> Iterator[Unknown]:
    plans = queries.plan_views()
    for plan in plans:
        owner = _owner(plan, plans)
        for period in queries.calendar_of(plan):
            yield from _of_record(plan, period, owner)
        yield from _of_vision(plan, owner)


def _of_record(plan: PlanView, period: PeriodView, owner: str) -> Iterator[Unknown]:
    edition = period.published
    record = edition.record if edition else exports.unsealed_record(plan.for_record, period.span)
    for cell in record.columns:
        if cell.mark:
            yield _column(plan, period, cell, owner)
    if edition is None:
        yield _unpublished(plan, period, owner)


def _column(plan: PlanView, period: PeriodView, cell: Cell, owner: str) -> Unknown:
    mark = Mark(cell.mark or "")
    url = reverse("record", args=[plan.key, period.code])
    what = _("Columna %(number)s: %(name)s") % {"number": cell.number, "name": cell.name}
    remedy = _remedy(mark, is_published=period.published is not None)
    return Unknown(what, mark, f"{url}#columna-{cell.number}", _place(plan, period), owner, remedy, _since(period))


def _remedy(mark: Mark, *, is_published: bool) -> str:
    if mark == Mark.NOT_IN_SOURCE:
        return _("Que el documento de origen lo diga: el registro se tomó de él tal como está.")
    if is_published:
        return _("Que el área lo reporte en una fe de erratas de este registro.")
    return _("Que el área lo capture y el registro se publique.")


def _unpublished(plan: PlanView, period: PeriodView, owner: str) -> Unknown:
    url = reverse("record", args=[plan.key, period.code])
    remedy = _("Que el registro de este periodo se capture, se revise y se publique.")
    return Unknown(_("Edición"), Mark.UNPUBLISHED, url, _place(plan, period), owner, remedy, _since(period))


def _of_vision(plan: PlanView, owner: str) -> Iterator[Unknown]:
    """Clauses of the vision in force for which nothing here is evidence yet."""
    trial = trial_of(plan) if plan.in_force else None
    for clause in trial.clauses if trial else ():
        if not clause.findings:
            url, place = reverse("vision", args=[plan.key]), _("La visión, a prueba, %(plan)s") % {"plan": name_of(plan)}
            remedy = _("Que el sitio pueda contar lo que sería evidencia: %(wanted)s") % {"wanted": clause.wanted}
            since = trial.proposed_on if trial else None
            yield Unknown(f"«{clause.text}»", Mark.NO_EVIDENCE, url, place, owner, remedy, since)


def _place(plan: PlanView, period: PeriodView) -> str:
    return _("%(label)s, %(plan)s") % {"label": period.span.label.capitalize(), "plan": name_of(plan)}


def _owner(plan: PlanView, plans: Sequence[PlanView]) -> str:
    """The area that answers for the records here: of a reference, too, it is this institute's, since it publishes the copy."""
    own = plan if plan.is_own else next((one for one in plans if one.is_own), None)
    area = own.programme.responsible_area if own else ""
    return area or institutes.current().name


def _since(period: PeriodView) -> dt.date:
    edition = period.published
    if edition and edition.published_on:
        return edition.published_on
    return period.span.starts_on


UNKNOWNS.add("planning.records", UnknownSource("planning.records", _unknowns))
