"""Where a person wants her notices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChangeContact:
    """One's own address of electronic mail; empty for none."""

    email: str
