"""Batches of few people: each batch leaves a public fact, so that several small ones would say how few people there were.

At most one batch that counts brings less than the floor to a quarter of an activity whose unit is people: whoever counts the
facts learns that somebody was there, or that there were at least as many as may be told (docs/decisions/0025).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Sum

from calpulli.commons.act import Problem

from ..inputs import DeliveryRow
from ..models import Activity, Delivery, DeliveryBatch
from ..queries import floor_of, months_of, quarter_of


def too_small(rows: Iterable[DeliveryRow], activities: Mapping[int, Activity]) -> Iterator[Problem]:
    """What a batch brings of people, where it is under the floor and another one is too. The caller holds the chain."""
    brought: dict[tuple[int, int], int] = {}
    for row in rows:
        if activities[row.activity_id].tells_people:
            cell = row.activity_id, quarter_of(row.on.month)
            brought[cell] = brought.get(cell, 0) + row.units
    for (key, quarter), units in sorted(brought.items()):
        activity = activities[key]
        floor = floor_of(activity, quarter)
        if floor and units < floor and _has_small(activity, quarter, floor):
            yield Problem("units", _words(activity, quarter, floor))


def _words(activity: Activity, quarter: int, floor: int) -> str:
    told = f"Del trimestre {quarter}, «{activity.key}» ya tiene un registro de menos de {floor} {activity.unit}, y este es otro"
    why = "Que alguien registró es público: por cuántos registros tan pequeños hay se sabría de cuántas personas son"
    return f"{told}. {why}. Junte varias entregas en un archivo, o retire aquel registro y traiga todas en uno."


def _has_small(activity: Activity, quarter: int, floor: int) -> bool:
    first = activity.exercise.year * 12 - 1
    rows = Delivery.objects.filter(activity=activity, month__in=[first + month for month in months_of(quarter)])
    counted = rows.filter(batch__state=DeliveryBatch.State.COUNTED).order_by().values("batch")
    return counted.annotate(brought=Sum("units")).filter(brought__lt=floor).exists()
