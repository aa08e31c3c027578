"""What the measures count, against cases worked by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Sum

from calpulli.annual import actions, inputs, tallies
from calpulli.annual.models import Activity, Report
from calpulli.annual.offers import measures
from calpulli.commons.act import Actor
from calpulli.commons.registries.measures import MEASURES, Measure
from calpulli.people.doors import actor_named
from calpulli_core.indicators.moments import Moment

from .conftest import YEAR, Write, on, paper

JANUARY = YEAR * 12


def cells(measure: str, *dimensions: str) -> dict[tuple[Any, ...], int]:
    """The sums or counts of a measure of the exercise's year by month and the dimensions asked for."""
    found = MEASURES.get(measure)
    assert isinstance(found, Measure)
    rows = found.rows(frozenset(dimensions)).filter(month__gte=JANUARY, month__lt=JANUARY + 12)
    what = Sum(found.value) if found.value else Count("pk")
    grouped = rows.order_by().values_list("month", *dimensions).annotate(cell=what)
    return {(month - JANUARY + 1, *rest): cell for month, *rest, cell in grouped}


@pytest.fixture
def report(write: Write, approve: Callable[[], None], author: Actor) -> Callable[..., Report]:
    """Sends a report of the first quarter and, unless told otherwise, has it approved."""

    def sent(
        activity: Activity, months: tuple[int, int, int], *, day: int = 10, shown: bool = True, decide: bool = True
    ) -> Report:
        achieved = {month: amount * 1_000 for month, amount in enumerate(months, 1)}
        attach = (paper(),) if shown else ()
        command = inputs.SubmitReport(activity.pk, 1, achieved, "demanda", "Así fue este trimestre.", attach)
        with on(4, day):
            made = actions.submit_report(command, by=author).result
            if decide:
                actions.approve_report(inputs.DecideReport(made.pk), by=actor_named("revision"))
        return made

    return sent


def test_due_and_fulfilled_by_hand(write: Write, approve: Callable[[], None], report: Callable[..., Report]) -> None:
    """Seven activities: three fulfilled; the others late, without evidence, below the goal, and waiting for review."""
    exact, more, both = write("A1", {1: 2, 3: 3}), write("A2", {2: 4}), write("A3", {1: 1, 2: 1, 3: 1}, shares=SPLIT)
    late, bare, below, waiting = (write(key, {1: 5}) for key in ("B1", "B2", "B3", "B4"))
    write("C1", {4: 7})  # nothing to do in the first quarter
    approve()
    report(exact, (2, 0, 3))
    report(more, (0, 6, 0))
    report(both, (3, 0, 0))
    report(late, (5, 0, 0), day=21)  # the term ends on the 20th of April
    report(bare, (5, 0, 0), shown=False)
    report(below, (4, 0, 0))
    report(waiting, (5, 0, 0), decide=False)
    by_quarter = sum(cells("annual.activities_due").values())
    assert by_quarter == 8
    assert _quarters(cells("annual.activities_due")) == {1: 7, 2: 1}
    assert _quarters(cells("annual.activities_fulfilled")) == {1: 3}
    fulfilled = cells("annual.activities_fulfilled", "line")
    assert _lines(fulfilled) == {"linea-1.1": 3, "linea-2.4": 1}
    assert _lines(cells("annual.activities_due", "line")) == {"linea-1.1": 8, "linea-2.4": 1}
    assert set(cells("annual.activities_fulfilled", "activity")) == {(1, "A1"), (2, "A2"), (1, "A3")}
    with on(4, 25):
        assert _why("annual.activities_fulfilled") == {
            "A1": "", "A2": "", "A3": "", "B1": "se envió después del plazo", "B2": "no lleva evidencia",
            "B3": "no alcanza la meta", "B4": "se envió, y otra persona aún no lo aprueba",
        }  # fmt: skip
        assert {key for key, why in _why("annual.activities_accounted").items() if why} == {"B2", "B4"}
        assert set(_why("annual.activities_fulfilled", line="linea-2.4")) == {"A3"}


def _why(measure: str, **where: str) -> dict[str, str]:
    """Why each activity that was due in the first quarter does not count; empty: it does."""
    found = MEASURES.get(measure)
    assert isinstance(found, Measure) and found.candidates is not None
    return {one.name.split()[0]: one.why for one in found.candidates(where, Moment.parse(f"{YEAR}-Q1")).items}


def test_what_lacks_twice_says_both_and_what_nobody_sent_says_so(
    write: Write, approve: Callable[[], None], report: Callable[..., Report]
) -> None:
    twice = write("A1", {1: 5})
    write("A2", {1: 5})
    approve()
    report(twice, (4, 0, 0), shown=False)
    with on(4, 25):
        told = {"A1": "no lleva evidencia y no alcanza la meta", "A2": "no hay reporte"}
        assert _why("annual.activities_fulfilled") == told
    with on(3, 30):
        assert _why("annual.activities_fulfilled")["A2"] == "el trimestre no ha terminado"


SPLIT = {"linea-1.1": 2_500, "linea-2.4": 7_500}


def _quarters(found: dict[tuple[Any, ...], int]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for (month, *_), count in found.items():
        sums[(month + 2) // 3] = sums.get((month + 2) // 3, 0) + count
    return sums


def _lines(found: dict[tuple[Any, ...], int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (_, line), count in found.items():
        sums[line] = sums.get(line, 0) + count
    return sums


def test_on_the_last_day_it_is_in_time(write: Write, approve: Callable[[], None], report: Callable[..., Report]) -> None:
    activity = write("A1", {1: 1})
    approve()
    made = report(activity, (1, 0, 0), day=20)
    assert made.due_on == dt.date(YEAR, 4, 20)
    assert made.on_time
    assert _quarters(cells("annual.activities_fulfilled")) == {1: 1}


def test_months_that_do_not_add_up_are_told_by_the_last_one(
    write: Write, approve: Callable[[], None], report: Callable[..., Report]
) -> None:
    """30, 60 and 90 per cent: the quarter is worth 90, and 85 at its end is not enough although 20 + 65 + 85 is more."""
    activity = write("A1", {1: 30, 2: 60, 3: 90}, cumulative=False)
    approve()
    made = report(activity, (20, 65, 85))
    assert (made.goal, made.done) == (90_000, 85_000)
    assert cells("annual.activities_fulfilled") == {}


def test_goals_and_what_was_achieved(
    write: Write, approve: Callable[[], None], report: Callable[..., Report], author: Actor
) -> None:
    activity = write("A1", {1: 2, 5: 4, 6: 1}, shares=SPLIT)
    approve()
    report(activity, (3, 0, 1))
    with on(4, 15):
        command = inputs.ProposeAdjustment(activity.pk, {5: 1_000, 7: 3_000}, "Se mueve a julio por la elección.")
        proposed = actions.propose_adjustment(command, by=author).result
        assert cells("annual.goal_adjusted") == {(1,): 2_000, (5,): 4_000, (6,): 1_000}
        actions.approve_adjustment(inputs.DecideAdjustment(proposed.pk), by=actor_named("revision"))
    assert cells("annual.goal_programmed") == {(1,): 2_000, (5,): 4_000, (6,): 1_000, (7,): 0}
    assert cells("annual.goal_adjusted") == {(1,): 2_000, (5,): 1_000, (6,): 1_000, (7,): 3_000}
    assert cells("annual.goal_achieved") == {(1,): 3_000, (2,): 0, (3,): 1_000}
    assert cells("annual.goal_achieved", "line")[(1, "linea-2.4")] == 3_000


def test_deliveries_are_counted_and_withdrawn(write: Write, approve: Callable[[], None], author: Actor) -> None:
    activity, other = write("A1", {1: 2}, counted=True), write("A2", {1: 2}, counted=True)
    approve()
    with on(3, 1):
        day = dt.date(YEAR, 2, 3)
        rows = (
            inputs.DeliveryRow(activity.pk, day, "distrito-01", 2, 4, 3, 1),
            inputs.DeliveryRow(activity.pk, day, "distrito-01", 6, 1, 0, 0),
            inputs.DeliveryRow(activity.pk, day, "", 1, 0, 0, 0),
            inputs.DeliveryRow(other.pk, dt.date(YEAR, 1, 31), "distrito-02", 5, 0, 9, 0),
        )
        first = actions.record_deliveries(inputs.RecordDeliveries(rows), by=author).result
        actions.record_deliveries(inputs.RecordDeliveries(rows[:1]), by=author)
        assert cells("annual.deliveries_made", "activity") == {(2, "A1"): 4, (1, "A2"): 1}
        assert cells("annual.deliveries_units", "district") == {
            (2, "distrito-01"): 10,
            (2, ""): 1,
            (1, "distrito-02"): 5,
        }
        assert cells("annual.people_reached") == {(2,): 17, (1,): 9}
        assert cells("annual.women_reached") == {(2,): 9, (1,): 0}
        units = measures.spread_rows(frozenset({"activity"})).filter(month=JANUARY + 1).values_list("units", "deliveries")
        assert sorted(units) == [(1, 1), (2, 2), (6, 1)]
        assert tallies.differences() == []
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(first.pk, "Se registró dos veces."), by=author)
    assert cells("annual.deliveries_made", "activity") == {(2, "A1"): 1}
    assert tallies.differences() == []
    units = (
        measures.spread_rows(frozenset({"activity"})).filter(of=activity, month=JANUARY + 1).values_list("units", "deliveries")
    )
    assert list(units) == [(2, 1)]
