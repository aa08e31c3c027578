"""Periods: limits, names and order, against dates typed by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.calendars.periods import Period

PERIODS = st.builds(Period, st.integers(1901, 2198), st.one_of(st.none(), st.integers(1, 4)))


@pytest.mark.parametrize(
    ("written", "starts_on", "ends_on", "label"),
    [
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31), "primer trimestre de 2023"),
        ("2023-Q2", date(2023, 4, 1), date(2023, 6, 30), "segundo trimestre de 2023"),
        ("2023-Q3", date(2023, 7, 1), date(2023, 9, 30), "tercer trimestre de 2023"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "cuarto trimestre de 2024"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "año 2024"),
    ],
)
def test_limits_and_label(written: str, starts_on: date, ends_on: date, label: str) -> None:
    period = Period.parse(written)
    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)
    assert (period.label, str(period)) == (label, written)
    assert Period.covering(starts_on, ends_on) == period


@pytest.mark.parametrize(
    "written",
    ["", "2023-Q5", "2023-Q0", "2023-q1", "23-Q1", "2023-1", " 2023", "2023\n", "1899", "2200", "٢٠٢٣"],
)
def test_what_is_not_a_period_is_refused_by_name(written: str) -> None:
    with pytest.raises(ValueError, match=written.strip() or "«»"):
        Period.parse(written)


def test_a_quarter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="trimestre 5 no existe"):
        Period(2023, 5)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2023, 1, 1), date(2023, 3, 30)),
        (date(2023, 2, 1), date(2023, 4, 30)),
        (date(2023, 1, 1), date(2024, 12, 31)),
        (date(2023, 3, 31), date(2023, 1, 1)),
    ],
)
def test_days_that_bound_no_period_are_refused(starts_on: date, ends_on: date) -> None:
    with pytest.raises(ValueError, match="no es un trimestre ni un año"):
        Period.covering(starts_on, ends_on)


def test_neighbours_typed_by_hand() -> None:
    assert Period(2023, 4).next() == Period(2024, 1)
    assert Period(2023, 1).previous() == Period(2022, 4)
    assert Period(2023, 2).next() == Period(2023, 3)
    assert Period(2023, 3).previous() == Period(2023, 2)
    assert Period(2023).next() == Period(2024)
    assert Period(2023).previous() == Period(2022)


def test_order_puts_the_year_after_its_fourth_quarter() -> None:
    ordered = ["2022", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2023", "2024-Q1"]
    shuffled = [Period.parse(ordered[n]) for n in (3, 6, 0, 5, 1, 4, 2)]
    assert [str(period) for period in sorted(shuffled)] == ordered


@given(PERIODS)
def test_next_begins_the_day_after_and_previous_undoes_it(period: Period) -> None:
    assert (period.next().starts_on - period.ends_on).days == 1
    assert period.next().previous() == period
    assert period < period.next()


@given(PERIODS)
def test_what_is_written_reads_back(period: Period) -> None:
    assert Period.parse(str(period)) == period
