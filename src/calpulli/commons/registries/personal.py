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

    `signs_in_by_mail`: whether that mail is a way into her account, as a resident's is; then all that is kept under it counts
    as hers, to read and to erase. Nobody saw her open it when her office wrote it down. Of any other, confirmed by a link or
    not, only the notices of her work count: that somebody opened it is not kept.
    """

    account: str
    email: str
    signs_in_by_mail: bool


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
