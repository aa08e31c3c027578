"""Deliveries: recorded in batches by an area or by a district's office, and withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calpulli.commons import clock
from calpulli.commons.act import Actor, Problem, Refused, Work, act
from calpulli.people import doors as people
from calpulli.people.doors import Role

from .. import policies, tallies
from ..inputs import DeliveryRow, RecordDeliveries, WithdrawDeliveries
from ..models import Activity, Delivery, DeliveryBatch, Exercise, Report
from ..queries import month_number, quarter_of
from . import doubts
from .ground import reason_faults, refuse_any
from .small_batches import too_small

MOST_UNITS = 1_000_000
MOST_TOLD = 50
PEOPLE = {"women": "mujeres", "men": "hombres", "unsaid": "personas que no dijeron"}


@act("annual.deliveries_recorded", policy=policies.record_deliveries, alone=True)
def record_deliveries(work: Work, command: RecordDeliveries) -> DeliveryBatch:
    """A batch of deliveries, whole or not at all."""
    activities = _activities({row.activity_id for row in command.rows})
    refuse_any(list(_faults(work, command.rows, activities))[:MOST_TOLD])
    refuse_any(_after_the_report(work, {(row.activity_id, row.on.month) for row in command.rows}, activities))
    refuse_any([*too_small(command.rows, activities), *doubts.unconfirmed(command, activities, work.by.account)])
    batch = DeliveryBatch(source_sha256=command.source_sha256, recorded_at=work.at)
    batch.author_id = work.by.account
    work.pour(batch, Delivery, map(_entry, _ordered(command)))
    refuse_any(doubts.came_before(batch))
    tallies.add(_sums(command.rows))
    _tell(work, activities.values(), len(command.rows))
    return batch


def what_is_asked(command: RecordDeliveries, *, by: Actor) -> str:
    """What whoever confirms these deliveries sends back; empty where nothing is asked."""
    activities = _activities({row.activity_id for row in command.rows})
    asked = doubts.questions(command, activities, by.account)
    return doubts.digest(command, asked) if asked else ""


@act("annual.deliveries_withdrawn", policy=policies.withdraw_deliveries, alone=True)
def withdraw_deliveries(work: Work, command: WithdrawDeliveries) -> DeliveryBatch:
    """A batch no longer counts; it stays, with the reason."""
    batch = work.lock(DeliveryBatch, pk=command.batch_id)
    brought = tallies.of_batch(batch.pk)
    activities = _activities({activity for activity, *_ in brought})
    for activity in activities.values():
        districts = frozenset(district for key, _, district, _ in brought if key == activity.pk)
        refuse_any(_not_hers(work, activity, districts))
    year = {key: activity.exercise.year for key, activity in activities.items()}
    refuse_any(_after_the_report(work, {(key, month - year[key] * 12 + 1) for key, month, *_ in brought}, activities))
    if batch.state == DeliveryBatch.State.WITHDRAWN:
        raise Refused(Problem(None, "Este registro ya se había retirado."))
    refuse_any(reason_faults(command.reason))
    batch.state, batch.withdrawn_because = DeliveryBatch.State.WITHDRAWN, command.reason.strip()
    batch.withdrawn_at, batch.withdrawn_by_id = work.at, work.by.account
    tallies.add(brought, sign=-1)
    _tell(work, activities.values(), batch.count)
    return work.save(batch)


def _after_the_report(work: Work, told: set[tuple[int, int]], activities: Mapping[int, Activity]) -> list[Problem]:
    """What was reported is its area's to correct: from then on a district's office adds nothing to that quarter."""
    quarters = {(key, quarter_of(month)) for key, month in told if not policies.holds(work.by, Role.AUTHOR, activities[key].area)}
    sent = Report.objects.filter(activity_id__in={key for key, _ in quarters}).exclude(state=Report.State.RETURNED)
    reported = sorted(quarters & set(sent.values_list("activity_id", "quarter")))
    return [
        Problem(
            "on", f"El trimestre {quarter} de «{activities[key].key}» ya se reportó: pida a su área que lo registre y corrija."
        )
        for key, quarter in reported
    ]


def _activities(keys: set[int]) -> dict[int, Activity]:
    return Activity.objects.select_related("exercise", "programme").in_bulk(keys)


def _tell(work: Work, activities: Iterable[Activity], count: int) -> None:
    """One activity is named; of many, the plan and the year."""
    found = list(activities)
    work.details.update(plan=found[0].exercise.plan_key, year=found[0].exercise.year)
    if any(one.tells_people for one in found):
        return  # a delivery may be one person: how many there were of which activity is not told to anyone
    work.details.update(deliveries=count)
    if len(found) == 1:
        work.details.update(activity=found[0].key)


def _ordered(command: RecordDeliveries) -> Iterable[DeliveryRow]:
    """As they came; of a file in one order, so that the same deliveries have the same digest."""
    if not command.source_sha256:
        return command.rows
    return sorted(command.rows, key=lambda row: tuple(getattr(row, name) for name in doubts.SAID))


def _entry(row: DeliveryRow) -> tuple[Any, ...]:
    return (row.activity_id, row.on, month_number(row.on), row.district, row.units, row.women, row.men, row.unsaid)


def _sums(rows: Iterable[DeliveryRow]) -> tallies.Brought:
    added: dict[tallies.Fine, tuple[int, int, int, int]] = {}
    for row in rows:
        cell = (row.activity_id, month_number(row.on), row.district, row.units)
        times, women, men, unsaid = added.get(cell, (0, 0, 0, 0))
        added[cell] = (times + 1, women + row.women, men + row.men, unsaid + row.unsaid)
    return added


def _faults(work: Work, rows: tuple[DeliveryRow, ...], activities: Mapping[int, Activity]) -> Iterator[Problem]:
    if not rows:
        yield Problem(None, "No hay ninguna entrega que registrar.")
    if len({activity.exercise_id for activity in activities.values()}) > 1:
        yield Problem(None, "Las entregas son de programas anuales distintos: regístrelas por separado.")
    by_activity: dict[int, set[str]] = {}
    for row in rows:
        by_activity.setdefault(row.activity_id, set()).add(row.district)
    offices = {card.key for card in people.area_cards() if card.is_district}
    for key, districts in by_activity.items():
        yield from _of_activity(work, activities.get(key), districts, offices)
    many, today = len(rows) > 1, clock.today()
    for place, row in enumerate(rows, 1):
        if activity := activities.get(row.activity_id):
            yield from _of_row(row, activity, today, f"Entrega {place}: " if many else "")


def _of_activity(work: Work, activity: Activity | None, districts: set[str], offices: set[str]) -> Iterator[Problem]:
    if activity is None:
        yield Problem("activity", "La actividad ya no está: elija otra.")
        return
    if activity.exercise.state != Exercise.State.APPROVED:
        yield Problem("activity", f"El programa anual {activity.exercise.year} aún no se aprueba: sus entregas no se registran.")
    elif not activity.counted:
        yield Problem("activity", f"Las entregas de «{activity.key}» no se cuentan: lo que hizo se escribe en su reporte.")
    allowed = set(activity.districts) or offices | {""}
    for stray in sorted(districts - allowed):
        yield Problem("district", f"«{stray or 'ninguno'}» no es un distrito de la actividad {activity.key}.")
    yield from _not_hers(work, activity, frozenset(districts))


def _not_hers(work: Work, activity: Activity, districts: frozenset[str]) -> list[Problem]:
    if policies.records_for(work.by, activity.area, districts):
        return []
    told = f"Las entregas de «{activity.key}» las registra su área, o cada oficina las de su distrito."
    return [Problem(None, f"{told} Pídalo a esa área, o a quien administra las cuentas que le dé la función.")]


def _of_row(row: DeliveryRow, activity: Activity, today: dt.date, place: str) -> Iterator[Problem]:
    if row.on > today:
        yield Problem("on", f"{place}el {row.on:%d/%m/%Y} está en el futuro: use hoy o antes.")
    elif row.on.year != activity.exercise.year:
        yield Problem("on", f"{place}el {row.on:%d/%m/%Y} no es de {activity.exercise.year}, el año del programa.")
    if not 1 <= row.units <= MOST_UNITS:
        yield Problem("units", f"{place}se entregan de 1 a {MOST_UNITS} unidades y dice {row.units}.")
    for name, words in PEOPLE.items():
        if not 0 <= getattr(row, name) <= MOST_UNITS:
            yield Problem(name, f"{place}{words}: escriba de 0 a {MOST_UNITS}.")
