"""How a line of the programme goes: what packages above planning count of it, for the line's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


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
    """What a package counts of lines; `of` takes the key of a plan and the identifier of a line.

    `heading` stands over it on the page; without one it comes first, as the answer itself.
    """

    key: str
    of: Callable[[str, str], Iterable[Progress]]
    heading: Words = ""


@dataclass(frozen=True)
class ProgressGroup:
    """What one package counts of a line."""

    heading: Words
    counted: tuple[Progress, ...]


PROGRESS: Registry[ProgressSource] = Registry("sources of progress")


def offer_progress(source: ProgressSource) -> ProgressSource:
    """Registers a source under its key."""
    return PROGRESS.add(source.key, source)


def progress_of(plan_key: str, line: str) -> list[ProgressGroup]:
    """All that is counted of a line; sources that count nothing of it are left out."""
    sources = sorted(PROGRESS, key=lambda source: bool(source.heading))
    groups = [ProgressGroup(source.heading, tuple(source.of(plan_key, line))) for source in sources]
    return [group for group in groups if group.counted]
