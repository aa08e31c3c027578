"""Words as a search compares them; the nearest of known words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.text.searching import asked_words, nearest, search_words, slips


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Acción, ACCIÓN; accion", ["acciones", "acciones", "acciones"]),
        ("la evaluación de las evaluaciones", ["evaluaciones", "evaluaciones"]),
        ("decisión, comisiones", ["decisiones", "comisiones"]),
        ("línea 1.3.", ["linea", "1.3"]),
        ("político-electorales", ["politico", "electorales"]),
        ("¿Cuánto gastan?", ["gastan"]),
        ("mujer", ["mujeres"]),
        ("año_2026 🗳️ «voto»", ["ano", "2026", "voto"]),
        ("", []),
        ("de la y el", []),
        ("' | & ! <-> :* \\ \x00", []),
    ],
)
def test_words_are_compared_in_one_form(text: str, words: list[str]) -> None:
    assert search_words(text) == words


def test_what_was_typed_stays_beside_what_is_compared() -> None:
    assert asked_words("Participación") == [("participacion", "participaciones")]


@given(st.text(max_size=200))
def test_any_text_gives_plain_words(text: str) -> None:
    for word in search_words(text):
        assert word == word.strip() != ""
        assert not set(word) & set("'\\&|!<>():* \x00")


@given(st.text(alphabet="aeiouáéíóúñü bcdr", max_size=60))
def test_accents_decide_nothing(text: str) -> None:
    bare = text.translate(str.maketrans("áéíóúñü", "aeiounu"))
    assert search_words(text) == search_words(bare)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("", "", 0), ("casa", "casa", 0), ("casa", "caso", 1), ("casa", "cas", 1), ("casa", "csaa", 1), ("abcd", "badc", 2)],
)
def test_slips_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other, most=2) == slips(other, one, most=2) == count


def test_slips_of_words_too_far_apart_are_not_told_exactly() -> None:
    assert slips("presupuesto", "transparencia", most=2) > 2


def test_the_nearest_words_come_first_and_short_words_have_none() -> None:
    known = ["votos", "boto", "voto", "veto", "presupuesto"]
    assert nearest("vato", known) == ["voto", "veto"]
    assert nearest("presupusto", known) == ["presupuesto"]
    assert nearest("presupuesto", known) == []
    assert nearest("vot", known) == []
