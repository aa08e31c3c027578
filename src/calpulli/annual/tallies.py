"""Deliveries added up by activity, month and district, in the transaction of the batch: what pages and measures read.

Made again at will from the deliveries themselves; `differences` recounts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from .models import Activity, Delivery, DeliveryBatch, Tally

Cell = tuple[int, int, str]  # activity, month, district
Added = tuple[int, int, int, int, int]
CELL = ("of_id", "month", "district", "activity", "area", "programme")
SUMS = ("deliveries", "units", "women", "men", "unsaid")


def add(cells: Mapping[Cell, Added], *, sign: int = 1) -> None:
    """Adds what a batch brought, or with `sign` -1 takes away what it had brought. The caller holds the chain."""
    activities, months = {activity for activity, _, _ in cells}, {month for _, month, _ in cells}
    held = {tuple(cell): sums for *cell, sums in _held(activities, months)}
    keys, nothing = _keys(activities), (0,) * len(SUMS)
    rows = [
        Tally(**dict(zip((*CELL, *SUMS), (*cell, *keys[cell[0]], *_moved(held.get(cell, nothing), sums, sign)), strict=True)))
        for cell, sums in cells.items()
    ]
    Tally.objects.bulk_create(
        rows, update_conflicts=True, update_fields=SUMS, unique_fields=("of", "month", "district"), batch_size=2_000
    )


def _held(activities: set[int], months: set[int]) -> Iterator[tuple[Any, ...]]:
    """(activity, month, district, sums) of those that there are."""
    found = Tally.objects.filter(of_id__in=activities, month__in=months).values_list("of_id", "month", "district", *SUMS)
    return ((*row[:3], row[3:]) for row in found.iterator())


def _moved(held: tuple[int, ...], sums: Added, sign: int) -> tuple[int, ...]:
    return tuple(before + sign * more for before, more in zip(held, sums, strict=True))


def _keys(activities: set[int]) -> dict[int, tuple[str, str, str]]:
    """Activity, area and programme by their keys: they stand in the tally too."""
    found = Activity.objects.filter(pk__in=activities).values_list("pk", "key", "area", "programme__key")
    return {pk: (key, area, programme) for pk, key, area, programme in found}


def of_batch(batch_id: int) -> dict[Cell, Added]:
    """What the deliveries of a batch add up to."""
    return _added(Delivery.objects.filter(batch_id=batch_id))


def recounted() -> dict[Cell, Added]:
    """What all deliveries that count add up to, row by row."""
    withdrawn = DeliveryBatch.objects.filter(state=DeliveryBatch.State.WITHDRAWN).values("pk")
    return _added(Delivery.objects.exclude(batch_id__in=withdrawn))


def differences() -> list[Cell]:
    """The cells whose sums are not those of the deliveries."""
    told = {(one.of_id, one.month, one.district): _sums(one) for one in Tally.objects.all()}
    true, nothing = recounted(), (0, 0, 0, 0, 0)
    return sorted(cell for cell in told.keys() | true.keys() if told.get(cell, nothing) != true.get(cell, nothing))


def make_again() -> int:
    """Counts everything anew; gives how many cells said otherwise."""
    with transaction.atomic():
        wrong = len(differences())
        if wrong:
            Tally.objects.all().delete()
            add(recounted())
    return wrong


def _sums(tally: Tally) -> Added:
    return tally.deliveries, tally.units, tally.women, tally.men, tally.unsaid


def _added(rows: QuerySet[Delivery]) -> dict[Cell, Added]:
    sums: dict[str, Any] = {f"all_{name}": Sum(name) for name in SUMS[1:]}
    grouped = rows.order_by().values_list("activity_id", "month", "district").annotate(all_deliveries=Count("pk"), **sums)
    return {
        (activity, month, district): (deliveries, units, women, men, unsaid)
        for activity, month, district, deliveries, units, women, men, unsaid in grouped
    }
