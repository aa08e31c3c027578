"""Terms of natural days: due dates counted by hand, and a proof that adds up."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.calendars.periods import Period
from calpulli_core.calendars.terms import natural_days_after
from calpulli_core.law.rules import Rule


def rule(days: int = 45, *, confirmed: bool = True) -> Rule:
    return Rule("record.quarterly", days, "natural_days", "Artículo 9", "la ley", confirmed)


@pytest.mark.parametrize(
    ("period", "due_on"),
    [
        ("2023-Q1", date(2023, 5, 15)),
        ("2023-Q2", date(2023, 8, 14)),
        ("2023-Q3", date(2023, 11, 14)),
        ("2023-Q4", date(2024, 2, 14)),
        ("2023", date(2024, 2, 14)),
    ],
)
def test_the_deadlines_of_2023(period: str, due_on: date) -> None:
    assert natural_days_after(period=Period.parse(period), rule=rule()).due_on == due_on


def test_a_leap_february_gives_a_day() -> None:
    # 31 days of January and 29 (2024) or 28 (2023) of February leave nothing or one for March.
    assert natural_days_after(period=Period(2023, 4), rule=rule(60)).due_on == date(2024, 2, 29)
    assert natural_days_after(period=Period(2022, 4), rule=rule(60)).due_on == date(2023, 3, 1)
    # 1900 and 2100 are not leap years; 2000 is.
    assert natural_days_after(period=Period(2099), rule=rule(60)).due_on == date(2100, 3, 1)
    assert natural_days_after(period=Period(1999), rule=rule(60)).due_on == date(2000, 2, 29)


def test_a_due_date_on_a_sunday_does_not_roll() -> None:
    # 2022-Q2 ends on 30 June; 31 days of July and 14 of August end on a Sunday.
    deadline = natural_days_after(period=Period(2022, 2), rule=rule())
    assert deadline.due_on == date(2022, 8, 14)
    assert deadline.due_on.weekday() == 6
    assert any("no se recorre" in step.text for step in deadline.proof)


def test_the_proof_of_the_first_quarter_of_2023_word_by_word() -> None:
    proof = natural_days_after(period=Period(2023, 1), rule=rule()).proof
    assert [step.text for step in proof] == [
        "El primer trimestre de 2023 termina el viernes 31/03/2023.",
        "Día cero: 31/03/2023. No se cuenta.",
        "Día 1: sábado 01/04/2023.",
        "Abril de 2023 (tiene 30 días): se cuentan del día 1 al 30, 30 días; van 30.",
        "Mayo de 2023 (tiene 31 días): se cuentan del día 1 al 15, 15 días; van 45.",
        "Día 45: lunes 15/05/2023.",
        "Son días naturales: el plazo no se recorre aunque venza en un día inhábil.",
        "Regla: 45 días naturales.",
        "Fundamento: Artículo 9.",
        "Fuente: la ley.",
    ]
    assert [step.on for step in proof[:6]] == [
        date(2023, 3, 31),
        date(2023, 3, 31),
        date(2023, 4, 1),
        date(2023, 4, 30),
        date(2023, 5, 15),
        date(2023, 5, 15),
    ]


def test_the_count_and_the_grounds_are_told_apart_and_name_no_key() -> None:
    deadline = natural_days_after(period=Period.parse("2023-Q1"), rule=rule())
    assert [step.text.partition(":")[0] for step in deadline.grounds] == ["Regla", "Fundamento", "Fuente"]
    assert deadline.counting[-1].text.startswith("Son días naturales")
    assert deadline.proof == deadline.counting + deadline.grounds
    assert not any("record." in step.text for step in deadline.proof)


def test_an_unconfirmed_source_says_so_in_the_proof() -> None:
    proof = natural_days_after(period=Period(2023), rule=rule(confirmed=False)).proof
    assert "45 días naturales (fuente por confirmar)." in proof[-3].text


def test_one_day_is_told_in_the_singular() -> None:
    proof = [step.text for step in natural_days_after(period=Period(2023, 1), rule=rule(1)).proof]
    assert "Abril de 2023 (tiene 30 días): se cuenta el día 1, 1 día; van 1." in proof
    assert "Regla: 1 día natural." in proof


def test_another_unit_is_not_counted_as_natural_days() -> None:
    other = Rule("x.y", 5, "working_days", "a", "s", confirmed=True)
    with pytest.raises(ValueError, match="no cuenta días naturales"):
        natural_days_after(period=Period(2023, 1), rule=other)


@given(
    st.builds(Period, st.integers(1900, 2180), st.one_of(st.none(), st.integers(1, 4))),
    st.integers(1, 3660),
)
def test_the_proof_counts_every_day_once(period: Period, days: int) -> None:
    deadline = natural_days_after(period=period, rule=rule(days))
    assert deadline.due_on == period.ends_on + timedelta(days=days)
    counts = [int(n) for step in deadline.proof for n in re.findall(r"van (\d+)\.$", step.text)]
    assert counts == sorted(counts)
    assert counts[-1] == days
    months = [re.findall(r", (\d+) días?; van", step.text) for step in deadline.proof]
    assert sum(int(n) for found in months for n in found) == days
