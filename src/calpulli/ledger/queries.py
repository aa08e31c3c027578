"""Reads of the ledger: heads, published facts, and the check of everything against everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DataError, connection, models, transaction
from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from calpulli_core.board.facts import ZERO, fact_digest

from . import entries
from .models import DomainRow, Fact, FactRow, SigningKey
from .standing import Head, head, remembered
from .states import chain_of, domain_models, row_digest, table_of

CHUNK = 2000
# Of a fact that a row names: not its instant nor its details, which an owner may have made unreadable.
NEEDED = ("table", "key", "digest", "fact__chain", "fact__sequence", "fact__name")
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Breach:
    """One place where the ledger and the world disagree, in Spanish, with table, key and fact named."""

    chain: str
    sequence: int | None
    table: str | None
    key: str | None
    message: str


def last_at(chain: str) -> dt.datetime | None:
    """When the last fact of the chain was; None for a chain without facts."""
    return Fact.objects.filter(chain=chain).order_by("-sequence").values_list("at", flat=True).first()


def instant_text(at: dt.datetime) -> str:
    """The instant as facts carry it: UTC, whole seconds, `Z`."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def published(fact: Fact) -> dict[str, Any]:
    """The fact as bundles carry it (docs/spec/bundle.md, section 7)."""
    rows = sorted(fact.rows.all(), key=lambda row: row.position)
    return {
        "actor": fact.actor,
        "at": instant_text(fact.at),
        "chain": fact.chain,
        "details": fact.details,
        "digest": fact.digest,
        "name": fact.name,
        "previous": fact.previous,
        "rows": [[row.table, row.key, row.digest] for row in rows],
        "sequence": fact.sequence,
    }


def heads() -> list[Head]:
    """The last fact of every chain, by name of chain."""
    chains = Fact.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return [head(chain) for chain in chains]


def public_facts() -> QuerySet[Fact]:
    """Every fact, for whoever offers them as a table; nothing of it is more than `published` shows."""
    return Fact.objects.all()


def public_fact_rows() -> QuerySet[FactRow]:
    """What every fact says of each row."""
    return FactRow.objects.all()


def facts_after(chain: str, sequence: int) -> list[dict[str, Any]]:
    """The chain's facts with a higher sequence, in order, in their published form."""
    found = Fact.objects.filter(chain=chain, sequence__gt=sequence).order_by("sequence").prefetch_related("rows")
    return [published(fact) for fact in found]


def sequence_of(chain: str, *, name: str, details: dict[str, Any]) -> int:
    """The sequence of the newest fact of that name whose details hold `details`; 0 when there is none."""
    found = Fact.objects.filter(chain=chain, name=name, details__contains=details).order_by("-sequence").first()
    return found.sequence if found else 0


def told_at(chain: str, *, names: tuple[str, ...], details: dict[str, Any]) -> dt.datetime | None:
    """When the newest fact of one of those names was, on what `details` name; None when there is none."""
    found = Fact.objects.filter(chain=chain, name__in=names, details__contains=details)
    return found.order_by("-sequence").values_list("at", flat=True).first()


def has_acted(actor: str, *, chain: str, names: tuple[str, ...], details: dict[str, Any]) -> bool:
    """Whether that actor did one of those acts, on what `details` name."""
    return Fact.objects.filter(chain=chain, name__in=names, actor=actor, details__contains=details).exists()


def last_facts(limit: int, *, actor: str | None = None, chain: str = "", before: int | None = None) -> list[dict[str, Any]]:
    """The newest facts, newest first, in their published form: of all chains together, of one actor, or of one chain.

    `before`: those of the chain with a lower sequence.
    """
    found = Fact.objects.filter(actor=actor) if actor else Fact.objects.all()
    if chain:
        found = found.filter(chain=chain)
    if before is not None:
        found = found.filter(sequence__lt=before)
    order = "-sequence" if chain else "-id"
    return [published(fact) for fact in found.order_by(order).prefetch_related("rows")[:limit]]


def fact_at(chain: str, sequence: int) -> dict[str, Any] | None:
    """The fact at that place, in its published form."""
    found = Fact.objects.filter(chain=chain, sequence=sequence).prefetch_related("rows").first()
    return published(found) if found else None


def facts_by_month() -> list[tuple[dt.date, int]]:
    """The first day of each month in which there were facts, of all chains, and how many; the oldest first."""
    found = Fact.objects.annotate(month=TruncMonth("at")).values("month").annotate(count=models.Count("id")).order_by("month")
    return [(row["month"].date(), row["count"]) for row in found]


def facts_with(detail: str) -> Iterator[tuple[str, int, str]]:
    """(chain, sequence, value) of each fact whose details have a text under that name."""
    found = Fact.objects.filter(details__has_key=detail).order_by("chain", "sequence")
    told = found.values_list("chain", "sequence", f"details__{detail}")
    yield from ((chain, sequence, str(value)) for chain, sequence, value in told)


def signing_keys() -> list[dict[str, Any]]:
    """Every signing key in order, as `data/keys.jsonl` carries it."""
    fields = ("endorsement", "fingerprint", "number", "public_key")
    return list(SigningKey.objects.order_by("number").values(*fields))


@remembered("ledger")
def key_in_use() -> str | None:
    """The fingerprint of the key that signs today; None before the first one."""
    return SigningKey.objects.order_by("-number").values_list("fingerprint", flat=True).first()


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read in the block is of one instant, whatever others write meanwhile; nothing may be written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def check_ledger(older: list[Head]) -> Iterator[Breach]:
    """Every breach: links and digests of each chain, older heads, and each domain row against its latest fact."""
    yield from check_chains()
    yield from check_heads(older)
    yield from check_rows()
    yield from check_entries()


def check_entries() -> Iterator[Breach]:
    """Each batch against its entries, read again."""
    for model in entries.entry_models():
        batches = entries.batch_model(model)
        for key, message in entries.faults(model):
            yield Breach(chain_of(batches), None, table_of(batches), key, message)


def check_chains() -> Iterator[Breach]:
    """Recomputes each fact's digest and its link to the one before."""
    place: dict[str, tuple[int, str]] = {}
    for key, fact in _each(Fact, "chain", "sequence"):
        if fact is None:
            yield Breach("", None, "ledger_fact", key, "el hecho no se puede leer: tiene un valor que ningún acto escribe")
            continue
        sequence, digest = place.get(fact.chain, (0, ZERO))
        if fact.sequence != sequence + 1:
            yield _breach(fact, f"faltan hechos: después del {sequence} sigue el {fact.sequence}")
        elif fact.previous != digest:
            yield _breach(fact, "no enlaza con el hecho anterior")
        if not _is_its_own(fact):
            yield _breach(fact, f"el hecho {fact.name} fue alterado: su huella no corresponde a su contenido")
        place[fact.chain] = (fact.sequence, fact.digest)


def _is_its_own(fact: Fact) -> bool:
    """Whether the fact's digest is that of its content; content that has no canonical form is not what an act wrote."""
    try:
        return fact_digest(published(fact)) == fact.digest
    except (TypeError, ValueError, OverflowError):
        return False


def _each(model: type[Row], *order: str) -> Iterator[tuple[str, Row | None]]:
    """Every row in that order; None for one that holds what Python cannot (a date of infinity), read apart from the rest."""
    keys = list(model._default_manager.order_by(*order).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found = _readable(model, part)
        yield from ((str(key), found.get(key)) for key in part)


def _readable(model: type[Row], keys: list[Any]) -> dict[Any, Row]:
    try:
        with transaction.atomic():
            return _whole(model).in_bulk(keys)
    except (DataError, ValueError, OverflowError):
        halves = (keys[: len(keys) // 2], keys[len(keys) // 2 :]) if len(keys) > 1 else ()
        return {key: row for half in halves for key, row in _readable(model, half).items()}


def _whole(model: type[Row]) -> QuerySet[Row]:
    found = model._default_manager.all()
    return found.prefetch_related("rows") if model is Fact else found


def _breach(fact: Fact, message: str) -> Breach:
    return Breach(fact.chain, fact.sequence, "ledger_fact", str(fact.pk), message)


def check_heads(older: list[Head]) -> Iterator[Breach]:
    """Each older head must still stand, at its place, in the chain of today."""
    for known in older:
        today = Fact.objects.filter(chain=known.chain, sequence=known.sequence).only("digest").first()
        if known.sequence == 0:
            continue
        if today is None:
            message = f"la cadena ya no llega al hecho {known.sequence} que la cabeza anterior certifica"
            yield Breach(known.chain, known.sequence, "ledger_fact", None, message)
        elif today.digest != known.digest:
            message = "la historia fue reescrita: el hecho ya no es el que la cabeza anterior certifica"
            yield Breach(known.chain, known.sequence, "ledger_fact", str(today.pk), message)


def check_rows() -> Iterator[Breach]:
    """Each domain row against the latest fact that names it, and each latest fact against its row."""
    for model in domain_models():
        yield from _check_table(model)


def _check_table(model: type[DomainRow]) -> Iterator[Breach]:
    table, chain = table_of(model), chain_of(model)
    strange = FactRow.objects.filter(table=table).exclude(fact__chain=chain).select_related("fact").only(*NEEDED)
    yield from (_row_breach(row, f"un hecho de otra cadena habla de este renglón: debe ser {chain}") for row in strange)
    latest = _latest_rows(table, chain)
    for key, row in _each(model, "pk"):
        yield from _check_row(table, key, row, latest.pop(key, None))
    for attested in latest.values():
        if attested.digest is not None:
            message = "el renglón ya no existe y ningún hecho registra que se haya retirado"
            yield _row_breach(attested, message)


def _latest_rows(table: str, chain: str) -> dict[str, FactRow]:
    """The last word of the table's own chain on each row: by the fact's place in the chain, which its hash attests."""
    found = FactRow.objects.filter(table=table, fact__chain=chain).select_related("fact").only(*NEEDED)
    return {row.key: row for row in found.order_by("fact__sequence", "position")}


def _check_row(table: str, key: str, row: DomainRow | None, attested: FactRow | None) -> Iterator[Breach]:
    if row is None:
        yield Breach("", None, table, key, "el renglón no se puede leer: tiene un valor que ningún acto escribe")
    elif attested is None:
        message = "el renglón existe, pero ningún hecho lo registra"
        yield Breach("", None, table, key, message)
    elif attested.digest is None:
        yield _row_breach(attested, "el renglón existe, pero su último hecho lo retiró")
    elif not _is_attested(row, attested):
        message = f"el renglón fue alterado: no es el que dejó el hecho {attested.fact.name}"
        yield _row_breach(attested, message)


def _is_attested(row: DomainRow, attested: FactRow) -> bool:
    try:
        return row_digest(row) == attested.digest
    except (TypeError, ValueError, OverflowError):
        return False


def _row_breach(attested: FactRow, message: str) -> Breach:
    return Breach(attested.fact.chain, attested.fact.sequence, attested.table, attested.key, message)


def counts() -> dict[str, int]:
    """How much a check goes through: facts, and rows of domain tables."""
    rows = sum(model._default_manager.count() for model in domain_models())
    return {"facts": Fact.objects.count(), "rows": rows}


def estimated_rows(model: type[models.Model]) -> int:
    """How many rows the database last estimated that the table has; 0 before the first time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])
        return max(0, int((cursor.fetchone() or (0,))[0]))


def lock_chain(chain: str) -> None:
    """Makes this transaction the only writer of `chain` until it ends.

    An advisory lock and not a row: no table of heads that could be changed, and nothing to update.
    """
    hold("calpulli.ledger." + chain)


def hold(name: str) -> None:
    """Makes this transaction the only one that holds `name` until it ends; another that asks for it waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [name])
