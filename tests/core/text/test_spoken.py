"""What is read aloud: figures, Roman numerals, abbreviations, acronyms. Expected readings are written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.text.spoken import cardinal, reading, roman, spoken_syllables


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "cero"),
        (16, "dieciséis"),
        (21, "veintiuno"),
        (30, "treinta"),
        (31, "treinta y uno"),
        (100, "cien"),
        (101, "ciento uno"),
        (555, "quinientos cincuenta y cinco"),
        (1_000, "mil"),
        (2_026, "dos mil veintiséis"),
        (21_934, "veintiún mil novecientos treinta y cuatro"),
        (31_001, "treinta y un mil uno"),
        (100_000, "cien mil"),
        (1_000_000, "un millón"),
        (2_000_001, "dos millones uno"),
        (1_001_000_000, "mil un millones"),
        (999_999_999_999, "novecientos noventa y nueve mil novecientos noventa y nueve millones "
         + "novecientos noventa y nueve mil novecientos noventa y nueve"),
    ],
)  # fmt: skip
def test_numbers_in_words(value: int, words: str) -> None:
    assert cardinal(value) == words


@pytest.mark.parametrize("value", [-1, 10**12])
def test_a_number_out_of_range_is_told(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        cardinal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("II", 2), ("IV", 4), ("XXII", 22), ("XLIX", 49), ("XCIX", 99), ("CXXI", 121), ("CCCXC", 390)]
    + [(text, None) for text in ("I", "X", "IIII", "VX", "xxii", "MIL", "LCD", "", "IL", "CCCC")],
)
def test_roman_numerals(text: str, value: int | None) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("instituto", "instituto"),
        ("1,850", "mil ochocientos cincuenta"),
        ("3.5", "tres punto cinco"),
        ("1,850.5", "mil ochocientos cincuenta punto cinco"),
        ("1,5", "uno coma cinco"),
        ("007", "siete"),
        ("1.2.3", "uno punto dos punto tres"),
        ("XXII", "veintidós"),
        ("PDF", "pe de efe"),
        ("WWW", "doble ve doble ve doble ve"),
        ("INE", "INE"),
        ("B", "B"),
        ("Art", "artículo"),
        ("núm", "número"),
        ("no", "no"),
        ("1234567890123", "uno dos tres cuatro cinco seis siete ocho nueve cero uno dos tres"),
    ],
)
def test_readings(word: str, read: str) -> None:
    assert reading(word) == read


def test_what_is_a_word_of_its_own_needs_its_stop() -> None:
    assert reading("No") == "No"
    assert reading("No", stop=True) == "número"


@given(st.text(min_size=1), st.booleans())
def test_any_word_has_a_syllable(word: str, stop: bool) -> None:
    assert spoken_syllables(word, stop=stop)


@given(st.integers(0, 10**12 - 1))
def test_a_number_is_only_letters_and_spaces(value: int) -> None:
    assert cardinal(value).replace(" ", "").isalpha()


@given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_two_numbers_never_read_alike(one: int, other: int) -> None:
    assert (cardinal(one) == cardinal(other)) == (one == other)
