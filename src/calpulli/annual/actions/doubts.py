"""What is asked again before deliveries are recorded: a batch like one of the last 24 hours, or far beyond the goal.

Whoever confirms sends back the digest of what was asked: of something else, or of one more like it, it is asked anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from hashlib import sha256

from django.db.models import Q

from calpulli.commons import clock
from calpulli.commons.act import Problem
from calpulli.commons.page_parts import MONTHS
from calpulli_core.board import canonical
from calpulli_core.goals import come_to

from ..inputs import RecordDeliveries
from ..inputs.amounts import amount_words
from ..models import Activity, DeliveryBatch, Goal
from ..queries import WHOLE_UNIT, of_quarter, quarter_of

SAID = ("activity_id", "on", "district", "units", "women", "men", "unsaid")
DAY = dt.timedelta(days=1)
FAR = 10  # times the goal of the quarter: a figure too many
MOST_ALIKE = 50


def questions(command: RecordDeliveries, activities: Mapping[int, Activity], account: str | None) -> list[str]:
    """Each in a sentence; none of files, which may not come twice and are reviewed before they are brought."""
    again = _again(command, account) if account and not command.source_sha256 else ()
    return [*again, *beyond(command, activities)]


def digest(command: RecordDeliveries, asked: list[str]) -> str:
    """Of the deliveries and of what was asked about them."""
    rows = [[str(value) for value in row] for row in _said(command)]
    return sha256(canonical.encode({"asked": asked, "rows": rows})).hexdigest()


def unconfirmed(command: RecordDeliveries, activities: Mapping[int, Activity], account: str | None) -> list[Problem]:
    """What is asked, unless that very thing was confirmed; of files nobody asks."""
    asked = questions(command, activities, account)
    if not asked or command.source_sha256 or command.confirmed == digest(command, asked):
        return []
    return [Problem("confirmed", " ".join(asked))]


def came_before(batch: DeliveryBatch) -> list[Problem]:
    """A file that came already, by its bytes or by its deliveries, and was not withdrawn."""
    if not batch.source_sha256:
        return []
    others = DeliveryBatch.objects.filter(state=DeliveryBatch.State.COUNTED).exclude(pk=batch.pk).exclude(source_sha256="")
    same = others.filter(Q(source_sha256=batch.source_sha256) | Q(entries_sha256=batch.entries_sha256)).order_by("pk").first()
    if same is None:
        return []
    what = "Este archivo" if same.source_sha256 == batch.source_sha256 else "Un archivo con estas mismas entregas"
    told = f"{what} ya entró el {clock.day_of(same.recorded_at):%d/%m/%Y}, y ya cuenta (entregas: {same.count:,})"
    return [Problem("files", f"{told}. Traiga solo las que falten; si aquel registro está mal, retírelo primero.")]


def beyond(command: RecordDeliveries, activities: Mapping[int, Activity]) -> Iterator[str]:
    """The months in which this batch alone is far more than the goal of their quarter (of the year, where it has none)."""
    given: dict[tuple[int, int], int] = {}
    for row in command.rows:
        cell = (row.activity_id, row.on.month)
        given[cell] = given.get(cell, 0) + row.units
    goals = _goals({activity for activity, _ in given})
    for (key, month), units in sorted(given.items()):
        one, held, quarter = activities[key], goals.get(key, {}), quarter_of(month)
        goal_of_quarter = of_quarter(held, quarter, cumulative=one.cumulative, goals=held)
        goal = goal_of_quarter or come_to(held, held, cumulative=one.cumulative)
        if goal and units * WHOLE_UNIT >= FAR * goal:
            when = f"el trimestre {quarter}" if goal_of_quarter else "el año"
            told = f"Son {units:,} {one.unit} de «{one.key}» en {MONTHS[month - 1]}"
            yield f"{told}, y la meta de todo {when} es {amount_words(goal)}: revise la cantidad."


def _goals(activities: set[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for goal in Goal.objects.filter(activity_id__in=activities):
        found.setdefault(goal.activity_id, {})[goal.month] = goal.holds
    return found


def _again(command: RecordDeliveries, account: str) -> Iterator[str]:
    """Deliveries that the same person recorded within a day, and that say the same."""
    recent = DeliveryBatch.objects.filter(
        Q(author_id=account), state=DeliveryBatch.State.COUNTED, count=len(command.rows), recorded_at__gt=clock.now() - DAY
    )
    rows = _said(command)
    alike = sum(
        sorted(batch.deliveries.values_list(*SAID)) == rows
        for batch in recent.filter(source_sha256="").order_by("-pk")[:MOST_ALIKE]
    )
    if alike:
        times = "una entrega igual" if alike == 1 else f"{alike} entregas iguales"
        yield f"En las últimas 24 horas registró {times}, que ya cuenta{'' if alike == 1 else 'n'}. ¿Esta es otra?"


def _said(command: RecordDeliveries) -> list[tuple[object, ...]]:
    return sorted(tuple(getattr(row, name) for name in SAID) for row in command.rows)
