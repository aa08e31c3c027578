"""Entries: rows by the thousand, attested together by their batch (docs/spec/ledger.md, section 6)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, LiteralString

from django.apps import apps
from django.db import connection
from psycopg import sql

from .models import Batch, Entry

PREFIX = b"calpulli-entries-v1\n"
CHUNK = 5_000  # lines written at a time
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def entry_models() -> list[type[Entry]]:
    """Every table of entries, ordered by its name."""
    found = [model for model in apps.get_models() if issubclass(model, Entry)]
    return sorted(found, key=lambda model: model._meta.db_table)


def batch_model(model: type[Entry]) -> type[Batch]:
    """The table of the batches of those entries."""
    options: Any = model._meta  # of a concrete table, which has the field that the abstract one only speaks of
    found = options.get_field("batch").related_model
    if not isinstance(found, type) or not issubclass(found, Batch):
        raise TypeError(f"{model._meta.label}: its batch is no Batch")
    return found


def pour(batch: Batch, model: type[Entry], rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts `batch`, which counts and hashes them, and its entries. `rows` are the values of `columns`, without the position.

    Inside a transaction, and before any other writes of the batch: the guard refuses entries of an earlier one.
    """
    lines = [_line((place, *row)) for place, row in enumerate(rows, 1)]
    batch.count, batch.entries_sha256 = len(lines), digest_of(model, lines)
    batch.save(force_insert=True)
    head = f"{batch.pk}\t".encode()
    with connection.cursor() as cursor, cursor.copy(_order("COPY {table} ({columns}) FROM STDIN", model)) as copy:
        for start in range(0, len(lines), CHUNK):
            copy.write(b"".join(head + line for line in lines[start : start + CHUNK]))


def digest_of(model: type[Entry], lines: Iterable[bytes]) -> str:
    """64 hex over the lines, in order."""
    running = _begun(model)
    for line in lines:
        running.update(line)
    return running.hexdigest()


def _begun(model: type[Entry]) -> hashlib._Hash:
    return hashlib.sha256(PREFIX + "\t".join(model.columns).encode() + b"\n")


def _line(values: tuple[Any, ...]) -> bytes:
    return ("\t".join([_text(value) for value in values]) + "\n").encode()


def _text(value: object) -> str:
    match value:
        case None:
            return "\\N"
        case bool():
            return "t" if value else "f"
        case int():
            return str(value)
        case str():
            return value.translate(ESCAPES)
        case dt.date() if not isinstance(value, dt.datetime):
            return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no exact form in an entry")


def faults(model: type[Entry]) -> Iterator[tuple[str, str]]:
    """(key of a batch, what is wrong with its entries, in Spanish), of every batch of that table."""
    told = {str(key): (count, digest) for key, count, digest in _batches(model)}
    for key, count, digest in _hashed(model):
        known = told.pop(key, None)
        if known is None:
            yield key, f"hay entradas de un lote que no existe: {count}"
        elif known[0] != count:
            yield key, f"el lote dice {known[0]} entradas y tiene {count}"
        elif known[1] != digest:
            yield key, f"las entradas del lote {key} fueron alteradas: su huella no es la que dice el lote"
    nothing = digest_of(model, ())
    for key, (count, digest) in told.items():
        if count or digest != nothing:
            yield key, f"el lote dice {count} entradas y no tiene ninguna"


def _batches(model: type[Entry]) -> Iterable[tuple[Any, int, str]]:
    return batch_model(model)._default_manager.order_by("pk").values_list("pk", "count", "entries_sha256")


def _hashed(model: type[Entry]) -> Iterator[tuple[str, int, str]]:
    """(batch, how many, digest) of the entries that are there, as the database gives them back."""
    current, count, running = b"", 0, _begun(model)
    for batch, line in _stored(model):
        if batch != current and current:
            yield current.decode(), count, running.hexdigest()
            count, running = 0, _begun(model)
        current = batch
        count += 1
        running.update(line)
    if current:
        yield current.decode(), count, running.hexdigest()


def _stored(model: type[Entry]) -> Iterator[tuple[bytes, bytes]]:
    """(batch, line) of each entry, batch by batch."""
    asked = _order("COPY (SELECT {columns} FROM {table} ORDER BY batch_id, position) TO STDOUT", model)
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        rest = b""
        for data in copy:
            *lines, rest = (rest + bytes(data)).split(b"\n")
            for line in lines:
                batch, _, told = line.partition(b"\t")
                yield batch, told + b"\n"


def _order(text: LiteralString, model: type[Entry]) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in ("batch_id", *model.columns))
    return sql.SQL(text).format(table=sql.Identifier(model._meta.db_table), columns=columns)
