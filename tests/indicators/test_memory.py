"""What is remembered of cells, against what is read: after each act of many, in a database that keeps them."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calpulli.annual import actions, inputs
from calpulli.annual.models import Activity, DeliveryBatch
from calpulli.commons.registries.measures import MEASURES
from calpulli.indicators.queries.cells import Cell, read
from calpulli.indicators.queries.memory import remembered_tallies
from calpulli.ledger.doors import Head, head, touched_since
from calpulli.people.doors import actor_named
from calpulli_core.indicators.moments import Moment

DIMENSIONS = ("line", "area", "programme", "activity", "district")


def every_cell(year: int) -> list[Cell]:
    """Of each measure that is counted, all and by each value of each dimension, in each quarter and in the year."""
    periods = [Moment.parse(text) for text in (f"{year}", *(f"{year}-Q{quarter}" for quarter in (1, 2, 3, 4)))]
    wheres = {
        measure.key: [(), *(((one.key, value),) for one in measure.dimensions for value in one.values())]
        for measure in MEASURES
        if not measure.table
    }
    return [Cell(key, where, period) for key, told in wheres.items() for where in told for period in periods]


def counted(year: int) -> list[Activity]:
    found = Activity.objects.filter(exercise__year=year, exercise__state="approved", counted=True, area="direccion-participacion")
    return list(found.select_related("exercise").order_by("key"))


def deliver(activity: Activity, dice: random.Random) -> None:
    """On a day of a quarter that nobody reported yet: what comes after a report waits for its correction."""
    on = dt.date(activity.exercise.year, 10, dice.randrange(1, 28))
    district = dice.choice(activity.districts or ["distrito-01", "distrito-09"])
    row = inputs.DeliveryRow(activity.pk, on, district, dice.randrange(1, 9))
    actions.record_deliveries(inputs.RecordDeliveries((row,)), by=actor_named("participacion"))


def withdraw(activity: Activity) -> None:
    batch = DeliveryBatch.objects.filter(deliveries__activity=activity, state="counted").order_by("-pk").first()
    assert batch
    command = inputs.WithdrawDeliveries(batch.pk, "Se registró dos veces.")
    actions.withdraw_deliveries(command, by=actor_named("participacion"))


def test_what_is_remembered_is_what_is_read_after_every_act(fresh_database: str) -> None:
    dice, year = random.Random(11), Activity.objects.order_by("-exercise__year").values_list("exercise__year", flat=True)[0]
    cells, activities = every_cell(year), counted(year)
    assert len(cells) > 2_000
    assert activities
    before = read(cells, tallied=remembered_tallies)
    moved = 0
    for turn in range(6):
        activity = dice.choice(activities)
        withdraw(activity) if turn == 4 else deliver(activity, dice)
        found = read(cells, tallied=remembered_tallies)
        assert found == read(cells)
        moved += found != before
        before = found
    assert moved == 6


def test_an_act_of_others_and_of_another_month_asks_for_nothing_again(fresh_database: str) -> None:
    year = Activity.objects.order_by("-exercise__year").values_list("exercise__year", flat=True)[0]
    moment = Moment.parse(f"{year}-Q3")
    kinds = ("annual.activities_due", "annual.deliveries_median", "annual.deliveries_units", "budget.paid")
    cells = [Cell(key, (), moment) for key in kinds]
    held = read(cells, tallied=remembered_tallies)
    deliver(counted(year)[0], random.Random(1))  # in the quarter after
    with CaptureQueriesContext(connection) as asked:
        assert read(cells, tallied=remembered_tallies) == held
    tables = ("annual_tally", "annual_spread", "budget_budgetentry", "annual_goal")
    sums = [one["sql"] for one in asked if "GROUP BY" in one["sql"] and any(table in one["sql"] for table in tables)]
    assert sums == []


def test_facts_since_a_head_of_another_history_tell_nothing(fresh_database: str) -> None:
    last = head("annual")
    assert touched_since(last) == {}
    assert touched_since(Head("annual", last.sequence, "0" * 64)) is None
    assert touched_since(Head("annual", last.sequence + 5, last.digest)) is None
    deliver(counted(Activity.objects.order_by("-exercise__year")[0].exercise.year)[0], random.Random(2))
    touched = touched_since(last)
    assert touched is not None
    assert set(touched) == {"annual_deliverybatch"}
    assert len(touched["annual_deliverybatch"]) == 1


@pytest.mark.django_db
def test_in_a_transaction_nothing_is_remembered() -> None:
    cells = [Cell("annual.deliveries_units", (), Moment.parse("2026-Q1"))]
    with CaptureQueriesContext(connection) as first:
        read(cells, tallied=remembered_tallies)
    with CaptureQueriesContext(connection) as second:
        read(cells, tallied=remembered_tallies)
    assert any("annual_tally" in one["sql"] for one in first)
    assert any("annual_tally" in one["sql"] for one in second)
