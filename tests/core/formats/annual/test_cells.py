"""What a cell of each kind is read as, worked by hand; and exactness, by properties."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.formats.sheets.declared import MOST_CENTS, Column, Kind
from calpulli_core.formats.sheets.numbers import read_day, read_number, read_yes_no, written
from calpulli_core.formats.sheets.texts import Bad, is_not_applicable, read_key, read_keys, read_partida, read_text


def column(kind: Kind, **more: Any) -> Column:
    told = {"key": "x", "heading": "X", "means": "Algo.", "example": "1", "least": -MOST_CENTS, "most": MOST_CENTS} | more
    return Column(kind=kind, **told)


MONEY, THOUSANDTHS, PERCENT, WHOLE = map(column, (Kind.MONEY, Kind.THOUSANDTHS, Kind.PERCENT, Kind.WHOLE))


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1580325.45", 158_032_545),
        (1580325.45, 158_032_545),
        ("0.1", 10),
        (0.1, 10),
        (1.1, 110),
        ("12", 1_200),
        (12, 1_200),
        ("-3.07", -307),
        ("1.50000", 150),
        (1e-2, 1),
        (9999999999999.99, 999_999_999_999_999),
    ],
)
def test_amounts_are_cents(cell: str | float, cents: int) -> None:
    assert read_number(cell, MONEY) == cents


@pytest.mark.parametrize(
    ("cell", "rule", "instead"),
    [
        ("1,50", "decimal_comma", "1.50"),
        ("0,125", "decimal_comma", "0.125"),
        ("1.250,5", "decimal_comma", "1250.5"),
        ("1,250", "thousands", "1250"),
        ("1,250.50", "thousands", "1250.50"),
        ("1.250.000", "thousands", "1250000"),
        ("$100", "currency", "100"),
        ("$ 1,580,325.45", "currency", "1580325.45"),
        ("1580325.45 MXN", "currency", "1580325.45"),
        ("$1.580.325,45", "currency", "1580325.45"),
        ("(12.00)", "parentheses", "12.00"),
        ("12 %", "percent_sign", "12"),
        ("1.005", "decimals", None),
        (1.005, "decimals", None),
        (0.1 + 0.2, "decimals", None),
        ("1e5", "exponent", None),
        (float("inf"), "exponent", None),
        ("--1", "number", None),
        ("1.", "number", None),
        ("١٢", "number", None),
        (True, "number_kind", None),
        (dt.date(2026, 1, 1), "number_kind", None),
        (1e300, "most", None),
        (1e20, "most", None),
        (" 1", "spaces", "1"),
    ],
)
def test_spoiled_amounts_say_what_they_should_be(cell: Any, rule: str, instead: str | None) -> None:
    with pytest.raises(Bad) as caught:
        read_number(cell, MONEY)
    assert (caught.value.rule, caught.value.found.get("clean")) == (rule, instead)


@given(st.integers(-MOST_CENTS, MOST_CENTS))
def test_every_amount_is_exact_both_ways(cents: int) -> None:
    text = written(cents, Kind.MONEY)
    assert read_number(text, MONEY) == cents == int(Decimal(text) * 100)
    assert read_number(float(text), MONEY) == cents  # as a sheet keeps it


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_thousandths_are_exact(number: Decimal) -> None:
    assert read_number(format(number, "f"), THOUSANDTHS) == int(number * 1_000)
    assert read_number(float(number), THOUSANDTHS) == int(number * 1_000)


@given(st.floats(allow_nan=True, allow_infinity=True) | st.text(min_size=1) | st.booleans() | st.integers())
def test_any_cell_is_a_number_or_is_told(cell: Any) -> None:
    for kind in (MONEY, THOUSANDTHS, PERCENT, WHOLE):
        try:
            found = read_number(cell, kind)
        except Bad:
            continue
        assert (
            isinstance(found, int) and Decimal(str(cell)) * {MONEY: 100, THOUSANDTHS: 1000, PERCENT: 100, WHOLE: 1}[kind] == found
        )


def test_partidas_keep_their_zeros() -> None:
    assert [read_partida(cell, column(Kind.PARTIDA)) for cell in ("1131", "0371")] == ["1131", "0371"]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [(371.0, "partida_zeros"), ("371", "partida_zeros"), (0, "partida_zeros"), (1131, "partida_number"), (1131.5, "partida"),
     (11310, "partida"), ("11310", "partida"), ("٠٣٧١", "partida"), (" 371", "partida_zeros"), ("0371 ", "partida"),
     (True, "partida"), (-1131, "partida")],
)  # fmt: skip
def test_spoiled_partidas(cell: Any, rule: str) -> None:
    with pytest.raises(Bad) as caught:
        read_partida(cell, column(Kind.PARTIDA))
    assert caught.value.rule == rule


def test_days() -> None:
    day = column(Kind.DAY)
    assert read_day("01/03/2026", day) == read_day(dt.date(2026, 3, 1), day) == dt.date(2026, 3, 1)
    # 1/1/2026 is the day 46,023 of a sheet: 46,082 is the first of March, as any sheet shows.
    with pytest.raises(Bad) as caught:
        read_day(46082, day)
    assert caught.value.found == {"day": "01/03/2026"}
    for cell, rule in ((45.0, "day"), (dt.time(1), "day"), ("1-3-26", "two_digit_year"), ("2026/13/01", "day")):
        with pytest.raises(Bad, match=f"^{rule}$"):
            read_day(cell, day)


def test_keys() -> None:
    key = column(Kind.KEY)
    assert read_key("A-01.b", key) == "A-01.b"
    for cell, rule in (("A\u00a001", "spaces"), ("A_01", "key_signs"), ("-A", "key_signs"), ("Á1", "key_signs"),
                       ("A\u201301", "lookalike"), ("\u041001", "lookalike"), (1.0, "key_number"),
                       ("x" * 21, "too_long")):  # fmt: skip
        with pytest.raises(Bad, match=f"^{rule}$"):
            read_key(cell, key)
    keys = column(Kind.KEYS, word="Toda la ciudad")
    assert read_keys("d-1;d-2", keys) == ("d-1", "d-2") and read_keys("Toda la ciudad", keys) == ()
    for cell, rule in (("d-1;", "key_signs"), ("d-1; d-1", "repeated_key"), ("d-1, d-2", "keys_separator")):
        with pytest.raises(Bad, match=f"^{rule}$"):
            read_keys(cell, keys)


def test_yes_no_and_not_applicable() -> None:
    told = column(Kind.YES_NO)
    assert [read_yes_no(cell, told) for cell in ("Sí", "SI", "si", "No", "NO")] == [True, True, True, False, False]
    assert all(map(is_not_applicable, ("No aplica", "N/A", "na", " NO APLICA "))) and not is_not_applicable("Nada")
    for cell in ("X", 1, True, "Sí, claro"):
        with pytest.raises(Bad, match="yes_no"):
            read_yes_no(cell, told)


@given(st.text(min_size=1))
def test_a_text_passes_untouched_or_is_told(text: str) -> None:
    for kind in (Kind.TEXT, Kind.PROSE):
        try:
            assert read_text(text, column(kind)) == text
        except Bad:
            continue
        assert text == text.strip() and "\x00" not in text and text[0] not in "=+-@"
