"""What packages above the annual programme know of an activity, for the activity's own page: its money, for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import Registry


@dataclass(frozen=True)
class Beside:
    """One thing that is known of an activity: what, its value in words (empty: nothing is known), and its page."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class BesideSource:
    """What a package knows of activities; `of` takes the key of a plan, a year and the key of an activity."""

    key: str
    of: Callable[[str, int, str], Iterable[Beside]]


BESIDE: Registry[BesideSource] = Registry("sources of what stands beside an activity")


def offer_beside(source: BesideSource) -> BesideSource:
    """Registers a source under its key."""
    return BESIDE.add(source.key, source)


def beside(plan_key: str, year: int, activity: str) -> list[Beside]:
    """All that is known of an activity."""
    return [one for source in BESIDE for one in source.of(plan_key, year, activity)]
