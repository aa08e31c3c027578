"""Deliveries added up by activity, month and district, in the transaction of the batch: what pages and measures read.

Made again at will from the deliveries themselves; `differences` recounts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, QuerySet, Sum

from .models import Activity, Delivery, DeliveryBatch, Tally

Cell = tuple[int, int, str]  # activity, month, district
Added = tuple[int, int, int, int, int]
CELL = ("of_id", "month", "district", "activity", "area", "programme")
SUMS = ("deliveries", "units", "women", "men", "unsaid")


def add(cells: Mapping[Cell, Added], *, sign: int = 1) -> None:
    """Adds what a batch brought, or with `sign` -1 takes away what it had brought. The caller holds the chain."""
    keys = _keys({activity for activity, _, _ in cells})
    rows = [(*cell, *keys[cell[0]], *(sign * one for one in sums)) for cell, sums in cells.items()]
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_adding(), columns or [[]] * (len(CELL) + len(SUMS)))


def _adding() -> str:
    """One order for all the cells: those that are there grow, the others begin."""
    named, sums = ", ".join(CELL + SUMS), ", ".join(f"{one} = old.{one} + excluded.{one}" for one in SUMS)
    arrays = ", ".join(f"%s::{kind}[]" for kind in ("bigint", "int", *("text",) * 4, *("bigint",) * len(SUMS)))
    return (
        f"INSERT INTO {Tally._meta.db_table} AS old ({named}) SELECT * FROM unnest({arrays}) "  # noqa: S608 - names of our own
        f"ON CONFLICT (of_id, month, district) DO UPDATE SET {sums}"
    )


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
