"""What months come to, on cases worked by hand: the platform's rule, and that of each of the verifiers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calpulli_core.goals import come_to
from calpulli_core.verify.year.agreement import done_of, goal_of
from tests.verifier.engine import SOURCES, Engine, node

CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])


def months(told: dict[str, int]) -> dict[int, int]:
    return {int(month): amount for month, amount in told.items()}


def rows(case: dict[str, Any]) -> list[dict[str, str]]:
    """The months of a case as the rows of goals.csv: those with a goal, or of which something is told."""
    at = sorted(map(int, case["goals"].keys() | case["done"].keys()))
    return [
        {
            "month": f"2031-{month:02}",
            "programmed": "77",
            "adjusted": str(case["goals"].get(str(month), 0)),
            "achieved": str(case["done"].get(str(month), "")),
        }
        for month in at
    ]


@pytest.fixture(scope="module")
def page() -> Iterator[Engine]:
    if node() is None:
        pytest.skip("No hay Node: el verificador en JavaScript queda sin probar.")
    with Engine("rooms.mjs", SOURCES) as engine:
        yield engine


@each
def test_of_the_platform(case: dict[str, Any]) -> None:
    goals, done = months(case["goals"]), months(case["done"])
    assert come_to(goals, goals, cumulative=case["adds_up"]) == case["goal"]
    assert come_to(done, goals, cumulative=case["adds_up"]) == case["comes_to"]


@each
def test_of_the_verifier(case: dict[str, Any]) -> None:
    assert goal_of(rows(case), adds_up=case["adds_up"]) == case["goal"]
    assert done_of(rows(case), adds_up=case["adds_up"]) == case["comes_to"]


@each
def test_of_the_page(case: dict[str, Any], page: Engine) -> None:
    assert page.ask(["yearagree", "goalOf", [rows(case), case["adds_up"]]]) == {"value": str(case["goal"])}
    assert page.ask(["yearagree", "doneOf", [rows(case), case["adds_up"]]]) == {"value": str(case["comes_to"])}
