"""What is kept of people, beside the code that keeps it: for what, on what basis, for how long; whose it is, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise

from calpulli.ledger.doors import Privacy

from . import Registry

Words = str | Promise


@dataclass(frozen=True)
class Kept:
    """One field: its name for people, what it is for, the basis in law, and how long it stays.

    `confirmed` only when somebody read the basis in a legal text; otherwise the notice says "fuente por confirmar".
    """

    name: Words
    purpose: Words
    basis: Words
    retention: Words
    confirmed: bool = False


@dataclass(frozen=True)
class Person:
    """Whose data: the key of her account, and her mail if she gave one.

    `mail_is_hers`: whether it was seen that she receives it. One that she only typed may be another's, and gives no right
    to what is kept under it, neither to read nor to erase.
    """

    account: str
    email: str
    mail_is_hers: bool


@dataclass(frozen=True)
class PersonalData:
    """A table with data of people. `rows` are those of a person.

    `erase` deletes them, if no fact answers for them; what the ledger attests is blanked by the act of people that calls it.
    """

    model: type[models.Model]
    title: Words
    fields: Mapping[str, Kept]
    rows: Callable[[Person], Iterable[models.Model]]
    erase: Callable[[Person], int]

    def is_secret(self, field: str) -> bool:
        """Whether the field is a credential: told to exist, and given to nobody."""
        classes: Mapping[str, Privacy] = getattr(self.model, "privacy", {})
        return classes.get(field) is Privacy.SECRET


PERSONAL: Registry[PersonalData] = Registry("tables of personal data")


def declare(data: PersonalData) -> PersonalData:
    """Registers a table under its label."""
    return PERSONAL.add(data.model._meta.label_lower, data)


def nothing_more(person: Person, /) -> int:
    """For tables that the ledger attests."""
    return 0
