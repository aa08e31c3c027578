"""Next year's programme is approved before its year begins: search and the pages of areas and lines stay with this one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from calpulli.annual import queries
from calpulli.commons.registries.duties import DUTIES
from calpulli.commons.registries.searchable import SEARCHABLES, Precedence

from .conftest import PLAN, YEAR, Write, on


@pytest.fixture(autouse=True)
def approved(write: Write, approve: Callable[[], None]) -> None:
    """Besides that of the demonstration, of 2026."""
    write("A1", {1: 10})
    approve()


def precedences(kind: str) -> dict[str, Precedence]:
    source = SEARCHABLES.get(kind)
    assert source is not None
    return {one.key.split("/")[1]: one.precedence for one in source.documents()}


def years_of_duties() -> set[str]:
    duty = DUTIES.get("annual.activities")
    assert duty is not None
    return {one.url.split("/")[3] for one in duty.of("Secretaría Administrativa")}


@pytest.mark.parametrize(("year", "running"), [(2026, 2026), (2027, 2026), (YEAR - 1, 2026), (YEAR, YEAR), (YEAR + 1, YEAR)])
def test_the_running_year_is_one_and_the_same_everywhere(year: int, running: int) -> None:
    other = YEAR if running == 2026 else 2026
    with on(12, 15, year):
        assert queries.running_year(PLAN) == running
        for kind in ("annual.activity", "annual.programme"):
            found = precedences(kind)
            assert found[str(running)] == Precedence.IN_FORCE and found[str(other)] == Precedence.EARLIER
        assert years_of_duties() == {str(running)}


def test_of_a_plan_without_a_programme_there_is_none() -> None:
    assert queries.running_year("otro") is None
    with on(1, 1, 2020):
        assert queries.running_year(PLAN) is None and years_of_duties() == set()
