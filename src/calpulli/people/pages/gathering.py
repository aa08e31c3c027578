"""What the sources of the desk tell of one person: what waits, what is due, what she did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import SOURCES, Deed, DueDate, Panel, Task
from calpulli.ledger import doors as ledger

HORIZON = dt.timedelta(days=120)
SHOWN_DEEDS = 8


@dataclass(frozen=True)
class Waiting:
    """What waits for a person, and what others have in hand; each by due date, the late ones first."""

    mine: tuple[Task, ...]
    others: tuple[Task, ...]

    @property
    def order(self) -> str:
        """By what her own are ordered, in words; empty where there is nothing to order."""
        if len(self.mine) < 2:
            return ""
        undated = _("; al final, lo que no tiene fecha") if any(task.due_on is None for task in self.mine) else ""
        return _("por fecha de vencimiento") + undated

    @property
    def late(self) -> int:
        """How many of her own are late."""
        return sum(task.is_late(clock.today()) for task in self.mine)


@dataclass(frozen=True)
class Done:
    """A fact of hers, in words, with what it takes to find it and to notice if it is rewritten."""

    deed: Deed
    chain: str
    sequence: int
    digest: str
    at: dt.datetime | None = None


def waiting_for(actor: Actor) -> Waiting:
    """Every task that the actor may see, parted in two."""
    found = by_due_date(task for source in SOURCES for task in source.tasks(actor))
    return Waiting(tuple(task for task in found if task.mine), tuple(task for task in found if not task.mine))


def by_due_date(tasks: Iterable[Task]) -> list[Task]:
    """The oldest due date first; those without one last. Of one day, what was begun comes first."""
    return sorted(tasks, key=lambda task: (task.due_on or dt.date.max, not task.begun, task.key))


def dates_of(actor: Actor, *, since: dt.date | None = None, within: dt.timedelta | None = HORIZON) -> list[DueDate]:
    """The due dates that concern the actor, by day: of her tasks, and those that come before there is a task."""
    today = clock.today()
    since = since or today
    known = {task.key: _date(task) for task in waiting_for(actor).mine if task.due_on and task.due_on >= since}
    for source in SOURCES:
        for date in source.coming(actor, since):
            known.setdefault(date.key, date)
    reached = (date for date in known.values() if date and (within is None or date.on <= today + within))
    return sorted(reached, key=lambda date: (date.on, date.key))


def _date(task: Task) -> DueDate | None:
    if task.due_on is None:
        return None
    url = task.proof_url if task.step.sends else task.step.url
    return DueDate(task.key, task.due_on, task.what, task.about, url, task.proof_url)


def panels_for(actor: Actor) -> list[Panel]:
    """The ways that packages open from the desk."""
    return [panel for source in SOURCES for panel in source.panels(actor)]


def done_by(actor: Actor) -> list[Done]:
    """Her newest acts, newest first; chains keep their own order, so that their days are put together here."""
    told = _told(ledger.last_facts(SHOWN_DEEDS, actor=actor.ref))
    return sorted(told, key=lambda done: done.at or clock.now(), reverse=True)


def _told(facts: Iterable[dict[str, object]]) -> Iterator[Done]:
    for fact in facts:
        at = dt.datetime.fromisoformat(str(fact["at"]))
        yield done_of(fact, at=at)


def done_of(told: dict[str, object], *, at: dt.datetime | None = None) -> Done:
    """A fact, or the receipt of an act just done, in the words of its package."""
    chain, name, details = str(told["chain"]), str(told["name"]), told["details"]
    source = SOURCES.get(chain)
    deed = source.deed(name, details if isinstance(details, dict) else {}) if source else None
    return Done(deed or Deed(_("Hecho")), chain, int(str(told["sequence"])), str(told["digest"]), at)
