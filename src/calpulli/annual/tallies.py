"""Deliveries added up by activity, month and district, in the transaction of the batch: what pages and measures read.

Beside them, by the units that each gave, how many there were. Both are made again at will from the deliveries themselves;
`differences` recounts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Model, QuerySet, Sum

from .models import Activity, Delivery, DeliveryBatch, Spread, Tally

Cell = tuple[int, int, str]  # activity, month, district
Fine = tuple[int, int, str, int]  # the same, and the units of a delivery
Brought = Mapping[Fine, tuple[int, int, int, int]]  # how many deliveries, women, men, people who did not say
CELL, FINE = ("of_id", "month", "district"), ("of_id", "month", "district", "units")
SUMS, TIMES = ("deliveries", "units", "women", "men", "unsaid"), ("deliveries",)
KEYS = ("activity", "area", "programme")
MOST_AT_ONCE = 2_000


def add(brought: Brought, *, sign: int = 1) -> None:
    """Adds what a batch brought, or with `sign` -1 takes away what it had brought. The caller holds the chain."""
    keys = _keys({activity for activity, *_ in brought})
    _grow(Tally, CELL, SUMS, _coarse(brought), sign, lambda cell: dict(zip(KEYS, keys[cell[0]], strict=True)))
    _grow(Spread, FINE, TIMES, _times(brought), sign, lambda cell: {})


def of_batch(batch_id: int) -> Brought:
    """What the deliveries of a batch add up to."""
    return _added(Delivery.objects.filter(batch_id=batch_id))


def recounted() -> Brought:
    """What all deliveries that count add up to, row by row."""
    withdrawn = DeliveryBatch.objects.filter(state=DeliveryBatch.State.WITHDRAWN).values("pk")
    return _added(Delivery.objects.exclude(batch_id__in=withdrawn))


def differences() -> list[Cell]:
    """The cells whose sums are not those of the deliveries."""
    true = recounted()
    wrong = _unlike(_kept(Tally, CELL, SUMS), _coarse(true)) | _unlike(_kept(Spread, FINE, TIMES), _times(true))
    return sorted(wrong)


def make_again() -> int:
    """Counts everything anew; gives how many cells said otherwise."""
    with transaction.atomic():
        wrong = len(differences())
        if wrong:
            Tally.objects.all().delete()
            Spread.objects.all().delete()
            add(recounted())
    return wrong


def _grow(
    model: type[Model],
    cell: tuple[str, ...],
    sums: tuple[str, ...],
    more: Mapping[Any, tuple[int, ...]],
    sign: int,
    beside: Callable[[Any], Mapping[str, str]],
) -> None:
    """In one order for many cells: those that are there grow, the others begin."""
    held, nothing = _kept(model, cell, sums, of=more), (0,) * len(sums)
    rows = (
        model(**dict(zip((*cell, *sums), (*key, *_moved(held.get(key, nothing), added, sign)), strict=True)), **beside(key))
        for key, added in more.items()
    )
    unique = ("of", *cell[1:])
    model._default_manager.bulk_create(
        rows, update_conflicts=True, update_fields=sums, unique_fields=unique, batch_size=MOST_AT_ONCE
    )


def _moved(held: tuple[int, ...], added: tuple[int, ...], sign: int) -> tuple[int, ...]:
    return tuple(before + sign * more for before, more in zip(held, added, strict=True))


def _kept(
    model: type[Model], cell: tuple[str, ...], sums: tuple[str, ...], *, of: Iterable[Any] | None = None
) -> dict[Any, tuple[int, ...]]:
    """What there is, by cell; `of`: of the activities and months of those cells."""
    rows = model._default_manager.all()
    if of is not None:
        rows = rows.filter(of_id__in={one[0] for one in of}, month__in={one[1] for one in of})
    return {row[: len(cell)]: row[len(cell) :] for row in rows.values_list(*cell, *sums).iterator()}


def _unlike(told: Mapping[Any, tuple[int, ...]], true: Mapping[Any, tuple[int, ...]]) -> set[Cell]:
    """The cells of which one says something and the other not; a sum of 0 is like none."""
    return {key[:3] for key in told.keys() | true.keys() if _sums(told, key) != _sums(true, key)}


def _sums(found: Mapping[Any, tuple[int, ...]], key: Any) -> tuple[int, ...] | None:
    sums = found.get(key)
    return sums if sums and any(sums) else None


def _keys(activities: set[int]) -> dict[int, tuple[str, str, str]]:
    """Activity, area and programme by their keys: they stand in the tally too."""
    found = Activity.objects.filter(pk__in=activities).values_list("pk", "key", "area", "programme__key")
    return {pk: (key, area, programme) for pk, key, area, programme in found}


def _coarse(brought: Brought) -> dict[Cell, tuple[int, ...]]:
    """Without the units of each: their sum."""
    found: dict[Cell, tuple[int, ...]] = {}
    for (activity, month, district, units), (deliveries, *people) in brought.items():
        cell, sums = (activity, month, district), (deliveries, units * deliveries, *people)
        found[cell] = _moved(found[cell], sums, 1) if cell in found else sums
    return found


def _times(brought: Brought) -> dict[Fine, tuple[int, ...]]:
    """Only how many there were."""
    return {cell: (deliveries,) for cell, (deliveries, *_) in brought.items()}


def _added(rows: QuerySet[Delivery]) -> Brought:
    people: dict[str, Any] = {f"all_{name}": Sum(name) for name in SUMS[2:]}
    grouped = rows.order_by().values_list("activity_id", "month", "district", "units").annotate(times=Count("pk"), **people)
    return {row[:4]: row[4:] for row in grouped.iterator()}
