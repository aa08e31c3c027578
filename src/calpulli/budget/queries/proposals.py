"""Adecuaciones: those that wait, those that were decided, and what one would do to its purses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calpulli.people.doors import name_of
from calpulli_core.budget import Balance

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
    def moved(self) -> int:
        """How many cents change their place."""
        return sum(one.movement.cents for one in self.effects if one.movement.cents > 0)


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


def effects(year: int, movements: Iterable[Movement], *, is_done: bool = False) -> list[Effect]:
    """Each movement with its purse; `is_done`: what it did is in the balance already."""
    told = list(movements)
    return [_effect(year, one, told, is_done=is_done) for one in told]


def _effect(year: int, one: Movement, all_of_it: list[Movement], *, is_done: bool) -> Effect:
    purse = _purse(one)
    change = sum(other.cents for other in all_of_it if _purse(other) == purse)
    before = sums.balance_of(year, purse)
    if is_done:
        before += Balance(change=-change)
    return Effect(one, before, before.modified + change)


def _purse(one: Movement) -> sums.Key:
    return one.area, one.activity, one.source, one.partida
