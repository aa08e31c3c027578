"""How a line of the programme goes: what packages above planning count of it, for the line's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import Registry


@dataclass(frozen=True)
class Progress:
    """One thing that is counted of a line: what, its value in words (empty: `mark` says why), of when, and its page."""

    label: str
    value: str
    url: str
    when: str = ""
    mark: str = ""
    note: str = ""


@dataclass(frozen=True)
class ProgressSource:
    """What a package counts of lines; `of` takes the key of a plan and the identifier of a line."""

    key: str
    of: Callable[[str, str], Iterable[Progress]]


PROGRESS: Registry[ProgressSource] = Registry("sources of progress")


def offer_progress(source: ProgressSource) -> ProgressSource:
    """Registers a source under its key."""
    return PROGRESS.add(source.key, source)


def progress_of(plan_key: str, line: str) -> list[Progress]:
    """All that is counted of a line."""
    return [one for source in PROGRESS for one in source.of(plan_key, line)]
