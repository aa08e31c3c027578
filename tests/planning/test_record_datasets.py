"""The data set of periods, when the norms no longer say when one was due."""

from __future__ import annotations

import datetime as dt

import pytest

from calpulli.commons import clock
from calpulli.commons.registries.datasets import DATASETS, Value
from calpulli.norms import doors as norms
from calpulli.planning.models import Edition
from calpulli.planning.offers.record_datasets import period_rows
from calpulli_core.law.rules import NoRule, Rule

MINE = ("demo-2026", "2031-Q2")
TERM = ("vence", "dias_de_plazo", "fundamento", "fundamento_confirmado")


def periods() -> dict[tuple[Value, Value], dict[str, Value]]:
    dataset = DATASETS.get("periodos")
    assert dataset
    return {row[:2]: dict(zip(dataset.names, row, strict=True)) for row in period_rows()}


def test_a_period_whose_rule_vanished_leaves_its_own_cells_empty(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    before, in_force = periods(), norms.rule
    assert before[MINE]["vence"] == dt.date(2031, 8, 14)  # 45 days: 31 of July and 14 of August

    def rule(institute: str, *, key: str, on: dt.date) -> Rule:
        if on == dt.date(2031, 6, 30):
            raise NoRule("ninguna regla")
        return in_force(institute, key=key, on=on)

    monkeypatch.setattr(norms, "rule", rule)
    after = periods()
    assert after[MINE] == before[MINE] | dict.fromkeys(TERM) | {"puntualidad": "sin regla"}
    assert {key: row for key, row in after.items() if key != MINE} == {key: row for key, row in before.items() if key != MINE}
    assert len(after) > 1
    dataset = DATASETS.get("periodos")
    assert dataset and all(dataset.column(name).optional for name in TERM)


def test_a_period_that_nobody_opened_is_there_with_its_due_date(db: None) -> None:
    """By hand: the first quarter of 2026 ends on 31/03; 30 days of April and 15 of May are 45."""
    with clock.rehearse(dt.datetime(2026, 11, 23, 18, tzinfo=dt.UTC)):
        unopened = periods()["demo-2026", "2026-Q1"]
    assert unopened | {"estado": "sin abrir", "vence": dt.date(2026, 5, 15), "puntualidad": "sin publicar"} == unopened
    assert (unopened["publicado"], unopened["dias_tras_el_plazo"]) == (None, None)


def test_what_is_published_says_its_days_and_what_does_not_bind_says_so(db: None) -> None:
    rows = periods()
    mine = next(row for (plan, _code), row in rows.items() if plan == "demo-2026" and row["publicado"])
    # The demo publishes 20 days after the end of the quarter, and has 45.
    assert (mine["puntualidad"], mine["dias_tras_el_plazo"]) == ("a tiempo", -25)
    assert {row["puntualidad"] for (plan, _code), row in rows.items() if plan == "iecm-2023"} == {"no obliga"}


def test_the_table_is_the_same_whatever_day_it_is_read(db: None) -> None:
    tables = []
    for year in (2026, 2027, 2035):
        with clock.rehearse(dt.datetime(year, 12, 31, 18, tzinfo=dt.UTC)):
            tables.append(list(period_rows()))
    assert tables[0] == tables[1] == tables[2]


def test_norms_change_only_what_is_counted_by_the_rules_that_hold_now() -> None:
    """What is published carries its own rule: another rule changes no byte of it, nor when its data are from."""
    kept = ("periodos", "ediciones", "registros", "documentos")
    assert {key for key in kept if (found := DATASETS.get(key)) and "norms" in found.chains} == {"periodos"}
    assert all((found := DATASETS.get(key)) and "planning" in found.chains for key in kept)
