"""Amounts as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.budget import pesos_words, read_cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,580,325.45", 158_032_545),
        ("1580325.45", 158_032_545),
        (" $ 1,580,325.45 ", 158_032_545),
        ("$0.05", 5),
        ("7", 700),
        ("7.5", 750),
        ("-1,000", -100_000),
        ("-$3", -300),
        ("$-3", -300),
        ("\u22123.10", -310),
        ("10,000,000,000,000.00", 10**15),
    ],
)
def test_what_people_write_is_read(text: str, cents: int) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "$", "1580,45", "1.580.325,45", "1,58,325", "12.345", "1e6", "--1", "-$-1", "uno", "1 000", "1,000,", ".5"),
        *("10,000,000,000,000.01", "9" * 400, "1\n2", "\u0661\u0662", "NaN", "infinity", "0x10", "1_000"),
    ],
)
def test_what_could_be_two_amounts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(Escriba pesos|Es más de)"):
        read_cents(text)


@given(st.integers(-(10**15), 10**15))
def test_what_is_shown_is_read_back(cents: int) -> None:
    assert read_cents(pesos_words(cents)) == cents


def test_amounts_are_shown_as_in_mexico() -> None:
    assert pesos_words(158_032_545) == "$1,580,325.45"
    assert pesos_words(-5) == "\u2212$0.05"
    assert pesos_words(0) == "$0.00"
