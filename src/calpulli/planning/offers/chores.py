"""Reminders of what is due: some days before, the last day before, and once when it is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.registries.chores import Chore, offer_chore
from calpulli.notices import doors as notices
from calpulli.people import doors as people
from calpulli.people.doors import Role
from calpulli_core.calendars.reminders import stage

from .. import policies, queries
from ..models import Edition
from ..queries import EditionView, PeriodView

State = Edition.State


@dataclass(frozen=True)
class Due:
    """A record that is due: what its next step is, whose step it is, and who may not take it although his role would let him."""

    key: str
    what: str
    plan: str
    code: str
    due_on: dt.date
    path: str
    roles: tuple[Role, ...]
    never: str = ""


def remind() -> int:
    """Writes the reminders that are due today and were not written yet; gives how many."""
    return sum(_remind(due) for due in waiting())


def waiting() -> Iterator[Due]:
    """Every record of the institute's own that waits for somebody."""
    for view in queries.waiting(State.OPEN, State.IN_REVIEW, State.SEALED):
        if view.is_bound:
            yield _edition(view)
    yield from map(_opening, queries.to_open())


def _edition(view: EditionView) -> Due:
    steps: dict[str, tuple[str, tuple[Role, ...]]] = {
        State.OPEN: (_("Capturar el %(label)s"), (Role.AUTHOR,)),
        State.IN_REVIEW: (_("Revisar el %(label)s"), (Role.REVIEWER,)),
        State.SEALED: (_("Publicar el %(label)s"), (Role.AUTHOR, Role.REVIEWER)),
    }
    what, roles = steps[view.state]
    return Due(
        key=f"{view.plan_key} {view.code}",
        what=what % {"label": view.span.label},
        plan=view.plan_key,
        code=view.code,
        due_on=view.deadline.due_on,
        path=reverse("edition", args=[view.id]),
        roles=roles,
        never=str(view.edition.author_id) if view.state == State.IN_REVIEW else "",
    )


def _opening(period: PeriodView) -> Due:
    return Due(
        key=f"{period.plan_key} {period.code}",
        what=_("Abrir el %(label)s") % {"label": period.span.label},
        plan=period.plan_key,
        code=period.code,
        due_on=period.deadline.due_on,
        path=reverse("desk"),
        roles=(Role.AUTHOR,),
    )


def _remind(due: Due) -> int:
    now = stage(due.due_on, clock.today())
    if not now:
        return 0
    area = queries.scope_of(due.plan)
    context = {
        "late": now == "late",
        "what": due.what,
        "plan": queries.name_of_plan(due.plan),
        "due_on": f"{due.due_on:%d/%m/%Y}",
        "path": due.path,
        "proof_path": reverse("deadline", kwargs={"plan_key": due.plan, "code": due.code}),
    }
    sent = [
        notices.send("planning.due", to=contact.address, context=context, key=f"{due.key} {now}")
        for contact in people.contacts(lambda actor: any(policies.in_scope(actor, role, area) for role in due.roles))
        if contact.account != due.never
    ]
    return sum(one is not None for one in sent)


offer_chore(Chore("planning.reminders", dt.timedelta(hours=1), remind))
