"""What must be done every so often, whether or not anybody asks: reminders, and forgetting what may not be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from . import Registry


@dataclass(frozen=True)
class Chore:
    """`run` does what is due and says how many things it did. It may run again at any time, so it must not do a thing twice."""

    key: str
    every: dt.timedelta
    run: Callable[[], int]


CHORES: Registry[Chore] = Registry("chores")


def offer_chore(chore: Chore) -> Chore:
    """Registers a chore under its key, `package.what_it_does`."""
    return CHORES.add(chore.key, chore)
