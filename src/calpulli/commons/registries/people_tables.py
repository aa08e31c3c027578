"""Counts of people that are told together: a table of quarters, places and categories in which no small count may follow.

What is counted of people is never read live: one engine, above, tells each table in editions (`calpulli_core.privacy`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from . import Registry
from .measures import Dimension

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise  # a text that is translated when it is shown


@dataclass(frozen=True, kw_only=True)
class PeopleTable:
    """People by quarter, place and category; everybody is in exactly one place and one category.

    `rows` annotates `month` (as measures count them), `place` and a whole number for each category by its key. `floor`: the key
    of the norms' rule that says under how many people a count is not told. `since` as in a measure.
    """

    key: str
    name: Words
    counts: Words  # who exactly is counted, in a sentence
    rows: Callable[[], QuerySet[Any]]
    place: Dimension
    categories: tuple[tuple[str, Words], ...]
    floor: str
    owner: str  # a key of `[data.areas]` in the institute's data
    chains: tuple[str, ...]
    since: Callable[[], int | None]


PEOPLE_TABLES: Registry[PeopleTable] = Registry("tables of people")


def offer_people_table(table: PeopleTable) -> PeopleTable:
    """Registers a table under its key."""
    return PEOPLE_TABLES.add(table.key, table)
