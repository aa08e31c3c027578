"""Two plans side by side: what is compared, and what is told of it."""

from __future__ import annotations

import pytest

from calpulli.planning import queries

pytestmark = pytest.mark.usefixtures("db")


def pairs() -> list[queries.Pairing]:
    own, reference = queries.find_plan("demo-2026"), queries.find_plan("iecm-2023")
    assert own is not None
    assert reference is not None
    return queries.compare_plans(own, reference)


def test_mission_and_vision_come_first() -> None:
    mission, vision, objective, *_ = pairs()
    assert [pair.identifier for pair in (mission, vision, objective)] == ["mision", "vision", "objetivo-1"]
    # The demonstration's mission names no city; the vision was left as it was.
    assert not mission.same
    assert mission.left is not None
    assert mission.right is not None
    assert "en la ciudad" in mission.left.text
    assert "en la Ciudad de México" in mission.right.text
    assert vision.same


def test_everything_that_the_page_says_is_compared() -> None:
    # Mission, vision, 5 objectives, 25 lines and 30 items of the diagnosis.
    assert len(pairs()) == 2 + 5 + 25 + 30
