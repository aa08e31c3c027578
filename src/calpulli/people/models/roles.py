"""What a person may do here. The one place where a role is declared: policies ask for a role by its name.

A new role is a new member of `Role`. With `READER` among what it includes, it reads all that readers read: the desk and
every edition in every state. One that reads less is also named in the policies of the package that has what it reads (for
editions, `planning.policies.READERS`). What it may write is said by the policies that ask for it, and by none if no policy does.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reach(StrEnum):
    """Where a role can be held."""

    INSTITUTE = "institute"  # in the whole institute, and not in a part of it
    AREA = "area"  # in one area and what hangs from it, or in the whole institute
    DISTRICT = "district"  # in one district office
    NOWHERE = "nowhere"  # nobody grants it: it comes with another role, or with what the account is


class Role(StrEnum):
    """A role: the key that facts carry, its name, what it lets do, where it is held, and the roles that come with it."""

    label: Promise
    tells: Promise
    reach: Reach
    includes: tuple[str, ...]

    def __new__(cls, key: str, label: Promise, tells: Promise, reach: Reach, includes: tuple[str, ...] = ()) -> Role:
        """A member is its key; the rest are its attributes."""
        member = str.__new__(cls, key)
        member._value_ = key
        member.label, member.tells, member.reach, member.includes = label, tells, reach, includes
        return member

    AUTHOR = "author", _("Captura"), _("Captura el registro y lo envía a revisión."), Reach.AREA, ("reader",)
    REVIEWER = (
        *("reviewer", _("Revisa"), _("Revisa, sella y publica lo que otra persona capturó.")),
        *(Reach.AREA, ("reader",)),
    )
    ADMINISTRATOR = (
        *("administrator", _("Administra cuentas"), _("Registra cuentas y dice qué puede hacer cada una, menos la suya.")),
        Reach.INSTITUTE,
    )
    DISTRICT_CLERK = (
        *("district_clerk", _("Atiende en un distrito"), _("Registra a las personas que viven en su distrito y acuden a él.")),
        Reach.DISTRICT,
    )
    EDITOR = (
        *("editor", _("Edita el buscador"), _("Dice con qué otras palabras se busca lo que la gente escribe.")),
        Reach.INSTITUTE,
    )
    READER = "reader", _("Lee la mesa"), _("Ve lo que está en curso, sin cambiarlo."), Reach.NOWHERE
    RESIDENT = "resident", _("Vive en un distrito"), _("Usa los servicios para las personas de su distrito."), Reach.NOWHERE


def granted_roles() -> list[Role]:
    """The roles that an administrator gives."""
    return [role for role in Role if role.reach is not Reach.NOWHERE]


def role_of(key: str) -> Role | None:
    """The role of that key; None for one that nobody declares (any more)."""
    return next((role for role in Role if role.value == key), None)


def with_included(key: str) -> Iterator[str]:
    """The role itself and those that come with it."""
    yield key
    role = role_of(key)
    for included in role.includes if role else ():
        yield from with_included(included)
