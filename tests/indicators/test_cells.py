"""Cells of measures against a count of the same rows in plain Python, and by hand."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from calpulli.commons.registries.measures import MEASURES, Aggregate, Dimension, Measure
from calpulli.indicators.queries.cells import Cell, Reading, Why, read
from calpulli_core.indicators.moments import Moment
from tests.indicators.working import SYSTEM, Given, deliver, invented, make_activities, measure, measures_offered, mine, today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operation(db: None) -> Iterator[None]:
    with today(), measures_offered():
        yield


def activities(count: int) -> list[int]:
    keys = tuple(f"A{number:02}" for number in range(count))
    return [one.pk for one in make_activities(keys, by=SYSTEM).result]


def cell(measure: str, period: str, **where: object) -> Cell:
    return Cell(measure, tuple(sorted((key, str(value)) for key, value in where.items())), Moment.parse(period))


def one(measure: str, period: str, **where: object) -> Reading:
    asked = cell(measure, period, **where)
    return read([asked])[asked]


def number(measure: str, period: str, **where: object) -> Fraction | None:
    found = one(measure, period, **where)
    assert (found.value is None) == (found.why is not None)
    return found.value


def test_by_hand() -> None:
    """Three deliveries of January and one of March: every aggregate, as one counts on paper."""
    (a, b) = activities(2)
    jan, mar = 2025 * 12, 2025 * 12 + 2
    deliver(
        [Given(a, jan, "d1", 1, 9, 8), Given(a, jan, "d1", 4, 40, 31), Given(b, jan, "d2", 7, 2, 2), Given(a, mar, "d2", 4, 1, 0)]
    )
    assert number("tests.deliveries", "2025-M01") == 3
    assert number("tests.deliveries", "2025-Q1") == number("tests.deliveries", "2025") == 4
    assert number("tests.deliveries", "2025-Q1", activity_id=a) == 3
    assert number("tests.units", "2025-M01") == 12
    assert number("tests.cents", "2025-M01") == Fraction(12, 100)
    assert number("tests.large", "2025-M01") == Fraction(2, 3)
    assert number("tests.large", "2025-Q1") == Fraction(3, 4)
    assert number("tests.districts", "2025-Q1") == 2
    assert number("tests.districts", "2025-Q1", activity_id=b) == 1
    assert number("tests.middle", "2025-M01") == 4
    assert number("tests.middle", "2025-M01", activity_id=a) == Fraction(5, 2)
    assert number("tests.rank", "2025-Q1") == 7
    assert number("tests.rank", "2025-Q1", activity_id=a) == 4


def test_zero_is_not_sin_datos() -> None:
    """Where it is recorded and nothing happened a count is 0; a share or a middle of nothing is nothing."""
    (a,) = activities(1)
    deliver([Given(a, 2025 * 12, "d1", 1, 9, 8)])
    for key in ("tests.deliveries", "tests.units", "tests.districts"):
        assert one(key, "2025-M02") == Reading(Fraction(0)), key
    for key in ("tests.large", "tests.middle", "tests.rank"):
        assert one(key, "2025-M02") == Reading(None, Why.NO_ROWS), key


def test_before_it_was_recorded_and_before_it_begins_there_is_nothing() -> None:
    assert one("tests.deliveries", "2024-M12").why is Why.UNRECORDED
    assert one("tests.unheard", "2026-M01").why is Why.UNRECORDED
    assert one("tests.deliveries", "2026-M12").why is Why.NOT_BEGUN
    assert one("tests.deliveries", "2026-M11") == Reading(Fraction(0))
    assert one("tests.nobody_offers", "2026-M01").why is Why.NO_MEASURE


PERIODS = ("2025-M01", "2025-M04", "2025-M10", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2025", "2026")


def recount(measure: str, rows: list[Given]) -> Fraction | None:
    """What the measure says of these rows, by its definition."""
    units = sorted(row.units for row in rows)
    match measure:
        case "tests.deliveries":
            return Fraction(len(rows))
        case "tests.units":
            return Fraction(sum(units))
        case "tests.districts":
            return Fraction(len({row.district for row in rows}))
        case _ if not rows:
            return None
        case "tests.large":
            return Fraction(sum(row.units >= 3 for row in rows), len(rows))
        case "tests.middle":
            return Fraction(units[(len(units) - 1) // 2] + units[len(units) // 2], 2)
    return Fraction(units[math.ceil(Fraction(90, 100) * len(units)) - 1])


def months(period: str) -> range:
    year = int(period[:4]) * 12
    if "M" in period:
        return range(year + int(period[6:]) - 1, year + int(period[6:]))
    if "Q" in period:
        return range(year + 3 * int(period[6:]) - 3, year + 3 * int(period[6:]))
    return range(year, year + 12)


@pytest.mark.parametrize("seed", range(4))
def test_every_cell_is_what_a_recount_gives(seed: int) -> None:
    """All measures, periods and dimensions asked at once."""
    known = activities(4)
    rows = invented(known, 300, seed)
    deliver(rows)
    keys = ("tests.deliveries", "tests.units", "tests.districts", "tests.large", "tests.middle", "tests.rank")
    wheres: list[dict[str, object]] = [
        {},
        *({"activity_id": one} for one in known),
        {"district": ""},
        {"district": "distrito-1", "activity_id": known[0]},
    ]
    asked = {cell(key, period, **where): (key, period, where) for key, period, where in itertools.product(keys, PERIODS, wheres)}
    found = read(asked)
    for at, (key, period, where) in asked.items():
        inside = [
            row
            for row in rows
            if row.month in months(period)
            and row.activity == where.get("activity_id", row.activity)
            and row.district == where.get("district", row.district)
        ]
        assert found[at].value == recount(key, inside), (key, period, where)


def test_a_percentile_is_of_nearest_rank_also_where_floating_point_is_not() -> None:
    """7 in a hundred of 100 rows is the seventh; 0.07 * 100 is a little more than 7."""
    (a,) = activities(1)
    deliver([Given(a, 2025 * 12, "d1", number, 0, 0) for number in range(1, 101)])
    for percent in (1, 7, 14, 28, 55, 57, 99):
        MEASURES._items["tests.seventh"] = measure("tests.seventh", Aggregate.PERCENTILE, "units", percent=percent)
        try:
            assert number("tests.seventh", "2025-M01") == percent
        finally:
            del MEASURES._items["tests.seventh"]


def test_few_questions_for_many_cells() -> None:
    """Hundreds of cells over the same rows are one question for each way of grouping."""
    known = activities(30)
    deliver(invented(known, 200, 9))
    keys = ("tests.deliveries", "tests.units", "tests.cents", "tests.large")
    asked = [cell(key, period, activity_id=one) for key in keys for period in PERIODS for one in known]
    with CaptureQueriesContext(
        connection,
    ) as counted:
        read(asked)
    assert len(counted) == 1, [query["sql"][:90] for query in counted]


@contextmanager
def offered(*more: Measure) -> Iterator[None]:
    for one in more:
        MEASURES.add(one.key, one)
    try:
        yield
    finally:
        for one in more:
            del MEASURES._items[one.key]


def _weighed(dimensions: frozenset[str]) -> QuerySet[Any]:
    return mine().annotate(times=F("women"))


@pytest.mark.parametrize("seed", range(3))
def test_a_row_that_counts_several_times_is_like_so_many_rows(seed: int) -> None:
    known = activities(12)
    rows = [row for row in invented(known, 300, seed) if row.women]
    deliver(rows)
    more: dict[str, Any] = {"rows": _weighed, "weight": "times"}
    heavy = (
        measure("tests.heavy_middle", Aggregate.MEDIAN, "units", **more),
        measure("tests.heavy_rank", Aggregate.PERCENTILE, "units", percent=90, **more),
    )
    wheres: list[dict[str, object]] = [{}, *({"activity_id": one} for one in known)]
    pairs = {"tests.heavy_middle": "tests.middle", "tests.heavy_rank": "tests.rank"}
    with offered(*heavy):
        asked = {
            cell(key, period, **where): (key, period, where) for key, period, where in itertools.product(pairs, PERIODS, wheres)
        }
        with CaptureQueriesContext(connection) as counted:
            found = read(asked)
    assert len(counted) == 1
    for at, (key, period, where) in asked.items():
        inside = [row for row in rows if row.month in months(period) and row.activity == where.get("activity_id", row.activity)]
        assert found[at].value == recount(pairs[key], [row for row in inside for _ in range(row.women)]), (key, period, where)


def test_measures_of_the_same_rows_are_read_together_each_with_its_own() -> None:
    known = activities(2)
    deliver(rows := invented(known, 200, 5))
    ones, more = Q(units=1), Q(units__gt=1)
    kept = (
        measure("tests.ones", Aggregate.COUNT, keeps=ones),
        measure("tests.ones_units", Aggregate.SUM, "units", keeps=ones),
        measure("tests.more_units", Aggregate.SUM, "units", keeps=more),
        measure("tests.more_large", Aggregate.SHARE, "is_large", keeps=more),
    )
    with offered(*kept):
        asked = [cell(one.key, period) for one in kept for period in PERIODS]
        with CaptureQueriesContext(connection) as counted:
            found = read(asked)
    assert len(counted) == 1
    for period in PERIODS:
        inside = [row for row in rows if row.month in months(period)]
        small, large = [row for row in inside if row.units == 1], [row for row in inside if row.units > 1]
        assert found[cell("tests.ones", period)].value == found[cell("tests.ones_units", period)].value == len(small)
        assert found[cell("tests.more_units", period)].value == sum(row.units for row in large)
        assert found[cell("tests.more_large", period)].value == recount("tests.large", large)


def test_the_coarse_adds_up_from_the_fine_unless_rows_stand_there_many_times() -> None:
    """Of twelve activities and of all: one question. By a dimension in which each row stands twice: two, and the same number."""
    known = activities(12)
    deliver(rows := invented(known, 200, 6))
    twice = Dimension("activity_id", "Actividad", dict, apart=True)
    with offered(measure("tests.twice", Aggregate.COUNT, dimensions=(twice,))):
        for key, questions in (("tests.deliveries", 1), ("tests.twice", 2)):
            asked = [cell(key, "2025"), *(cell(key, "2025", activity_id=one) for one in known)]
            with CaptureQueriesContext(connection) as counted:
                found = read(asked)
            assert len(counted) == questions
            assert found[asked[0]].value == sum(row.month < 2026 * 12 for row in rows)
            for at, one in zip(asked[1:], known, strict=True):
                assert found[at].value == sum(row.activity == one and row.month < 2026 * 12 for row in rows)
