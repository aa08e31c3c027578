"""Deliveries added up by activity, month and district, in the transaction of the batch: what pages and measures read.

Beside them, by the units that each gave, how many there were. Both are made again at will from the deliveries themselves;
`differences` recounts them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Count, Model, QuerySet, Sum

from .models import Activity, Delivery, DeliveryBatch, Later, Report, Spread, Tally

Cell = tuple[int, int, str]  # activity, month, district
Fine = tuple[int, int, str, int]  # the same, and the units of a delivery
Brought = Mapping[Fine, tuple[int, int, int, int]]  # how many deliveries, women, men, people who did not say
CELL, FINE = ("of_id", "month", "district"), ("of_id", "month", "district", "units")
LATER = ("deliveries", "women", "men", "unsaid")
SUMS, TIMES = ("deliveries", "units", "women", "men", "unsaid"), ("deliveries",)
KEYS = ("activity", "area", "programme")
MOST_AT_ONCE = 2_000


def add(brought: Brought, *, sign: int = 1) -> None:
    """Adds what a batch brought, or with `sign` -1 takes away what it had brought. The caller holds the chain.

    Of quarters with a report that counts it waits apart: what was published stays until a correction tells it.
    """
    reported = _reported({activity for activity, *_ in brought})
    waits = {cell: sums for cell, sums in brought.items() if cell[:2] in reported}
    _grow(Later, FINE, LATER, waits, sign, lambda cell: {})
    _add({cell: sums for cell, sums in brought.items() if cell not in waits}, sign)


def settle(report: Report) -> None:
    """From here on the report counts: what came or went after it was sent waits, all else is told. The caller holds the chain."""
    months = _months(report.activity.exercise.year, report.quarter)
    held = Later.objects.filter(of_id=report.activity_id, month__in=months)
    _add(_pairs(held), 1)
    held.delete()
    since = _since(report.activity_id, months, report.submitted_at)
    _add(since, -1)
    _grow(Later, FINE, LATER, since, 1, lambda cell: {})


def now(activity: int, months: Iterable[int]) -> dict[tuple[int, str], tuple[int, int]]:
    """Deliveries and units as they stand now, also what waits, by month and district; none of which there are none."""
    found: dict[tuple[int, str], tuple[int, ...]] = {}
    told = Tally.objects.filter(of_id=activity, month__in=months).values_list("month", "district", "deliveries", "units")
    waits = Later.objects.filter(of_id=activity, month__in=months).values_list("month", "district", "deliveries", "units")
    rows = [*told, *((month, at, times, times * units) for month, at, times, units in waits)]
    for month, district, *sums in rows:
        found[month, district] = _moved(found.get((month, district), (0, 0)), tuple(sums), 1)
    return {cell: (sums[0], sums[1]) for cell, sums in found.items() if sums[0]}


def changed_quarters(exercise: int) -> set[tuple[int, int]]:
    """(activity, quarter) of which something waits for a correction, also where it only says another place or other people."""
    nothing = dict.fromkeys(LATER, 0)
    rows = Later.objects.filter(of__exercise_id=exercise).exclude(**nothing).values_list("of_id", "month").distinct()
    return {(activity, month % 12 // 3 + 1) for activity, month in rows}


def _add(brought: Brought, sign: int) -> None:
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
    waits = _waiting()
    return _wrong(_less(recounted(), waits), waits)


def make_again() -> list[Cell]:
    """Counts everything anew; gives the cells that said otherwise. The caller holds the chain: no batch comes meanwhile."""
    waits = _waiting()
    true = _less(recounted(), waits)
    wrong = _wrong(true, waits)
    if wrong:
        for model in (Tally, Spread, Later):
            model._default_manager.all().delete()
        _add(true, 1)
        _grow(Later, FINE, LATER, waits, 1, lambda cell: {})
    return wrong


def _wrong(true: Brought, waits: Brought) -> list[Cell]:
    """The cells that say something else than what was counted."""
    wrong = _unlike(_kept(Tally, CELL, SUMS), _coarse(true)) | _unlike(_kept(Spread, FINE, TIMES), _times(true))
    return sorted(wrong | _unlike(_kept(Later, FINE, LATER), waits))


def _reported(activities: set[int]) -> set[tuple[int, int]]:
    """(activity, month) of the quarters with a report that counts."""
    found = Report.objects.filter(counts=True, activity_id__in=activities)
    rows = found.values_list("activity_id", "activity__exercise__year", "quarter")
    return {(activity, month) for activity, year, quarter in rows for month in _months(year, quarter)}


def _months(year: int, quarter: int) -> range:
    return range(year * 12 + 3 * quarter - 3, year * 12 + 3 * quarter)


def _waiting() -> Brought:
    """What waits for a correction, counted from the deliveries."""
    found: dict[Fine, tuple[int, int, int, int]] = {}
    reports = Report.objects.filter(counts=True, activity__counted=True).select_related("activity__exercise")
    for report in reports:
        found |= _since(report.activity_id, _months(report.activity.exercise.year, report.quarter), report.submitted_at)
    return found


def _since(activity: int, months: Iterable[int], at: dt.datetime) -> Brought:
    """What came after an instant and counts, less what was there and was withdrawn after it."""
    rows = Delivery.objects.filter(activity_id=activity, month__in=months)
    states = DeliveryBatch.State
    came = rows.filter(batch__state=states.COUNTED, batch__recorded_at__gt=at)
    went = rows.filter(batch__state=states.WITHDRAWN, batch__recorded_at__lte=at, batch__withdrawn_at__gt=at)
    return _less(_added(came), _added(went))


def _less(brought: Brought, other: Brought) -> Brought:
    """The one without the other; cells of which nothing is left are left out."""
    nothing = (0, 0, 0, 0)
    found: dict[Fine, tuple[int, int, int, int]] = {}
    for cell in brought.keys() | other.keys():
        one, less = brought.get(cell, nothing), other.get(cell, nothing)
        sums = (one[0] - less[0], one[1] - less[1], one[2] - less[2], one[3] - less[3])
        if any(sums):
            found[cell] = sums
    return found


def _pairs(rows: QuerySet[Later]) -> Brought:
    return {row[:4]: row[4:] for row in rows.values_list(*FINE, *LATER)}


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
