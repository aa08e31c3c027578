"""How two texts are told apart, word by word."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli.commons.page_parts import date_long, hash_groups, word_changes

# Few letters, so that what is drawn has words in common.
TEXTS = st.text(alphabet="ab .,\n¿é", max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(text for kind, text in pieces if kind != "new") == before
    assert "".join(text for kind, text in pieces if kind != "gone") == after
    assert all(text for _, text in pieces)


@given(text=TEXTS.filter(bool))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    kinds = {kind for kind, piece in word_changes(text, text) if piece.strip()}
    assert kinds <= {"same"}


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a cargo del IECM.", "a cargo del IED.", [("same", "a cargo del "), ("gone", "IECM"), ("new", "IED"), ("same", ".")]),
        # A changed phrase is one piece, its spaces included.
        (
            "una campaña (el Instituto del Pueblo) para la imagen",
            "una campaña (otra frase de ejemplo) para la imagen",
            [
                ("same", "una campaña ("),
                ("gone", "el Instituto del Pueblo"),
                ("new", "otra frase de ejemplo"),
                ("same", ") para la imagen"),
            ],
        ),
        ("Primera línea.", "Primera línea. Segunda.", [("same", "Primera línea."), ("new", " Segunda.")]),
        ("", "Nota.", [("new", "Nota.")]),
        # Nothing in common but spaces: two whole texts.
        ("casa de los abuelos", "la nómina completa", [("gone", "casa de los abuelos"), ("new", "la nómina completa")]),
    ],
)
def test_changes_worked_by_hand(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert word_changes(before, after) == pieces


def test_dates_and_hashes_as_people_read_them() -> None:
    assert date_long(dt.date(2023, 5, 15)) == "15 de mayo de 2023"
    assert hash_groups("0123456789ab") == "0123 4567 89ab"


def test_what_stays_spanish_is_escaped_in_every_language() -> None:
    from django.utils import translation

    from calpulli.commons.page_parts import spanish

    assert spanish("<b>a & b</b>") == "&lt;b&gt;a &amp; b&lt;/b&gt;"
    with translation.override("en"):
        assert spanish("<b>{}</b>") == '<span lang="es">&lt;b&gt;{}&lt;/b&gt;</span>'
