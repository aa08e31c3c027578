"""The table of printable characters is true of the typefaces that typst carries."""

import json
import unicodedata

import typst

from calpulli_core.formats.glyphs import COVERED, Printable, is_covered

_SETTING = b"""
#set document(title: "x")
#let faces = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern", "New Computer Modern Math")
#set text(lang: "es", font: faces, fallback: false)
#for one in json(bytes(sys.inputs.data)) { par(one) }
"""


def test_every_covered_character_can_be_set() -> None:
    points = [point for first, last in COVERED for point in range(first, last + 1)]
    texts = [f"a{chr(point)}b" for point in points if unicodedata.category(chr(point)) != "Cn"]
    assert len(texts) > 2_000
    made = typst.compile(
        _SETTING,
        format="pdf",
        sys_inputs={"data": json.dumps(texts)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    assert made


def test_limits_of_the_table() -> None:
    inside = "a~ñÑ¡ʼꞌ́€—“”…"
    assert [is_covered(one) for one in inside] == [True] * len(inside)
    outside = "\x00\x7f\x80\xad\u200b\u202e日😀\ud800"
    assert [is_covered(one) for one in outside] == [False] * len(outside)


def test_what_is_replaced_is_told_once_and_the_rest_is_untouched() -> None:
    printable = Printable()
    assert printable.text("Niñez, “sí”") == "Niñez, “sí”"
    document = printable.all({"a": ["😀", {"b": "x😀\ny\u200b"}], "n": 3, "z": None})
    assert document == {
        "a": ["[U+1F600]", {"b": "x[U+1F600]\ny[U+200B]"}],
        "n": 3,
        "z": None,
    }
    assert printable.notes == ["[U+1F600]: GRINNING FACE", "[U+200B]: ZERO WIDTH SPACE"]
