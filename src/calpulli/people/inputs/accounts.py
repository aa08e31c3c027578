"""What registering an account and changing its password take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RegisterAccount:
    """A new account; roles are values of `Role`, none for staff without a part in the record."""

    username: str
    display_name: str
    area: str
    roles: tuple[str, ...]
    password: str


@dataclass(frozen=True)
class SetPassword:
    """Another password for an account."""

    username: str
    password: str
