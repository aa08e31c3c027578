"""What an area answers for: packages say which of their things each one has in charge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from . import Registry


@dataclass(frozen=True)
class DutyLink:
    """One thing that an area answers for, with its public page."""

    label: str
    url: str


@dataclass(frozen=True)
class Duty:
    """A kind of thing: its heading, and those of an area (by its name, since records carry names)."""

    key: str
    title: str | Promise
    of: Callable[[str], Sequence[DutyLink]]


DUTIES: Registry[Duty] = Registry("duties")


def offer(duty: Duty) -> Duty:
    """Registers a kind of thing that areas answer for."""
    return DUTIES.add(duty.key, duty)
