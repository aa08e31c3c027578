"""Hints: where, why, what instead; and what must not be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.text.folding import fold
from calpulli_core.text.hints import Expression, JargonError, hints, own_jargon, place, read_jargon


def found(text: str) -> list[tuple[str, str]]:
    return [(hint.kind, text[hint.start : hint.end]) for hint in hints(text)]


def test_a_sentence_of_thirty_words_is_not_long_and_one_of_thirty_one_is() -> None:
    thirty = "Hoy " + "voto " * 28 + "ya."
    longer = "Hoy " + "voto " * 29 + "ya."
    text = f"{thirty} {longer}"
    (only,) = hints(text)
    assert (only.kind, text[only.start : only.end]) == ("long_sentence", longer)
    assert "31 palabras" in only.rule
    assert "«Hoy voto" in only.rule


@pytest.mark.parametrize(
    ("text", "expression", "proposal"),
    [
        ("Se hizo a efecto de avisar.", "a efecto de", "«para»"),
        ("Se hizo a efecto de que avisen.", "a efecto de que", "«para que»"),
        ("TODA VEZ QUE es tarde.", "TODA VEZ QUE", "«porque»"),
        ("toda  vez\nque es tarde", "toda  vez\nque", "«porque»"),
        ("Sera asi en el ambito de la ley.", "en el ambito de", "«en»"),
        ("Sera en el a\u0301mbito de la ley.", "en el a\u0301mbito de", "«en»"),
        ("Hostigamiento y/o acoso.", "y/o", "«o»"),
        ("Tenga a bien avisar.", "Tenga a bien", "Quítela"),
    ],
)
def test_set_phrases_of_offices(text: str, expression: str, proposal: str) -> None:
    (only,) = hints(text)
    assert (only.kind, text[only.start : only.end]) == ("jargon", expression)
    assert proposal in only.remedy


@pytest.mark.parametrize(
    "text", ["Fue aprobado por el Consejo.", "Los votos serán  contados\npor ellas.", "Ha sido escrita por Ana."]
)
def test_the_passive_with_its_agent(text: str) -> None:
    ((kind, _),) = found(text)
    assert kind == "passive"


@pytest.mark.parametrize("text", ["Realizará la evaluación de los programas.", "Llevar a cabo el nombramiento del titular."])
def test_an_action_hidden_in_a_noun(text: str) -> None:
    assert "nominalisation" in {kind for kind, _ in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Las casillas abren a las ocho. Lleve su credencial.",
        "Pasó por el mercado. Es por aquí.",
        "Fue aprobado ayer.",
        "La violencia política contra las mujeres en razón de género se castiga.",
        "Realizó un viaje. La evaluación de hoy es breve.",
        "Se avisa a través de la página, respecto al voto.",
        "La palabra finalidad no basta; dentro tampoco.",
        "Sufragios, ocursos.",
        "El lado por el que se entra. Era un estado por fundar.",
    ],
)
def test_plain_writing_gets_no_hint(text: str) -> None:
    assert found(text) == []


def test_a_list_of_ones_own_takes_the_place_of_ours() -> None:
    own = [Expression(("a guisa de",), "como")]
    text = "A guisa de ejemplo, a efecto de probar."
    assert [text[hint.start : hint.end] for hint in hints(text, jargon=own)] == ["A guisa de"]
    assert hints(text, jargon=[]) == []


def test_our_list_says_each_thing_once_and_finds_each_of_its_forms() -> None:
    forms = [form for one in own_jargon() for form in one.forms]
    assert len(own_jargon()) >= 60
    assert len({fold(form) for form in forms}) == len(forms)
    for form in forms:
        assert any(text == form for _, text in found(f"Aquí, {form}, siempre.")), form


def test_every_defect_of_a_list_is_told_with_its_place() -> None:
    with pytest.raises(JargonError) as caught:
        read_jargon(
            '[[expression]]\nforms = []\n[[expression]]\nforms = ["a"]\nplain = 3\n[[expression]]\nplain = "x"', file="x.toml"
        )
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"x.toml, expresión {at}" for at in (1, 1, 2, 3)]
    for broken in ("[[", "expression = [3]"):
        with pytest.raises(JargonError, match=r"jargon\.toml"):
            read_jargon(broken)


@pytest.mark.parametrize(("offset", "where"), [(0, (1, 1)), (3, (1, 4)), (5, (2, 1)), (6, (3, 1)), (8, (4, 1))])
def test_places_count_lines_and_columns_from_one(offset: int, where: tuple[int, int]) -> None:
    assert place("uno\r\n\nx\ry", offset) == where


@given(st.text() | st.lists(st.sampled_from(["a efecto de", "fue", "aprobado", "por", "y/o", "\u0301", ". "])).map(" ".join))
def test_hints_are_within_any_text_and_in_order(text: str) -> None:
    given_ = hints(text)
    assert all(0 <= hint.start < hint.end <= len(text) and hint.rule and hint.remedy for hint in given_)
    assert [hint.start for hint in given_] == sorted(hint.start for hint in given_)


@pytest.mark.parametrize("piece", ["en ", "a efecto ", "fue ", "\n", "realizar la ", "ad", "fue aprobado "])
def test_a_huge_text_is_only_long(piece: str) -> None:
    assert all(hint.remedy for hint in hints(piece * 20_000))
