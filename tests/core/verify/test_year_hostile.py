"""A year as heavy as a bundle may be: told within seconds, whole or not; and one step more, which nobody computes."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest

from calpulli_core.verify import check_files
from tests.core.verify.factory import Installation
from tests.core.verify.invented_year import INDICATORS, MEASURES, PERIOD, cell, value, year_files

ABOVE, BELOW = 2**2001 + 9, 3**1260
SECONDS = 10  # here it takes about a tenth of that
# 1 of the sum, and in each of its 40 periods 100 names and 99 operators; three months: 23,883 of the 200,000 that are allowed.
HEAVY = "ultimos(" + "*".join(["a*b"] * 50) + ", 40)"


def sheets(count: int, told: str) -> list[dict[str, Any]]:
    """So many of the heaviest that there are, over the longest values that there are; each is 40."""
    variables = {name: {"measure": f"pesada.{name}", "unit": "1", "where": {}} for name in "ab"}
    values = [value(f"2023-M{month:02}", told) for month in (7, 8, 9)]
    common = {**copy.deepcopy(INDICATORS[2]), "formula": HEAVY, "line": None, "values": values, "variables": variables}
    return [{**common, "key": f"pesada-{number:02}"} for number in range(count)]


def heavy_cells() -> list[dict[str, Any]]:
    months = [f"{year}-M{month:02}" for year in range(2019, 2024) for month in range(1, 13)]
    texts = {"a": f"{ABOVE}/{BELOW}", "b": f"{BELOW}/{ABOVE}"}
    return [cell(f"pesada.{name}", {}, month, texts[name]) for name in "ab" for month in months if month <= "2023-M09"]


@pytest.mark.parametrize(
    ("count", "told", "expected"),
    [
        (8, "40", set()),
        (8, "41", {("indicator", "data/indicators.jsonl", number) for number in range(8)}),
        (9, "40", {("indicator", "data/indicators.jsonl", None)}),
    ],
)
def test_the_heaviest(count: int, told: str, expected: set[Any]) -> None:
    files = Installation().close(PERIOD, year=year_files(measures=[*MEASURES, *heavy_cells()], indicators=sheets(count, told)))
    began = time.process_time()
    report = check_files(files)
    assert time.process_time() - began < SECONDS
    assert {(fault.code, fault.file, fault.record) for fault in report.faults} == expected
