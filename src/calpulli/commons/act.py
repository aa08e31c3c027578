"""The road of every write: input shape -> policy -> pure check -> locked write and fact in one transaction -> receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from django.conf import settings
from django.db import transaction
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from calpulli.ledger.doors import Batch, DomainRow, Entry, Receipt, RowState, append, last_at, lock_chain, pour, state_of

from . import clock

Row = TypeVar("Row", bound=DomainRow)
Held = TypeVar("Held", bound=Batch)
Command = TypeVar("Command")
Result = TypeVar("Result")
FACT_INSTANT = dt.timedelta(seconds=1)  # facts are dated by whole seconds: what a fact tells was before its next one
WHOLE = "*"  # in the place of an area: the whole institute


@dataclass(frozen=True)
class Actor:
    """Who acts: an opaque reference for the ledger, and the roles that policies look at."""

    ref: str
    roles: frozenset[str] = frozenset()  # all that are held, anywhere
    account: str | None = None  # primary key of the account, None for the system
    scopes: frozenset[tuple[str, str]] = frozenset()  # (role, key of an area, or WHOLE)

    @classmethod
    def system(cls, task: str) -> Actor:
        """The institute's own machinery doing `task` (a command, a seed)."""
        return cls(ref=f"sistema:{task}", roles=frozenset({"system"}))

    def may(self, role: str, area: str | None = None) -> bool:
        """Whether a person holds `role`: anywhere, or, for an area's key, in that area or in the whole institute."""
        if area is None:
            return self.account is not None and role in self.roles
        return self.account is not None and not self.scopes.isdisjoint({(role, area), (role, WHOLE)})


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way: the field (or None), and what is wrong with its remedy, in Spanish."""

    field: str | None
    message: str


class Refused(Exception):  # noqa: N818 - the field's word: an act is refused
    """The act cannot be done now; carries every reason at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class Forbidden(Exception):  # noqa: N818 - the policy's word
    """The actor may not do this at all."""


class Policy(Protocol):
    """Who may: looks at the actor alone; what depends on the record's state is the action's own check."""

    __name__: str

    def __call__(self, actor: Actor, /) -> bool:
        """Whether the actor may."""
        ...


@dataclass
class Work:
    """What an action writes with: every row that passes here is in the fact."""

    by: Actor
    at: dt.datetime
    chain: str
    details: dict[str, Any] = field(default_factory=dict)
    _rows: dict[tuple[str, str], DomainRow] = field(default_factory=dict)
    _removed: list[RowState] = field(default_factory=list)

    def hold_chain(self) -> None:
        """Makes this act the only writer of its chain from here on: for what must read a head and answer for it."""
        lock_chain(self.chain)

    def lock(self, model: type[Row], **lookup: Any) -> Row:
        """The one row of that lookup, locked until the act ends; raises the model's DoesNotExist.

        Its key stays as it is, so rows that point to it may still come: whoever writes them does not wait for this act.
        """
        return model._default_manager.select_for_update(no_key=True).get(**lookup)

    def add(self, row: Row) -> Row:
        """Inserts a new row."""
        row.save(force_insert=True)
        self._rows[(row._meta.db_table, str(row.pk))] = row
        return row

    def pour(self, batch: Held, model: type[Entry], rows: Iterable[tuple[Any, ...]]) -> Held:
        """Inserts a batch with its entries (docs/spec/ledger.md, section 6); the batch is in the fact, and answers for them."""
        pour(batch, model, rows)
        self._rows[(batch._meta.db_table, str(batch.pk))] = batch
        return batch

    def save(self, row: Row) -> Row:
        """Writes a changed row; it must exist."""
        row.save(force_update=True)
        self._rows[(row._meta.db_table, str(row.pk))] = row
        return row

    def remove(self, row: DomainRow) -> None:
        """Deletes a row and says so in the fact."""
        table, key = row._meta.db_table, str(row.pk)
        self._rows.pop((table, key), None)
        row.delete()
        self._removed.append(RowState(table, key, None))

    def states(self) -> list[RowState]:
        """The state of every row that this act touched, as the database now holds it."""
        return [state_of(row) for row in self._rows.values()] + self._removed


@dataclass(frozen=True)
class Done(Generic[Result]):
    """What an act gives back: its result and the receipt of its fact."""

    result: Result
    receipt: Receipt


@dataclass(frozen=True)
class Action(Generic[Command, Result]):
    """A registered act. Call it with its command and `by=`; raises Forbidden or Refused, and then nothing is kept.

    `alone`: it takes its chain before it reads anything. Of two such acts of a package one is wholly before the other, also
    by the clock, and neither holds a row that the other waits for.
    """

    name: str
    policy: Policy
    body: Callable[[Work, Command], Result]
    alone: bool = False

    def __call__(self, command: Command, *, by: Actor) -> Done[Result]:
        """Runs the whole road in one transaction, and at one instant: a day that ends meanwhile does not end within it."""
        if not self.policy(by):
            raise Forbidden(f"{by.ref} may not {self.policy.__name__}")
        with for_everyone(), transaction.atomic():
            chain = self.name.partition(".")[0]
            with clock.rehearse(self._instant(chain)):
                work = Work(by=by, at=clock.now(), chain=chain)
                result = self.body(work, command)
                return Done(result, self._record(work))

    def _instant(self, chain: str) -> dt.datetime:
        """When it was begun; alone, after all that came before it on its chain, and no later for having waited for it."""
        begun = clock.now()
        if not self.alone:
            return begun
        lock_chain(chain)
        before = last_at(chain)
        return min(clock.now(), max(begun, before + FACT_INSTANT)) if before else begun

    def rehearse(self, command: Command, *, by: Actor) -> None:
        """Runs the whole road and undoes it: raises whatever the act itself would raise, and keeps nothing."""
        with transaction.atomic():
            self(command, by=by)
            transaction.set_rollback(True)

    def _record(self, work: Work) -> Receipt:
        return append(chain=work.chain, name=self.name, at=work.at, actor=work.by.ref, rows=work.states(), details=work.details)


@contextmanager
def for_everyone() -> Iterator[None]:
    """For what is kept and read by others (acts, indexes, tables): the institute's language and addresses, whoever asks."""
    with speaking(settings.LANGUAGE_CODE, "/"):
        yield


@contextmanager
def speaking(language: str, prefix: str) -> Iterator[None]:
    """In a language, with the addresses that its pages have."""
    earlier = get_script_prefix()
    set_script_prefix(prefix)
    try:
        with translation.override(language):
            yield
    finally:
        set_script_prefix(earlier)


ACTS: dict[str, Action[Any, Any]] = {}


def act(
    name: str, *, policy: Policy, alone: bool = False
) -> Callable[[Callable[[Work, Command], Result]], Action[Command, Result]]:
    """Registers `package.thing_done` as an act: the only way to a domain table."""

    def register(body: Callable[[Work, Command], Result]) -> Action[Command, Result]:
        if name in ACTS:
            raise ValueError(f"two acts are called {name}")
        action = Action(name, policy, body, alone)
        ACTS[name] = action
        return action

    return register
