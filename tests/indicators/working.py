"""An invented operation to count: activities and deliveries written by acts of these tests, and measures over them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When

from calpulli.annual.models import Activity, Delivery, DeliveryBatch, Exercise, Programme
from calpulli.commons import clock
from calpulli.commons.act import Action, Actor, Work
from calpulli.commons.registries.measures import MEASURES, Aggregate, Dimension, Measure
from calpulli.commons.registries.people_tables import PEOPLE_TABLES, PeopleTable
from calpulli_core.indicators.moments import Grain

FIRST = 2025 * 12  # January 2025
NOW = dt.datetime(2026, 11, 20, 18, tzinfo=dt.UTC)
SYSTEM = Actor.system("prueba")
AREA = "secretaria-administrativa"


@dataclass(frozen=True)
class Given:
    """A delivery as these tests count it by themselves."""

    activity: int
    month: int
    district: str
    units: int
    women: int
    men: int

    @property
    def people(self) -> int:
        return self.women + self.men


def _activities(work: Work, keys: tuple[str, ...]) -> list[Activity]:
    exercise = work.add(Exercise(plan_key="demo-2026", year=2031))
    programme = work.add(Programme(exercise=exercise, key="P1", name="Inventado", kind="institutional"))
    return [
        work.add(
            Activity(
                exercise=exercise,
                programme=programme,
                key=key,
                name=key,
                area=AREA,
                unit="talleres",
                counted=True,
                of_people=False,
            )
        )
        for key in keys
    ]


def _deliveries(work: Work, given: list[Given]) -> DeliveryBatch:
    rows = [
        (one.activity, dt.date(one.month // 12, one.month % 12 + 1, 1), one.month, one.district, one.units, one.women, one.men, 0)
        for one in given
    ]
    return work.pour(DeliveryBatch(recorded_at=work.at), Delivery, rows)


def _anybody(actor: Actor, /) -> bool:
    return True


make_activities: Action[Any, Any] = Action("annual.tested", _anybody, _activities)
pour_deliveries: Action[Any, Any] = Action("annual.tested", _anybody, _deliveries)


def deliver(given: list[Given]) -> None:
    pour_deliveries(given, by=SYSTEM)


def invented(activities: list[int], count: int, seed: int) -> list[Given]:
    """Skewed, with ties and with months in which nothing happened."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        month = FIRST + chance.choice((0, 0, 0, 1, 3, 4, 5, 9, 9, 11, 12, 14, 20, 21))
        activity = activities[min(int(chance.expovariate(1.2)), len(activities) - 1)]
        women, men = chance.choice(((0, 0), (1, 0), (2, 2), (9, 8), (40, 31)))
        found.append(
            Given(activity, month, chance.choice(("distrito-1", "distrito-2", "")), chance.choice((1, 1, 2, 3, 10)), women, men)
        )
    return found


def mine() -> QuerySet[Delivery]:
    """Those of these tests, and not the demonstration's."""
    return Delivery.objects.filter(activity__exercise__year=2031)


def _rows(dimensions: frozenset[str]) -> QuerySet[Any]:
    return mine().annotate(
        people=F("women") + F("men"), is_large=Case(When(units__gte=3, then=Value(True)), default=Value(False))
    )


def _whole(dimensions: frozenset[str]) -> QuerySet[Any]:
    return mine().annotate(people=F("women") + F("men"))


def measure(key: str, aggregate: Aggregate, value: str = "", **more: Any) -> Measure:
    given: dict[str, Any] = {
        "name": key,
        "counts": "Entregas inventadas",
        "unit": "entregas",
        "rows": _rows,
        "dimensions": (Dimension("activity_id", "Actividad", dict), Dimension("district", "Distrito", dict)),
        "owner": "planning",
        "chains": ("annual",),
        "since": lambda: FIRST,
    }
    return Measure(key=key, aggregate=aggregate, value=value, **(given | more))


PLACE = Dimension("district", "Distrito", lambda: {"distrito-1": "1", "distrito-2": "2"})
PEOPLE: dict[str, Any] = {"table": "tests.people", "dimensions": (PLACE,), "grain": Grain.QUARTER}
TABLE = PeopleTable(
    key="tests.people",
    name="Personas",
    counts="Personas inventadas",
    rows=lambda: mine().annotate(place=F("district")),
    place=PLACE,
    categories=(("women", "Mujeres"), ("men", "Hombres")),
    floor="privacy.floor",
    owner="planning",
    chains=("annual",),
    since=lambda: FIRST,
)
MINE = (
    measure("tests.deliveries", Aggregate.COUNT),
    measure("tests.units", Aggregate.SUM, "units", unit="talleres"),
    measure("tests.cents", Aggregate.SUM, "units", unit="pesos", scale=Fraction(1, 100)),
    measure("tests.large", Aggregate.SHARE, "is_large", unit="1"),
    measure("tests.districts", Aggregate.DISTINCT, "district", unit="distritos", rows=_whole),
    measure("tests.middle", Aggregate.MEDIAN, "units", unit="talleres"),
    measure("tests.rank", Aggregate.PERCENTILE, "units", unit="talleres", percent=90),
    measure("tests.people", Aggregate.SUM, "people", unit="personas", **PEOPLE),
    measure("tests.women", Aggregate.SUM, "women", unit="personas", category="women", **PEOPLE),
    measure("tests.unheard", Aggregate.COUNT, since=lambda: None),
)


@contextmanager
def measures_offered() -> Iterator[None]:
    for one in MINE:
        MEASURES.add(one.key, one)
    PEOPLE_TABLES.add(TABLE.key, TABLE)
    try:
        yield
    finally:
        del PEOPLE_TABLES._items[TABLE.key]
        for one in MINE:
            del MEASURES._items[one.key]


@contextmanager
def today(instant: dt.datetime = NOW) -> Iterator[None]:
    with clock.rehearse(instant):
        yield
