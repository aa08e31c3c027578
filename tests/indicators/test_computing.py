"""Computations: worked by hand, kept only when they change, with all that went into them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest

from calpulli.commons.act import Actor, Refused
from calpulli.indicators.actions import approve_targets, compute_indicators, propose_targets
from calpulli.indicators.inputs import Compute, DecideTargets, ProposeTargets, TargetDraft
from calpulli.indicators.models import Computation, ComputationBatch
from calpulli.indicators.queries.kept import Kept, history_of, last_kept
from calpulli.people.doors import actor_named
from tests.indicators.sheets import approve, draft
from tests.indicators.working import SYSTEM, Given, deliver, make_activities, measures_offered, today

pytestmark = pytest.mark.django_db
JAN = 2026 * 12


@pytest.fixture(autouse=True)
def operation(db: None) -> Iterator[None]:
    with today(), measures_offered():
        yield


def computed(*quarters: str) -> ComputationBatch:
    return compute_indicators(Compute(quarters or ("2026-Q1",)), by=SYSTEM).result


def last(key: str, period: str = "2026-Q1") -> Kept:
    return last_kept([key], [period])[key, period]


def activity() -> int:
    return int(make_activities(("A1",), by=SYSTEM).result[0].pk)


def set_target(key: str, period: str, value: str, reason: str = "") -> None:
    with today(dt.datetime(2026, 1, 10, 18, tzinfo=dt.UTC)):
        rows = propose_targets(
            ProposeTargets((TargetDraft(key, period, value, "Acuerdo inventado", reason),)), by=actor_named("area")
        )
        approve_targets(DecideTargets(tuple(row.pk for row in rows.result)), by=actor_named("revision"))


def test_by_hand() -> None:
    """Seven workshops in three deliveries: 7/3 in the quarter, exactly; with its inputs and its steps."""
    a = activity()
    deliver([Given(a, JAN, "d1", 4, 9, 8), Given(a, JAN + 1, "d1", 2, 9, 8), Given(a, JAN + 2, "", 1, 9, 8)])
    approve(draft())
    assert computed().count == 1
    kept = last("talleres-por-entrega")
    assert (kept.value, kept.reason) == ("7/3", "")
    assert [(one["name"], one["value"], one["measure"]) for one in json.loads(kept.inputs)] == [
        ("talleres", "7", "tests.units"),
        ("entregas", "3", "tests.deliveries"),
    ]
    steps = [(one["text"], one["value"]) for one in json.loads(kept.trace)["steps"]]
    assert steps == [("talleres", "7"), ("entregas", "3"), ("talleres / entregas", "7/3")]


def test_without_rows_the_divisor_is_zero_and_says_so() -> None:
    approve(draft())
    computed()
    kept = last("talleres-por-entrega")
    told = json.loads(kept.trace)
    assert (kept.value, kept.reason, told["cause"]) == ("", "zero", "zero")
    assert told["missing"]["place"] == len("talleres /")


def test_only_what_changed_is_kept_and_what_was_said_stays() -> None:
    a = activity()
    deliver([Given(a, JAN, "d1", 4, 9, 8)])
    approve(
        draft(),
        draft(
            key="solo-2026-q2",
            formula="ultimos(entregas, 1)",
            variables={"entregas": {"measure": "tests.deliveries"}},
            unit="entregas",
        ),
    )
    assert computed("2026-Q1", "2026-Q2").count == 4
    assert computed("2026-Q1", "2026-Q2").count == 0
    deliver([Given(a, JAN + 2, "d1", 1, 9, 8)])
    assert computed("2026-Q1", "2026-Q2").count == 2
    assert [one.value for one in history_of("talleres-por-entrega", "2026-Q1")] == ["5/2", "4"]
    assert Computation.objects.filter(indicator__in=("talleres-por-entrega", "solo-2026-q2")).count() == 6


def test_an_indicator_reads_another_and_passes_on_why_it_has_none() -> None:
    approve(
        draft(key="a"),
        draft(key="b", formula="2 * anterior(a, 1)", variables={"a": {"indicator": "a"}}),
    )
    deliver([Given(activity(), JAN + 3, "d1", 5, 9, 8)])
    computed("2026-Q2", "2026-Q3")
    assert last("b", "2026-Q3").value == "10"
    kept = last("b", "2026-Q2")
    told = json.loads(kept.trace)
    assert (kept.reason, told["missing"]["indicator"], told["missing"]["period"]) == ("zero", "a", "2026-Q1")


def test_a_target_is_read_as_it_holds_and_is_adjusted_with_its_reason() -> None:
    approve(draft(key="t", formula="100 * meta / meta", variables={"meta": {"target": True}}, unit="%"))
    computed()
    assert json.loads(last("t").trace)["cause"] == "no-target"
    set_target("t", "2026-Q1", "90")
    computed()
    assert last("t").value == "100"
    with pytest.raises(Refused, match="por qué se ajusta"):
        set_target("t", "2026-Q1", "80")
    with pytest.raises(Refused, match="frecuencia"):
        set_target("t", "2026-M01", "80")
    set_target("t", "2026-Q1", "80", "Se recortó.")
    computed()
    assert json.loads(last("t").inputs)[0]["value"] == "80"


def test_what_nobody_counts_yet_says_what_is_missing() -> None:
    awaited = {"awaits": "Actas con errores", "unit": "actas"}
    approve(draft(key="w", formula="errores", variables={"errores": awaited}, unit="actas", awaits="el módulo de elecciones"))
    computed()
    told = json.loads(last("w").trace)
    assert (told["cause"], last("w").value) == ("awaited", "")


def test_months_and_years_are_computed_with_their_quarter() -> None:
    count = {"entregas": {"measure": "tests.deliveries"}}
    approve(
        *(
            draft(key=key, formula="entregas", variables=count, unit="entregas", frequency=key.upper())
            for key in ("month", "year")
        )
    )
    a = activity()
    deliver(
        [
            Given(a, JAN, "", 1, 0, 0),
            Given(a, JAN + 1, "", 1, 0, 0),
            Given(a, JAN + 1, "", 1, 0, 0),
            Given(a, JAN + 7, "", 1, 0, 0),
        ]
    )
    assert computed("2026-Q1").count == 4
    assert [last("month", f"2026-M0{number}").value for number in (1, 2, 3)] == ["1", "2", "0"]
    assert last("year", "2026").value == "4"


def test_nobody_computes_by_hand() -> None:
    from calpulli.commons.act import Forbidden

    with pytest.raises(Forbidden):
        compute_indicators(Compute(("2026-Q1",)), by=actor_named("revision"))
    with pytest.raises(Refused, match="trimestre"):
        compute_indicators(Compute(("2026",)), by=Actor.system("prueba"))
