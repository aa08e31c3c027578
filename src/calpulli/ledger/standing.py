"""Where the chains stand, and what is remembered while they stand there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import connection

from calpulli_core.board.facts import ZERO

from .states import chain_of, domain_models

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
# Of one function, under one standing: pages ask for few plans, areas and periods; whoever asks for more starts it anew.
MOST_KEPT = 256
MOST_FACTS = 200  # between two looks: of more it is not asked what each of them changed
LAST = """
SELECT told.chain, last.sequence, last.digest, last.at
FROM unnest(%s::text[]) AS told(chain) CROSS JOIN LATERAL (
    SELECT sequence, digest, at FROM ledger_fact WHERE chain = told.chain ORDER BY sequence DESC LIMIT 1
) AS last
"""


@dataclass(frozen=True)
class Head:
    """The last fact of a chain: what a stranger keeps to catch a rewritten history."""

    chain: str
    sequence: int
    digest: str

    def as_dict(self) -> dict[str, Any]:
        """The form in which manifests and `cabeza.json` carry it."""
        return {"chain": self.chain, "digest": self.digest, "sequence": self.sequence}


@dataclass(frozen=True)
class Stamp:
    """Where some chains stand: while it is the same, nothing that their facts answer for has changed."""

    digest: str
    at: dt.datetime | None


@dataclass(frozen=True)
class _Last:
    """The head of a chain and when its fact was; of a chain without facts, sequence 0 and 64 zeros."""

    head: Head
    at: dt.datetime | None = None


_seen: ContextVar[dict[str, _Last] | None] = ContextVar("where the chains stood when this page was begun", default=None)


@cache
def chains() -> tuple[str, ...]:
    """Every chain that acts can write to: one for each package with rows of its own."""
    return tuple(sorted({chain_of(model) for model in domain_models()}))


def head(chain: str) -> Head:
    """The chain's last fact; sequence 0 and 64 zeros when it has none."""
    return _last((chain,))[chain].head


def stamp(named: tuple[str, ...]) -> Stamp:
    """The stamp of those chains, in one question that reads one fact of each."""
    found = _last(named)
    told = "\n".join(f"{chain} {found[chain].head.digest}" for chain in sorted(named))
    instants = [found[chain].at for chain in named]
    return Stamp(hashlib.sha256(told.encode()).hexdigest(), max((at for at in instants if at), default=None))


@contextmanager
def one_look() -> Iterator[None]:
    """What is read in the block asks once where the chains stand: for a page, which only reads. An act ends it."""
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def look_again() -> None:
    """A fact was written here: what was seen before holds no longer."""
    if _seen.get() is not None:
        _seen.set({})


def _last(named: Iterable[str]) -> dict[str, _Last]:
    """Inside a transaction always what it sees itself."""
    seen = _seen.get()
    if seen is None or connection.in_atomic_block:
        return _asked(named)
    if any(chain not in seen for chain in named):
        seen.update(_asked({*chains(), *named}))
    return seen


def _asked(named: Iterable[str]) -> dict[str, _Last]:
    with connection.cursor() as cursor:
        cursor.execute(LAST, [list(named)])
        found = {chain: _Last(Head(chain, sequence, digest), at) for chain, sequence, digest, at in cursor.fetchall()}
    return {chain: found.get(chain) or _Last(Head(chain, 0, ZERO)) for chain in named}


def database() -> str | None:
    """The database of which something may be remembered; None in a transaction, since what it sees may never be."""
    return None if connection.in_atomic_block else str(connection.settings_dict["NAME"])


TOUCHED = """
SELECT fact.sequence, fact.digest, told."table", told.key FROM ledger_fact AS fact
LEFT JOIN ledger_factrow AS told ON told.fact_id = fact.id
WHERE fact.chain = %s AND fact.sequence BETWEEN %s AND %s ORDER BY fact.sequence
"""


def touched_since(before: Head) -> dict[str, frozenset[str]] | None:
    """The rows that facts of its chain changed after that head: their keys, by table.

    None where that cannot be told: they are too many, or the chain does not hold that head (of another history).
    """
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [before.chain, before.sequence, before.sequence + MOST_FACTS])
        told = cursor.fetchall()
    known = {sequence: digest for sequence, digest, _, _ in told}
    if before.sequence + MOST_FACTS in known or (before.sequence and known.get(before.sequence) != before.digest):
        return None
    found: dict[str, set[str]] = {}
    for sequence, _, table, key in told:
        if sequence > before.sequence and table is not None:
            found.setdefault(table, set()).add(key)
    return {table: frozenset(keys) for table, keys in found.items()}


@dataclass
class _Held(Generic[Answer]):
    """The answers of one function under the standing at which they were read."""

    standing: tuple[str, ...] = ()
    answers: dict[Hashable, Answer] = field(default_factory=dict)


def remembered(*named: str) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keeps what a function reads of the tables of these chains until one of them has another fact.

    No copy can be stale: PostgreSQL refuses a change of a domain row without a fact in the same transaction, where the chains
    stand is asked before the rows are read, and is asked again for every page, in every process. In a transaction nothing is
    kept or taken, since what it sees may never be. What is given back is everybody's: nobody changes it, and it must depend
    on nothing but rows of these chains and the arguments (neither on the language nor on the day).
    """

    def around(read: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        held = _Held[Answer]()

        @wraps(read)
        def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            nonlocal held
            if connection.in_atomic_block:
                return read(*args, **kwargs)
            standing, asked = _standing(named), (args, tuple(sorted(kwargs.items())))
            # Other threads may put theirs in the place of `held` at any moment: this one goes on with what it took.
            kept = held
            if kept.standing != standing or len(kept.answers) >= MOST_KEPT:
                kept = held = _Held(standing)
            if asked not in kept.answers:
                kept.answers[asked] = read(*args, **kwargs)
            return kept.answers[asked]

        return answer

    return around


def _standing(named: tuple[str, ...]) -> tuple[str, ...]:
    """With the database that it is of: the same history may have other keys elsewhere."""
    found = _last(named)
    return (str(connection.settings_dict["NAME"]), *(found[chain].head.digest for chain in named))
