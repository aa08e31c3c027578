"""Folding for search, and the order of Spanish names."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.text.folding import fold, order_key

# Lists in the order of a Spanish dictionary or telephone book, written by hand.
ORDERED = [
    ["ana", "año", "aorta"],
    ["canto", "canzonetista", "caña", "caoba"],
    ["cedro", "chacal", "churro", "ciego", "cuzco"],
    ["lacio", "llama", "lobo"],
    ["nube", "ñandú", "ñoño", "oboe"],
    ["Álvaro Obregón", "Azcapotzalco", "Benito Juárez", "Coyoacán", "Cuajimalpa", "Cuauhtémoc"],
    ["Peña", "Peñaloza", "Peón"],
    ["De la Cruz", "De León", "Delgado"],
    ["Distrito 2", "Distrito 10", "Distrito 33"],
    ["mas", "más", "masa"],
    ["Tláhuac", "Tlalpan", "Venustiano Carranza", "Xochimilco"],
    ["10 de abril", "Abril"],
]


@pytest.mark.parametrize("expected", ORDERED, ids=lambda names: names[0])
def test_names_come_in_the_order_of_a_spanish_dictionary(expected: list[str]) -> None:
    mixed = expected[:]
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=order_key) == expected


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÁRBOL", "arbol"),
        ("Ñandú", "nandu"),
        ("n\u0303andu\u0301", "nandu"),
        ("pingüino", "pinguino"),
        ("ﬁjar", "fijar"),
        ("Straße", "strasse"),
        ("İ", "i"),
        ("15 %", "15 %"),
        ("", ""),
    ],
)
def test_folding_leaves_neither_case_nor_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aábcnñoó "), st.text(alphabet="aábcnñoó "))
def test_every_name_that_begins_with_ene_follows_those_with_n(one: str, other: str) -> None:
    assert order_key("n" + one) < order_key("ñ" + other) < order_key("o" + one)


@given(st.text(), st.text())
def test_the_order_is_total_and_no_two_names_share_a_key(one: str, other: str) -> None:
    assert (order_key(one) == order_key(other)) == (one == other)
