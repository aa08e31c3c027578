"""Percentages that are not the whole never look like it, and a level that is reached again is no number of units."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from calpulli.budget import queries
from calpulli.budget.queries.words import percent_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(1, 3), "33.3 %"),
        (Fraction(1), "100.0 %"),
        (Fraction(9994, 10_000), "99.9 %"),
        (Fraction(9995, 10_000), "99.95 %"),
        (Fraction(2999, 3000), "99.97 %"),
        (Fraction(999_999, 1_000_000), "99.9999 %"),
        (Fraction(1_000_001, 1_000_000), "100.0001 %"),
        (Fraction(10_006, 10_000), "100.1 %"),
        (Fraction(1_999, 2_000), "99.95 %"),
        (Fraction(0), "0.0 %"),
        (Fraction(-1, 8), "−12.5 %"),
        (None, ""),
    ],
)
def test_percentages(value: Fraction | None, words: str) -> None:
    assert percent_words(value) == words


@pytest.mark.django_db
def test_a_level_has_no_cost_for_each_unit(programme: queries.YearProgramme) -> None:
    one = replace(programme.activities["A-1"], achieved=70_000, upto=3)
    assert one.units_done == 70_000
    assert replace(one, cumulative=False).units_done is None
