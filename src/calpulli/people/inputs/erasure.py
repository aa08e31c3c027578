"""What asking for erasure takes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class EraseAccount:
    """The account whose personal data go; its owner says her password, the operator none."""

    account_id: UUID
    password: str = ""
