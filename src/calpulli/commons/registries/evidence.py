"""What the platform counts of its own work and anyone can check: evidence for or against what a programme says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise  # a text that is translated when it is shown


@dataclass(frozen=True)
class Evidence:
    """One piece, about the programme in force.

    `value` counts now and gives the finding in words; None when there is nothing to count yet. `address` is the name of the
    public page where it can be checked, with what that page needs.
    """

    key: str
    words: Words
    how: Words
    value: Callable[[], str | None]
    address: str


EVIDENCE: Registry[Evidence] = Registry("pieces of evidence")


def offer(piece: Evidence) -> Evidence:
    """Registers a piece under its key."""
    return EVIDENCE.add(piece.key, piece)
