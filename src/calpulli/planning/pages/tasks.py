"""What waits for whom: each task with its one next step, by due date."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.act import Actor

from .. import policies, queries
from ..models import Edition
from ..queries import EditionView, PeriodView

State = Edition.State


@dataclass(frozen=True)
class Task:
    """A step on one record: a link to where it is taken or, for a period that nobody opened, the period to open."""

    title: str
    hint: str
    due_on: dt.date
    due: str
    late: bool
    state: str
    state_label: str
    url: str | None = None
    opens: PeriodView | None = None


def tasks_of(actor: Actor) -> tuple[list[Task], list[Task]]:
    """What waits for this account, and what others have in hand: both by due date."""
    mine: list[Task] = []
    others: list[Task] = []
    for view in queries.waiting(State.OPEN, State.IN_REVIEW, State.SEALED):
        if _is_for(view, actor):
            mine.append(_step(view))
        else:
            others.append(dataclasses.replace(_step(view), title=view.span.label.capitalize()))
    if policies.open_period(actor):
        mine += [_opening(period) for period in queries.to_open()]
    return sorted(mine, key=lambda task: task.due_on), others


def _is_for(view: EditionView, actor: Actor) -> bool:
    if view.state == State.OPEN:
        return policies.capture_edition(actor)
    if view.state == State.IN_REVIEW:
        return policies.seal_edition(actor) and str(view.edition.author_id) != actor.account
    return policies.publish_edition(actor)


def _step(view: EditionView) -> Task:
    due_on = view.deadline.due_on
    return Task(
        title=_title(view) % {"label": view.span.label},
        hint=_hint(view),
        due_on=due_on,
        due=_due(due_on, view.standing) if view.is_bound else view.standing.capitalize(),
        late=view.is_bound and due_on < clock.today(),
        state="returned" if view.was_returned else view.state,
        state_label=view.state_label,
        url=reverse("edition", args=[view.id]),
    )


def _title(view: EditionView) -> str:
    if view.was_returned:
        return _("Corregir el %(label)s")
    if view.state == State.OPEN:
        return _("Capturar la corrección del %(label)s") if view.number > 1 else _("Capturar el %(label)s")
    return _("Revisar el %(label)s") if view.state == State.IN_REVIEW else _("Publicar el %(label)s")


def _hint(view: EditionView) -> str:
    edition, plan = view.edition, _("Programa %(plan)s.") % {"plan": view.plan_key}
    if view.was_returned:
        return _("%(plan)s Se devolvió: «%(reason)s»") % {"plan": plan, "reason": edition.returned_because}
    if view.state == State.IN_REVIEW:
        return _("%(plan)s Lo capturó: %(name)s.") % {"plan": plan, "name": view.author_name}
    if view.state == State.SEALED:
        return _("%(plan)s Lo selló: %(name)s.") % {"plan": plan, "name": view.reviewer_name}
    return plan


def _opening(period: PeriodView) -> Task:
    due_on = period.deadline.due_on
    return Task(
        title=_("Abrir el %(label)s") % {"label": period.span.label},
        hint=_("Programa %(plan)s. Nadie lo ha empezado.") % {"plan": period.plan_key},
        due_on=due_on,
        due=_due(due_on, period.standing),
        late=due_on < clock.today(),
        state="unopened",
        state_label=_("Sin abrir"),
        opens=period,
    )


def _due(due_on: dt.date, standing: str) -> str:
    return _("Plazo: %(date)s, %(standing)s") % {"date": f"{due_on:%d/%m/%Y}", "standing": standing}
