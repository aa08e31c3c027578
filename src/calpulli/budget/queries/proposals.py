"""Adecuaciones: those that wait, those that were decided, and what one would do to its purses."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.people.doors import name_of, post_of
from calpulli_core.budget import Balance, pesos_words

from ..inputs import Movement
from ..models import Adecuacion
from . import sums


@dataclass(frozen=True)
class Effect:
    """A movement, and how its purse stands before and after the whole adecuación."""

    movement: Movement
    before: Balance
    after: int  # modified


@dataclass(frozen=True)
class Proposal:
    """An adecuación as staff see it."""

    row: Adecuacion
    author_name: str
    effects: tuple[Effect, ...]

    @property
    def increased(self) -> int:
        """The cents of its increases: those of an adecuación change their place."""
        return sum(one.movement.cents for one in self.effects if one.movement.cents > 0)

    @property
    def reduced(self) -> int:
        """The cents of its reductions, below zero."""
        return sum(one.movement.cents for one in self.effects if one.movement.cents < 0)


def proposals(year: int | None = None) -> list[Adecuacion]:
    """All of them, those that wait first."""
    found = Adecuacion.objects.select_related("batch").order_by("-id")
    kept = [one for one in found if year in (None, one.year)]
    return sorted(kept, key=lambda one: one.state != Adecuacion.State.PROPOSED)


def waiting() -> list[Adecuacion]:
    """Those that nobody decided yet, the oldest first."""
    return list(Adecuacion.objects.filter(state=Adecuacion.State.PROPOSED).order_by("id"))


def find_proposal(key: int) -> Proposal | None:
    """One of them, with what it does."""
    row = Adecuacion.objects.filter(pk=key).first()
    if row is None:
        return None
    return Proposal(row, name_of(row.author_id), tuple(effects(row.year, movements_of(row), is_done=bool(row.batch_id))))


def movements_of(row: Adecuacion) -> tuple[Movement, ...]:
    """As they were proposed."""
    return tuple(Movement(*told) for told in row.movements)


@dataclass(frozen=True)
class Decided:
    """An adecuación that was decided, as anyone sees it: posts answer in public, names do not."""

    key: int
    year: int
    document: str
    reason: str  # empty where a file brought it
    answer: str
    is_approved: bool
    on: dt.date
    proposed_on: dt.date
    proposed_by: str  # a post; empty: the operator, from a file
    decided_by: str
    batch: int | None
    moment: str  # change; approved: it changes what was approved, and need not sum to zero
    movements: tuple[Movement, ...]

    @property
    def is_adecuacion(self) -> bool:
        """Whether it moves money; otherwise it changes what was approved."""
        return self.moment == Adecuacion.Moment.CHANGE

    @property
    def increased(self) -> int:
        """The cents of its increases; where it changes what was approved, its reductions need not be as many."""
        return sum(one.cents for one in self.movements if one.cents > 0)

    @property
    def reduced(self) -> int:
        """The cents of its reductions, below zero."""
        return sum(one.cents for one in self.movements if one.cents < 0)


def decided(year: int) -> tuple[Decided, ...]:
    """The adecuaciones of a year that were decided, the newest first."""
    rows = Adecuacion.objects.filter(year=year).exclude(state=Adecuacion.State.PROPOSED).order_by("-decided_at", "-pk")
    return tuple(_decided(one) for one in rows)


def find_decided(year: int, key: int) -> Decided | None:
    """One of them; None where there is none, or nobody decided it yet."""
    return next((one for one in decided(year) if one.key == key), None)


def _decided(row: Adecuacion) -> Decided:
    proposed_on, on = _day(row.proposed_at), _day(row.decided_at)
    return Decided(
        key=row.pk,
        year=row.year,
        document=row.document,
        reason=row.reason,
        answer=row.answer,
        is_approved=row.state == Adecuacion.State.APPROVED,
        on=on,
        proposed_on=proposed_on,
        proposed_by=post_of(row.author_id, on=proposed_on),
        decided_by=post_of(row.reviewer_id, on=on),
        batch=row.batch_id,
        moment=row.moment,
        movements=movements_of(row),
    )


def _day(instant: dt.datetime | None) -> dt.date:
    return clock.day_of(instant) or dt.date.min  # of what was decided there is always one


def known_documents(plan_key: str, year: int, documents: Iterable[str]) -> list[str]:
    """Which of those an adecuación already has that was not refused."""
    rows = Adecuacion.objects.filter(plan_key=plan_key, year=year).exclude(state=Adecuacion.State.REFUSED)
    taken = set(rows.values_list("document", flat=True))
    return [one for one in documents if one in taken]


def overdrawn(year: int, movements: Iterable[Movement]) -> list[str]:
    """The purses that would be left with less than what is committed, in words."""
    words = _("A «%(activity)s», partida %(partida)s, le quedarían %(after)s y tiene comprometidos %(committed)s.")
    found = [
        words
        % {
            "activity": one.movement.activity,
            "partida": one.movement.partida,
            "after": pesos_words(one.after),
            "committed": pesos_words(one.before.committed),
        }
        for one in effects(year, movements)
        if one.after < one.before.committed and one.after < one.before.modified
    ]
    return list(dict.fromkeys(found))


def effects(year: int, movements: Iterable[Movement], *, is_done: bool = False) -> list[Effect]:
    """Each movement with its purse; `is_done`: what it did is in the balance already."""
    told, changes = list(movements), Counter[sums.Key]()
    for one in told:
        changes[_purse(one)] += one.cents
    balances = sums.balances_of(year, set(changes))
    return [_effect(one, balances.get(_purse(one), Balance()), changes[_purse(one)], is_done=is_done) for one in told]


def _effect(one: Movement, balance: Balance, change: int, *, is_done: bool) -> Effect:
    before = balance + Balance(change=-change) if is_done else balance
    return Effect(one, before, before.modified + change)


def _purse(one: Movement) -> sums.Key:
    return one.area, one.activity, one.source, one.partida
