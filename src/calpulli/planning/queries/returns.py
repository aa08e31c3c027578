"""How often an edition was sent back, why, and what its author changed after each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from calpulli.people.doors import name_of
from calpulli_core.formats.columns import Layout, Source, layout_of

from ..models import Edition


@dataclass(frozen=True)
class Change:
    """A column that was typed anew."""

    number: int
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ReturnView:
    """One return, for staff: what was asked, by whom, and what has changed since, up to the next one."""

    reason: str
    at: dt.datetime
    by: str
    changes: tuple[Change, ...]


def returns_of(edition: Edition) -> tuple[ReturnView, ...]:
    """The returns of an edition, the newest first."""
    found = list(edition.returns.all())
    said = [*(one.captured for one in found), edition.captured.values]
    layout = layout_of(edition.period.span)
    views = (
        ReturnView(one.reason, one.returned_at, name_of(one.reviewer_id), _changes(layout, before, after))
        for one, (before, after) in zip(found, pairwise(said), strict=True)
    )
    return tuple(views)[::-1]


def _changes(layout: Layout, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    typed = layout.typed(Source.AUTHOR)
    told = (Change(column.number, column.name, before.get(column.key, ""), after.get(column.key, "")) for column in typed)
    return tuple(change for change in told if change.before != change.after)
