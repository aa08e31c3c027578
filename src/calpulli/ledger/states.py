"""The digest of a row: what a fact attests and `ledger verify` recomputes."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from calpulli_core.board import canonical

from .models import DomainRow

PREFIX = b"calpulli-row-v1\n"
EMPTY: tuple[Any, ...] = (None, "", [], {})


def domain_models() -> Iterator[type[DomainRow]]:
    """Every table whose rows the ledger answers for, ordered by table name."""
    found = [model for model in apps.get_models() if issubclass(model, DomainRow)]
    yield from sorted(found, key=lambda model: model._meta.db_table)


def table_of(model: type[models.Model]) -> str:
    """The name under which the ledger knows the table of `model`."""
    return model._meta.db_table


def chain_of(model: type[models.Model]) -> str:
    """The one chain in which facts about the table of `model` stand: the name of its package."""
    return model._meta.app_label


def key_of(row: DomainRow) -> str:
    """The row's primary key as the text that facts carry."""
    return str(row.pk)


def row_digest(row: DomainRow) -> str:
    """64 hex: SHA-256 over the canonical JSON of the row's public and internal fields.

    The values must be as the database gives them back (`Work` reads a row again before it digests it), so that
    the digest does not depend on how a caller wrote them.
    """
    return hashlib.sha256(PREFIX + canonical.encode(row_state(row))).hexdigest()


def row_state(row: DomainRow) -> dict[str, Any]:
    """The hashed fields of `row` that say something, by attribute name, in JSON's types.

    What is empty is left out: a field that joins the table later, empty in every row, changes no digest.
    """
    hashed = (field.attname for field in row._meta.concrete_fields if row.privacy[field.attname].hashed)
    values = {name: plain(getattr(row, name)) for name in hashed}
    return {name: value for name, value in values.items() if value not in EMPTY}


def plain(value: object) -> Any:
    """`value` in canonical JSON's types; TypeError for a type that has no exact form there."""
    match value:
        case None | bool() | int() | str():
            return value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        case dt.date():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
    raise TypeError(f"a {type(value).__name__} has no exact form in a row's digest")
