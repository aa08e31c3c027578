"""Reports that were returned and wait to be sent again in a term of their own: until then what they may tell is not judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef

from calpulli.ledger.doors import remembered

from ..models import Report

COLUMNS = {
    "activity": "activity__key",
    "area": "activity__area",
    "programme": "activity__programme__key",
    "line": "activity__shares__line",
}


@dataclass(frozen=True)
class Again:
    """One of them: of which quarter, until when, and what its activity is of, by dimension of the measures."""

    quarter: int
    until: dt.date
    of: Mapping[str, frozenset[str]]

    def is_of(self, where: Iterable[tuple[str, str]]) -> bool:
        """Whether it is within what those dimensions ask for."""
        return all(value in self.of.get(dimension, (value,)) for dimension, value in where)


@remembered("annual")
def awaited_again(plan_key: str, year: int) -> tuple[Again, ...]:
    """Those of a year's exercise."""
    later = Report.objects.filter(activity=OuterRef("activity"), quarter=OuterRef("quarter"), version__gt=OuterRef("version"))
    returned = Report.objects.filter(
        activity__exercise__plan_key=plan_key, activity__exercise__year=year, again_on__isnull=False
    ).exclude(Exists(later))
    rows = returned.order_by("pk").values_list("pk", "quarter", "again_on", *COLUMNS.values())
    return tuple(_again(list(of_one)) for _, of_one in groupby(rows, key=itemgetter(0)))


def _again(rows: list[tuple[Any, ...]]) -> Again:
    """A row for each line that its activity serves."""
    _, quarter, until, *_ = rows[0]
    return Again(quarter, until, {name: frozenset(row[place] for row in rows) for place, name in enumerate(COLUMNS, 3)})
