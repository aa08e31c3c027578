"""A quarter is sealed whatever is missing: a measure that nobody offers any more, money that came late, no money at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from calpulli.budget import queries as budget
from calpulli.commons.registries.measures import MEASURES
from calpulli.planning.models import Edition
from calpulli_core.board.archive import read_zip
from tests.core.verify.primitives import Files
from tests.flows.test_sealed_year import INDICATORS, OF_LINE, PESOS, SPENT, publish, stranger
from tests.flows.test_sealed_year import MEASURES as CELLS
from tests.verifier.engine import PAGE, Engine, check, node


@pytest.fixture
def quarter(db: None) -> Edition:
    """The open quarter of the own plan."""
    return Edition.objects.get(period__plan_id="demo-2026", state=Edition.State.OPEN)


def sealed(client: Any, edition: Edition, folder: Path) -> Files:
    """The bundle of the quarter, once both verifiers found nothing wrong with it."""
    publish(edition)
    bundle = client.get(f"/registros/demo-2026/{edition.period.span}/edicion/1/paquete.zip").content
    code, told = stranger(folder, bundle)
    assert (code, told.splitlines()[0]) == (0, "ÍNTEGRO — firma no contrastada"), told
    files = read_zip(bundle)
    if node() is not None:
        with Engine("check.mjs", PAGE) as engine:
            assert check(engine, files)["ok"]
    return files


def propose(*drafts: Any) -> None:
    from calpulli.indicators.actions import approve_sheets, propose_sheets
    from calpulli.indicators.inputs import DecideSheets, ProposeSheets
    from calpulli.people.doors import actor_named

    rows = propose_sheets(ProposeSheets(drafts), by=actor_named("area")).result
    approve_sheets(DecideSheets(tuple(row.pk for row in rows)), by=actor_named("revision"))


def told_of(files: Files, key: str) -> list[dict[str, Any]]:
    lines = [json.loads(text) for text in files[INDICATORS].splitlines()]
    return next(line["values"] for line in lines if line["key"] == key)


def test_a_measure_that_nobody_offers_any_more_is_without_data(
    client: Any,
    quarter: Edition,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = {"formula": "entregas / 2", "variables": {"entregas": {"measure": "annual.deliveries_made"}}, "unit": "entregas"}
    propose(replace(OF_LINE, key="prueba-huerfana", name="Sin quien cuente", mark="resultado", **given))
    monkeypatch.delitem(MEASURES._items, "annual.deliveries_made")
    files = sealed(client, quarter, tmp_path)
    assert [(one["value"], one["reason"]) for one in told_of(files, "prueba-huerfana")] == [(None, "no-data")]


def test_a_budget_that_begins_within_the_quarter_is_zero_before(
    client: Any,
    quarter: Edition,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the second month of the quarter is the first entry that anyone knows."""
    propose(replace(OF_LINE, key="prueba-gasto", name="Gasto", variables=PESOS, **SPENT))
    span = quarter.period.span
    monkeypatch.setattr(budget, "first_month", lambda: span.year * 12 + span.ends_on.month - 2)
    files = sealed(client, quarter, tmp_path)
    assert len(told_of(files, "prueba-gasto")) == 3


@pytest.fixture
def penniless(server: Any, fresh_database: str) -> None:
    """A database in which nobody entered any money: the rows of the budget are taken out by its owner."""
    tables = ("budget_adecuacion", "budget_budgetentry", "budget_budgetbatch")
    with server.as_owner(fresh_database) as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
            owner.execute(f"DELETE FROM {table}".encode())
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())


def test_a_year_without_any_money_is_sealed_with_its_reason(client: Any, penniless: None, tmp_path: Path) -> None:
    assert budget.first_month() is None
    edition = Edition.objects.get(period__plan_id="demo-2026", state=Edition.State.OPEN)
    propose(replace(OF_LINE, key="prueba-gasto", name="Gasto", variables=PESOS, **SPENT))
    files = sealed(client, edition, tmp_path)
    assert [(one["value"], one["reason"]) for one in told_of(files, "prueba-gasto")] == [(None, "no-data")] * 3
    assert len(files["data/money.csv"].splitlines()) == 1
    assert {json.loads(text)["reason"] for text in files[CELLS].splitlines() if b"budget." in text} == {"no-data"}
