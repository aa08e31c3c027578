"""The index against counts made by hand, and the founding text of the institute."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.text.readability import band, decimals, measure

PROGRAMME = Path(__file__).parents[3] / "institutes" / "iecm" / "programme.json"


def founding() -> dict[str, object]:
    read: dict[str, object] = json.loads(PROGRAMME.read_text(encoding="utf-8"))
    return read


def texts(value: object) -> list[str]:
    """Every text of objectives, lines and diagnosis, in order."""
    if isinstance(value, dict):
        return [text for key, one in value.items() if key != "number" for text in texts(one)]
    return [text for one in value for text in texts(one)] if isinstance(value, list) else [str(value)]


def test_a_sentence_of_the_founding_vision_counted_by_hand() -> None:
    # Nos con-so-li-da-mos co-mo u-na ins-ti-tu-ción con-fia-ble in-no-va-do-ra y e-fi-cien-te en el u-so de re-cur-sos.
    #  1        5           2    2        4             3            5         1      4       1  1   2   1     3      = 35
    # Words: 14. Index: 206.835 - 62.3 x 35/14 - 14/1 = 206.835 - 155.75 - 14 = 37.085.
    vision = str(founding()["vision"])
    counted = measure(vision[vision.index("Nos consolidamos") :])
    assert [len(word.syllables) for word in counted.sentences[0].words] == [1, 5, 2, 2, 4, 3, 5, 1, 4, 1, 1, 2, 1, 3]
    assert (counted.syllable_count, counted.word_count, counted.sentence_count) == (35, 14, 1)
    assert counted.index == Fraction("37.085")
    assert counted.band == "muy difícil"


def test_the_founding_programme_is_very_hard_to_read() -> None:
    read = founding()
    paragraphs = [str(read["mission"]), str(read["vision"]), *texts(read["objectives"]), *texts(read["swot"])]
    assert len(paragraphs) == 2 + 5 + 25 + 30
    counted = measure("\n\n".join(paragraphs))
    assert counted.band == "muy difícil"
    assert counted.index is not None
    assert 32 < counted.index < 35
    # Each paragraph has one sentence at least; two have a second one: the vision, and a weakness («Asimismo, …»).
    assert counted.sentence_count == len(paragraphs) + 2


def test_an_easy_text_counted_by_hand() -> None:
    # Yo vo-to (3). Tú tam-bién (3). Son 2 cien-tos: Son dos cien-tos (4). 7 words, 10 syllables, 3 sentences.
    # 206.835 - 62.3 x 10/7 - 7/3 = 206.835 - 89 - 2.3333... = 115.50166...
    counted = measure("Yo voto. Tú también. Son 2 cientos.")
    assert (counted.syllable_count, counted.word_count, counted.sentence_count) == (10, 7, 3)
    assert counted.index == Fraction("206.835") - 89 - Fraction(7, 3)
    assert counted.index is not None
    assert decimals(counted.index) == "115.50"
    assert counted.band == "muy fácil"


@pytest.mark.parametrize(
    ("index", "name"),
    [
        ("-20", "muy difícil"),
        ("39.999", "muy difícil"),
        ("40", "algo difícil"),
        ("54.999", "algo difícil"),
        ("55", "normal"),
        ("65", "bastante fácil"),
        ("80", "bastante fácil"),
        ("80.001", "muy fácil"),
    ],
)
def test_the_bands_of_the_scale(index: str, name: str) -> None:
    assert band(Fraction(index)) == name


@pytest.mark.parametrize(
    ("value", "shown"), [("1/8", "0.13"), ("-1/8", "-0.13"), ("1/3", "0.33"), ("5", "5.00"), ("2.005", "2.01")]
)
def test_numbers_are_rounded_as_by_hand(value: str, shown: str) -> None:
    assert decimals(Fraction(value)) == shown


@pytest.mark.parametrize("text", ["", " \n", "…", "- - -", "https://ejemplo.mx"])
def test_without_words_there_is_no_index(text: str) -> None:
    counted = measure(text)
    assert (counted.word_count, counted.sentence_count, counted.index, counted.band) == (0, 0, None, "sin texto")


@given(st.text())
def test_any_text_can_be_measured_and_its_counts_agree(text: str) -> None:
    counted = measure(text)
    assert counted.sentence_count <= counted.word_count <= counted.syllable_count
    assert (counted.index is None) == (counted.word_count == 0)
    assert all(sentence.start <= sentence.words[0].start for sentence in counted.sentences)
    assert all(sentence.words[-1].end <= sentence.end for sentence in counted.sentences)


@given(st.lists(st.sampled_from(["la", "casa", "elección", "participación", "y"]), min_size=1, max_size=30))
def test_joining_sentences_never_makes_a_text_easier(parts: list[str]) -> None:
    apart = measure(" ".join(f"{part.title()}." for part in parts))
    together = measure(" ".join(parts).title() + ".")
    assert apart.syllable_count == together.syllable_count
    assert apart.index is not None and together.index is not None
    assert together.index <= apart.index
