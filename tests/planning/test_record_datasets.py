"""The data set of periods, when the norms no longer say when one was due."""

from __future__ import annotations

import datetime as dt

import pytest

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
    assert after[MINE] == before[MINE] | dict.fromkeys(TERM) | {"puntualidad": ""}
    assert {key: row for key, row in after.items() if key != MINE} == {key: row for key, row in before.items() if key != MINE}
    assert len(after) > 1
    dataset = DATASETS.get("periodos")
    assert dataset and all(dataset.column(name).optional for name in TERM)
