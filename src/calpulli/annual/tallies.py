"""Deliveries added up by activity, month and district, in the transaction of the batch: what pages and measures read.

Made again at will from the deliveries themselves; `differences` recounts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from .models import Activity, Delivery, DeliveryBatch, Tally

Cell = tuple[int, int, str]  # activity, month, district
Added = tuple[int, int, int, int, int]
SUMS = ("deliveries", "units", "women", "men", "unsaid")


def add(cells: Mapping[Cell, Added], *, sign: int = 1) -> None:
    """Adds what a batch brought, or with `sign` -1 takes away what it had brought. The caller holds the chain."""
    held = {(one.of_id, one.month, one.district): one for one in _of_activities({activity for activity, _, _ in cells})}
    fresh, changed = [], []
    for cell, sums in cells.items():
        if cell in held:
            changed.append(_moved(held[cell], sums, sign))
        else:
            fresh.append((cell, sums))
    Tally.objects.bulk_update(changed, SUMS, batch_size=2_000)
    Tally.objects.bulk_create(_rows(fresh), batch_size=2_000)


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
            Tally.objects.bulk_create(_rows(recounted().items()), batch_size=2_000)
    return wrong


def _of_activities(activities: set[int]) -> QuerySet[Tally]:
    return Tally.objects.select_for_update().filter(of_id__in=activities)


def _moved(tally: Tally, sums: Added, sign: int) -> Tally:
    for name, more in zip(SUMS, sums, strict=True):
        setattr(tally, name, getattr(tally, name) + sign * more)
    return tally


def _rows(cells: Iterable[tuple[Cell, Added]]) -> list[Tally]:
    wanted = list(cells)
    found = Activity.objects.select_related("programme").in_bulk({activity for (activity, _, _), _ in wanted})
    return [_row(found[activity], month, district, sums) for (activity, month, district), sums in wanted]


def _row(activity: Activity, month: int, district: str, sums: Added) -> Tally:
    named = dict(zip(SUMS, sums, strict=True))
    keys = {"activity": activity.key, "area": activity.area, "programme": activity.programme.key}
    return Tally(of=activity, month=month, district=district, **keys, **named)


def _sums(tally: Tally) -> Added:
    return tally.deliveries, tally.units, tally.women, tally.men, tally.unsaid


def _added(rows: QuerySet[Delivery]) -> dict[Cell, Added]:
    sums: dict[str, Any] = {f"all_{name}": Sum(name) for name in SUMS[1:]}
    grouped = rows.order_by().values_list("activity_id", "month", "district").annotate(all_deliveries=Count("pk"), **sums)
    return {
        (activity, month, district): (deliveries, units, women, men, unsaid)
        for activity, month, district, deliveries, units, women, men, unsaid in grouped
    }
