"""What registering an account, saying what it holds, and changing its password take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class RegisterAccount:
    """A new account of staff.

    `area` is the key or the name of an area, or the name of one that the organisation does not list. `roles` are keys of
    `Role`, held from today on in that area, or in the whole institute if it is not listed.
    """

    username: str
    display_name: str
    area: str
    roles: tuple[str, ...]
    password: str
    temporary: bool = False  # somebody else knows the password: it must be changed first of all
    demonstration: bool = False  # of the demonstration: refused anywhere but at its own computer


@dataclass(frozen=True)
class SetPassword:
    """Another password for an account."""

    username: str
    password: str


@dataclass(frozen=True)
class Appoint:
    """An account holds a post from a day on."""

    username: str
    post: str
    since: dt.date


@dataclass(frozen=True)
class EndAppointment:
    """The first day on which the account no longer holds the post."""

    appointment_id: int
    until: dt.date


@dataclass(frozen=True)
class GrantRole:
    """An account has a role from a day on: in an area (its key) or, empty, in the whole institute."""

    username: str
    role: str
    area: str
    since: dt.date


@dataclass(frozen=True)
class RevokeRole:
    """The first day on which the account no longer has the role."""

    grant_id: int
    until: dt.date


@dataclass(frozen=True)
class ChangePassword:
    """One's own password: the one in use, and the next."""

    current: str
    password: str


@dataclass(frozen=True)
class DeactivateAccount:
    """An account that may no longer enter, and why."""

    account_id: UUID
    reason: str


@dataclass(frozen=True)
class ReactivateAccount:
    """An account that may enter again, with a password until its owner sets her own."""

    account_id: UUID
    password: str
