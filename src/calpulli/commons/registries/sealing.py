"""What packages seal when a period closes: files that enter the bundle beside the record (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from calpulli_core.calendars.periods import Period

from . import Registry


@dataclass(frozen=True)
class Sealed:
    """The files of a package for a plan and a period, by their path in the bundle; none where it has nothing of them.

    Asked inside the act that seals, in one transaction: what it gives is what was so at that moment. The same state gives the
    same bytes. `chains`: those whose acts can change it; their heads are sealed too.
    """

    key: str
    chains: tuple[str, ...]
    files: Callable[[str, Period], Mapping[str, bytes]]


SEALING: Registry[Sealed] = Registry("what a period seals")


def seal(sealed: Sealed) -> Sealed:
    """Registers what a package seals."""
    return SEALING.add(sealed.key, sealed)
