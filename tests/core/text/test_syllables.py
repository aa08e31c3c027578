"""Syllables against divisions that others published, and what holds for any word."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.text.syllables import stressed, syllables

LIST = Path(__file__).with_name("syllables.tsv")
SOURCES = {"OLE", "OLE-V", "DPD", "IC", "MAE", "COD", "LUG", "LIS", "MANO"}
BY_HAND = "MANO"

# Written from the rules alone: which vowels can be together in one syllable.
CONSONANTS = "[bcdfhjklmnñprstvwxz]*"
NUCLEUS = "(?:(?:[iuü]h?)?[aeoáéóíú](?:h?[iuü])?|[iuü](?:h?[iuü])?)"
ONE_NUCLEUS = re.compile(CONSONANTS + NUCLEUS + CONSONANTS)
# Without q, g and y, whose vowels depend on their neighbours.
PLAIN = "abcdefhijlmnñoprstuxzáéíóúü"
SPANISH = PLAIN + "gqyGQY-ÁÉÍÓÚÑ"


def gold() -> list[tuple[str, str, set[str]]]:
    rows = (line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines()[1:])
    return [(word, division, set(sources.split("+"))) for word, division, sources in rows]


GOLD = gold()


def test_the_list_is_large_and_most_of_it_was_published_by_others() -> None:
    assert len({word for word, _, _ in GOLD}) == len(GOLD) >= 1_500
    assert sum(sources != {BY_HAND} for _, _, sources in GOLD) >= 1_000
    assert all(sources <= SOURCES for _, _, sources in GOLD)
    assert [word for word, division, _ in GOLD if division.replace("-", "") != word] == []


def test_the_page_tells_how_many_words_each_source_gave() -> None:
    page = (Path(__file__).parents[3] / "docs" / "spec" / "text.md").read_text(encoding="utf-8")
    told = {tag: int(count) for tag, count in re.findall(r"^\| ([A-Z-]+) \| (\d+) \|", page, re.M)}
    assert told == {tag: sum(tag in sources for _, _, sources in GOLD) for tag in SOURCES}
    assert f"{len(GOLD):,} words" in page


def test_every_word_of_the_list_divides_as_its_source_says() -> None:
    wrong = {division: "-".join(found) for word, division, _ in GOLD if (found := syllables(word)) != tuple(division.split("-"))}
    assert wrong == {}


@pytest.mark.parametrize("change", [str.upper, str.title, lambda word: word.replace("á", "a\u0301").replace("ú", "u\u0301")])
def test_case_and_composition_change_nothing(change: Callable[[str], str]) -> None:
    changed = {division: "-".join(syllables(change(word))) for word, division, _ in GOLD}
    wrong = [found for division, found in changed.items() if unicodedata.normalize("NFC", found).lower() != division]
    assert wrong == []


# Careful speech parts the prefix; OLE 2010 admits it. The number of syllables is what matters, and is the same.
@pytest.mark.parametrize("division", ["sub-ra-yar", "sub-lu-nar", "post-ro-mán-ti-co", "ab-ro-gar", "trans-at-lán-ti-co"])
def test_a_prefix_changes_the_division_and_not_the_number(division: str) -> None:
    assert len(syllables(division.replace("-", ""))) == len(division.split("-"))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("político-electoral", ["po", "lí", "ti", "co-", "e", "lec", "to", "ral"]),
        ("O'Farrill", ["O'", "Fa", "rrill"]),
        ("pa-ra", ["pa-", "ra"]),
        ("¡ay!", ["¡ay!"]),
        ("", []),
        ("brr", ["brr"]),
        ("ñ", ["ñ"]),
        ("2026", ["2026"]),
        ("y", ["y"]),
        ("αβγ", ["αβγ"]),
        ("ÿ", ["ÿ"]),
    ],
)
def test_what_is_not_a_plain_word(word: str, expected: list[str]) -> None:
    assert list(syllables(word)) == expected


@pytest.mark.parametrize(
    ("word", "loud"),
    [
        *(("canción", 1), ("árbol", 0), ("mesa", 0), ("papel", 1), ("lunes", 0), ("joven", 0), ("sílaba", 0), ("dígamelo", 0)),
        *(("Paraguay", 2), ("país", 1), ("sol", 0), ("guion", 0), ("virrey", 1), ("caracol", 2), ("reloj", 1)),
    ],
)
def test_the_stressed_syllable(word: str, loud: int) -> None:
    assert stressed(word) == loud


@pytest.mark.parametrize("word", ["", "brr", "123", "-"])
def test_without_a_vowel_nothing_is_stressed(word: str) -> None:
    assert stressed(word) is None


@given(st.text())
def test_the_syllables_of_any_text_give_it_again(text: str) -> None:
    assert "".join(syllables(text)) == text
    assert all(syllables(text))


@given(st.text(alphabet=SPANISH))
def test_a_word_with_a_vowel_has_a_syllable_and_each_has_a_vowel(word: str) -> None:
    found = syllables(word)
    if re.search("[aeiouáéíóúü]", word.lower()):
        assert found
        assert all(re.search("[aeiouyáéíóúü]", one.lower()) for one in found)
    assert "".join(found) == word


@given(st.text(alphabet=PLAIN, min_size=1))
def test_every_syllable_has_one_nucleus(word: str) -> None:
    if re.search("[aeiouáéíóúü]", word):
        assert [one for one in syllables(word) if not ONE_NUCLEUS.fullmatch(one)] == []


@given(st.text(alphabet=PLAIN))
def test_no_open_or_accented_vowel_is_lost(word: str) -> None:
    assert len(syllables(word)) >= len(re.findall("[aeoáéóíú]", word))


@given(st.text())
def test_stress_is_a_place_among_the_syllables(text: str) -> None:
    loud = stressed(text)
    assert loud is None or 0 <= loud < len(syllables(text))


@pytest.mark.parametrize("piece", ["a", "b", "-", "b-", "a-", "ui", "h", "ah", "\u0301"])
def test_a_huge_word_is_only_long(piece: str) -> None:
    word = piece * 100_000
    assert sum(map(len, syllables(word))) == len(word)
