"""The only writes of the ledger: append a fact; register the keys that sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from calpulli_core.board import canonical
from calpulli_core.board.facts import fact_digest

from . import custody, queries, standing
from .models import DomainRow, Fact, FactRow, SigningKey
from .states import key_of, row_digest, table_of

KEY_CHAIN = "ledger"
KEY_PREFIX = b"calpulli-key-v1\n"


@dataclass(frozen=True)
class RowState:
    """What a fact says of one row; digest None when the act removed it."""

    table: str
    key: str
    digest: str | None


@dataclass(frozen=True)
class Receipt:
    """What the author of an act keeps: enough to find the fact and to notice if it is rewritten."""

    chain: str
    sequence: int
    name: str
    at: dt.datetime
    digest: str


def state_of(row: DomainRow) -> RowState:
    """The state of a row just written, as the database now holds it."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    return RowState(table_of(type(row)), key_of(row), row_digest(fresh))


def append(
    *, chain: str, name: str, at: dt.datetime, actor: str | None, rows: Sequence[RowState], details: dict[str, Any]
) -> Receipt:
    """Appends one fact to `chain` inside the caller's transaction.

    `at` is cut to the second, and never before the fact it follows: of two acts, the first to begin may end last.
    Raises RuntimeError outside a transaction: a fact apart from its act proves nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a fact is appended in the transaction of its act")
    queries.lock_chain(chain)
    last = standing.head(chain)
    fact = Fact(
        chain=chain,
        sequence=last.sequence + 1,
        name=name,
        at=max(at.replace(microsecond=0), queries.last_at(chain) or at),
        actor=actor,
        details=details,
        previous=last.digest,
    )
    fact.digest = fact_digest(_content(fact, rows))
    fact.save(force_insert=True)
    FactRow.objects.bulk_create(
        FactRow(fact=fact, position=place, table=row.table, key=row.key, digest=row.digest) for place, row in enumerate(rows)
    )
    standing.look_again()
    return Receipt(chain, fact.sequence, name, fact.at, fact.digest)


def _content(fact: Fact, rows: Sequence[RowState]) -> dict[str, Any]:
    return {
        "actor": fact.actor,
        "at": queries.instant_text(fact.at),
        "chain": fact.chain,
        "details": fact.details,
        "name": fact.name,
        "previous": fact.previous,
        "rows": [[row.table, row.key, row.digest] for row in rows],
        "sequence": fact.sequence,
    }


def register_key(*, at: dt.datetime, by: str, endorsed: bool = True) -> SigningKey:
    """Makes a new signing key, endorsed by the key in use (if there is one and its private half is at hand).

    `endorsed=False` is for a lost key: the new one starts a road of its own, and every verifier will say so.
    """
    with transaction.atomic():
        queries.lock_chain(KEY_CHAIN)
        last = SigningKey.objects.order_by("-number").first()
        number = last.number + 1 if last else 1
        endorser = custody.load(last.fingerprint) if last and endorsed else None  # before a new file exists
        signer = custody.create()
        endorsement = _endorsement(endorser, number, signer.public_key) if endorser else None
        key = SigningKey.objects.create(
            number=number, public_key=signer.public_key, fingerprint=signer.fingerprint, endorsement=endorsement
        )
        details = {"fingerprint": key.fingerprint, "number": number, "endorsed": endorsement is not None}
        append(chain=KEY_CHAIN, name="ledger.key_registered", at=at, actor=by, rows=[state_of(key)], details=details)
        return key


def _endorsement(endorser: custody.Signer, number: int, public_key: str) -> str:
    statement = {"number": number, "previous": endorser.fingerprint, "public_key": public_key}
    return endorser.sign(KEY_PREFIX + canonical.encode(statement)).hex()
