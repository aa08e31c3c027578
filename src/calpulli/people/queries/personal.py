"""What is kept of one person, from every package that declared it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext

from calpulli.commons.page_parts import date_short, instant
from calpulli.commons.registries.personal import PERSONAL, Person, PersonalData
from calpulli.ledger import doors as ledger
from calpulli.ledger.doors import Privacy

from ..models import Account, Area, Grant, role_of

MOST_FACTS = 10_000


@dataclass(frozen=True)
class KeptField:
    """One field of a row: its name, its value as files carry it, the same as a person reads it, and whether it is a secret."""

    name: str
    value: str
    words: str
    secret: bool


@dataclass(frozen=True)
class KeptTable:
    """What one table keeps of a person: for each row, its fields."""

    key: str
    title: str
    rows: tuple[tuple[KeptField, ...], ...]
    rest: tuple[dict[str, Any], ...]  # of each row, what is neither public nor secret nor in `rows`, by column


def kept_of(account: Account) -> list[KeptTable]:
    """Every table that keeps something of that account."""
    person = account.person()
    return [table for data in PERSONAL if (table := _table(data, person)).rows]


def _table(data: PersonalData, person: Person) -> KeptTable:
    found = list(data.rows(person))
    told, rest = tuple(_told(data, row, person) for row in found), tuple(_rest(data, row) for row in found)
    return KeptTable(data.model._meta.label_lower, str(data.title), told, rest)


def _told(data: PersonalData, row: Model, person: Person) -> tuple[KeptField, ...]:
    return tuple(_field(data, row, name, str(kept.name), person) for name, kept in data.fields.items())


def _field(data: PersonalData, row: Model, name: str, label: str, person: Person) -> KeptField:
    secret = data.is_secret(name)
    return KeptField(label, _value(data, row, name), "" if secret else _words(row, name, person), secret)


def _words(row: Model, name: str, person: Person) -> str:
    """A value as a person reads it: days and hours as they are written here, names for what has one."""
    value, field = getattr(row, name), row._meta.get_field(name.removesuffix("_id"))
    if value is None or value == "":
        return ""
    if field.related_model is Account:
        return gettext("usted") if str(value) == person.account else gettext("otra persona, sin nombre aquí")
    if field.related_model is Area:
        return str(getattr(row, field.name))
    if isinstance(row, Grant) and name == "role":
        role = role_of(value)
        return str(role.label) if role else value
    return _plain_words(row, field.name, value)


def _plain_words(row: Model, name: str, value: Any) -> str:
    match value:
        case bool():
            return gettext("sí") if value else gettext("no")
        case dt.datetime():
            return instant(value)
        case dt.date():
            return date_short(value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value)


def _rest(data: PersonalData, row: Model) -> dict[str, Any]:
    """What else the row says: when a session began, whether the account is active. What is public is in the data sets."""
    classes: dict[str, Privacy] = getattr(row, "privacy", {})
    apart = (Privacy.PUBLIC, Privacy.SECRET)
    names = [one.attname for one in row._meta.concrete_fields if one.attname not in data.fields]
    return {name: _as_json(getattr(row, name)) for name in names if classes.get(name) not in apart}


def _as_json(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


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
            "rows": [{one.name: None if one.secret else one.value for one in row} for row in table.rows],
            "rest": list(table.rest),
        }
        for table in kept_of(account)
    ]
    facts = [{key: fact[key] for key in ("chain", "sequence", "name", "at", "details", "digest")} for fact in acts_of(account)]
    return {"account": str(account.pk), "kept": tables, "acts": facts}
