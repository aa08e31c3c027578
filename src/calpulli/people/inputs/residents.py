"""What attending to a resident at a district office takes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class RegisterResident:
    """A person who came to the office of her district (its key); her folio is made, unless the operator gives a user name."""

    display_name: str
    district: str
    email: str
    password: str
    username: str = ""
    demonstration: bool = False


@dataclass(frozen=True)
class CorrectResident:
    """Her name or her mail, as they should be."""

    account_id: UUID
    display_name: str
    email: str


@dataclass(frozen=True)
class RenewPassword:
    """Another password until she sets her own, for whoever lost hers and came to the office."""

    account_id: UUID
    password: str
