"""Periods and terms as pages say them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from calpulli.commons.page_parts import period_label
from calpulli.planning.queries.words import lateness, time_left
from calpulli_core.calendars.periods import Period


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2023, 5, 12), "faltan 3 días"),
        (date(2023, 5, 14), "falta 1 día"),
        (date(2023, 5, 15), "vence hoy"),
        (date(2023, 5, 16), "venció hace 1 día"),
        (date(2023, 5, 24), "venció hace 9 días"),
    ],
)
def test_how_far_a_due_date_is(today: date, told: str) -> None:
    assert time_left(due_on=date(2023, 5, 15), today=today) == told


@pytest.mark.parametrize(
    ("code", "told"), [("2023-Q1", "primer trimestre de 2023"), ("2024-Q4", "cuarto trimestre de 2024"), ("2023", "año 2023")]
)
def test_a_period_is_called_as_the_core_calls_it(code: str, told: str) -> None:
    assert period_label(Period.parse(code)) == told == Period.parse(code).label


def test_lateness() -> None:
    due = date(2023, 5, 15)
    told = [lateness(due_on=due, published_on=day) for day in (date(2023, 5, 15), date(2023, 5, 16), date(2023, 5, 20))]
    assert told == ["a tiempo", "1 día después del plazo", "5 días después del plazo"]
