"""What is kept of one person, from every package that declared it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from calpulli.commons.registries.personal import PERSONAL, Person, PersonalData
from calpulli.ledger import doors as ledger

from ..models import Account

MOST_FACTS = 10_000


@dataclass(frozen=True)
class KeptTable:
    """What one table keeps of a person: for each row, (name of the field, value, whether it is a secret)."""

    key: str
    title: str
    rows: tuple[tuple[tuple[str, str, bool], ...], ...]


def kept_of(account: Account) -> list[KeptTable]:
    """Every table that keeps something of that account."""
    person = Person(str(account.pk), account.email)
    tables = [KeptTable(data.model._meta.label_lower, str(data.title), tuple(_rows(data, person))) for data in PERSONAL]
    return [table for table in tables if table.rows]


def _rows(data: PersonalData, person: Person) -> Iterator[tuple[tuple[str, str, bool], ...]]:
    for row in data.rows(person):
        yield tuple((str(kept.name), _value(data, row, name), data.is_secret(name)) for name, kept in data.fields.items())


def _value(data: PersonalData, row: Model, name: str) -> str:
    """A credential is told to exist and not given: not even its owner needs the hash."""
    value = getattr(row, name)
    if data.is_secret(name):
        return ""
    return value.isoformat() if isinstance(value, dt.date) else "" if value is None else str(value)


def acts_of(account: Account) -> list[dict[str, Any]]:
    """The facts of what this account did, newest first."""
    return ledger.last_facts(MOST_FACTS, actor=f"cuenta:{account.pk}")


def export_of(account: Account) -> dict[str, Any]:
    """All of it as JSON carries it."""
    tables = [
        {
            "table": table.key,
            "title": table.title,
            "rows": [{name: None if secret else value for name, value, secret in row} for row in table.rows],
        }
        for table in kept_of(account)
    ]
    facts = [{key: fact[key] for key in ("chain", "sequence", "name", "at", "details", "digest")} for fact in acts_of(account)]
    return {"account": str(account.pk), "kept": tables, "acts": facts}
