"""Where words and sentences begin and end, in texts like those of an institute."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.text.sentences import sentences
from calpulli_core.text.words import words


def told(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uno. Dos.", ["Uno.", "Dos."]),
        ("Sin punto", ["Sin punto"]),
        ("¿Sí? ¡No! Bueno…", ["¿Sí?", "¡No!", "Bueno…"]),
        ("Esperó… y llegó.", ["Esperó… y llegó."]),
        ("«¿Vota?», dijo. Votó.", ["«¿Vota?», dijo.", "Votó."]),
        ("Dijo «ya voté». Salió.", ["Dijo «ya voté».", "Salió."]),
        ("Según el art. 5 y la fracc. XXII. Fin.", ["Según el art. 5 y la fracc. XXII.", "Fin."]),
        ("El Lic. J. R. Pérez firmó. La Dra. Ruiz no.", ["El Lic. J. R. Pérez firmó.", "La Dra. Ruiz no."]),
        ("Costó 3.5 veces. Son 1,850.", ["Costó 3.5 veces.", "Son 1,850."]),
        ("Fue en 2026. El año siguiente no.", ["Fue en 2026.", "El año siguiente no."]),
        ("Actas, boletas, etc. Todo se guarda.", ["Actas, boletas, etc.", "Todo se guarda."]),
        ("Actas, etc. y más.", ["Actas, etc. y más."]),
        ("Contestó que no. Se fue.", ["Contestó que no.", "Se fue."]),
        ("Vea el No. 5.", ["Vea el No. 5."]),
        ("Según el inciso B. La ley sigue.", ["Según el inciso B.", "La ley sigue."]),
        ("Una; otra: la última.", ["Una; otra: la última."]),
        ("Un renglón\nque sigue en otro.", ["Un renglón\nque sigue en otro."]),
        ("Un renglón\r\nque sigue en otro.", ["Un renglón\r\nque sigue en otro."]),
        ("Título\n\nPárrafo.", ["Título", "Párrafo."]),
        ("Título\r\n \t\r\nPárrafo.", ["Título", "Párrafo."]),
        ("Lista:\n1. uno\n2. Dos\n10) tres", ["Lista:", "uno", "Dos", "tres"]),
        ("Lista:\n- uno;\n• dos\na) tres\nIV. cuatro\n1.2 cinco", ["Lista:", "uno;", "dos", "tres", "cuatro", "cinco"]),
        ("- . ¡! …", []),
        ("", []),
        ("   \n\n  ", []),
        ("Hola.Adiós", ["Hola.Adiós"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("derechos político-electorales", ["derechos", "político-electorales"]),
        ("hostigamiento y/o acoso", ["hostigamiento", "y", "o", "acoso"]),
        ("$1,850.50 (15 %)", ["1,850.50", "15"]),
        ("el 31/03/2023", ["el", "31", "03", "2023"]),
        ("art. 5.º, fracción II", ["art", "5", "fracción", "II"]),
        ("Vea https://ejemplo.mx/a-b?c=1 y correo@ejemplo.mx.", ["Vea", "y"]),
        ("insti\u00adtuto", ["insti\u00adtuto"]),
        ("acción", ["acción"]),
        ("«¡Vote!»", ["Vote"]),
        ("snake_case", ["snake", "case"]),
        ("- — … %", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


def test_a_soft_hyphen_is_not_heard() -> None:
    assert [word.syllables for word in words("insti\u00adtuto")] == [("ins", "ti", "tu", "to")]


@given(st.text())
def test_places_are_of_the_text_and_in_order(text: str) -> None:
    found = [(word.start, word.end) for word in words(text)]
    assert all(text[word.start : word.end] == word.text and word.syllables for word in words(text))
    for places in (found, sentences(text)):
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert all(before <= after for (_, before), (after, _) in pairwise(places))


@given(st.lists(st.sampled_from(["Uno", "dos.", "art.", "5", "1.", "-", "\n", "\r\n", "¿Sí?", "J.", "a)", "…", "etc."])))
def test_sentences_are_never_blank(parts: list[str]) -> None:
    text = " ".join(parts)
    assert all(any(letter.isalnum() for letter in one) and one == one.strip() for one in told(text))


@pytest.mark.parametrize(
    "piece", [".", ". ", "\n", "\n ", " ", "a", "a.", "1.", "1.1", "a-", "@", "a@", "www.", "«", "\u0301", ".)"]
)
def test_a_huge_text_is_only_long(piece: str) -> None:
    text = piece * 50_000
    assert all(start < end for start, end in sentences(text))
    assert sum(1 for _ in words(text)) <= len(text)
