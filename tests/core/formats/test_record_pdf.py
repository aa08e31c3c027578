"""The printed record: tagged, navigable, with every text verbatim and nothing run as markup."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.calendars.periods import Period
from calpulli_core.calendars.terms import natural_days_after
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.programme import Programme
from calpulli_core.formats.record import Difference, Plan, Record, compose
from calpulli_core.formats.record_pdf import Imprint, LedgerHead, to_pdf
from calpulli_core.law.rules import Rule

SEAL = "Sello de demostración, hecho el 23/11/2026; no es un sello del IECM"
KEY = "0123456789abcdef" * 4
GROUPS = " ".join(KEY[n : n + 4] for n in range(0, 64, 4))
DIFFERENCES = (
    Difference(11, "Hipervínculo al Programa", "", "https://demo.mx/p"),
    Difference(15, "Nota", "Dice\nmal", "Dice bien"),
)
RULE = Rule("record.quarterly", 45, "natural_days", "Artículo 121", "el registro", confirmed=True)
IMPRINT = Imprint(
    notices=("Sitio de demostración, no oficial", SEAL[0].lower() + SEAL[1:]),
    edition=2,
    reason="La nota no era la del trimestre",
    differences=DIFFERENCES,
    deadline=natural_days_after(period=Period(2023, 1), rule=RULE),
    fingerprint=KEY,
    ledger=LedgerHead("planning", 57, "cd" * 32),
    sealed_on=date(2026, 11, 23),
)


def reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(data))


def flat(data: bytes) -> str:
    """All the text of the pages in order, with lines joined and no spaces at all."""
    return "".join("".join(page.extract_text() for page in reader(data).pages).split())


def tight(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def printed(founding: Record) -> bytes:
    return to_pdf(founding, imprint=IMPRINT)


def structure(node: Any) -> Iterator[Any]:
    node = node.get_object()
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(inner, dict) and ("/S" in inner or "/K" in inner):
            yield from structure(inner)


def tags(data: bytes) -> list[Any]:
    root: Any = reader(data).trailer["/Root"]
    return list(structure(root["/StructTreeRoot"]))


def test_it_is_tagged_with_language_and_title(printed: bytes) -> None:
    root: Any = reader(printed).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "es-mx"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    title = "Instituto Electoral de la Ciudad de México: registro del primer trimestre de 2023"
    assert reader(printed).metadata.title == title  # type: ignore[union-attr]


def test_headings_lists_and_figure_are_tags(printed: bytes) -> None:
    kinds = [node.get("/S") for node in tags(printed)]
    # Erratum, record, deadline, integrity; two differences, fifteen columns, how to check; four groups and five objectives.
    assert [kinds.count(kind) for kind in ("/H1", "/H2", "/H3")] == [4, 18, 9]
    # Four groups, the objectives, five groups of lines, the proof.
    assert kinds.count("/L") == 11
    assert kinds.count("/LI") == 30 + 5 + 25 + len(IMPRINT.deadline.proof)  # type: ignore[union-attr]
    figures = [node for node in tags(printed) if node.get("/S") == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == [
        "Código QR con los textos de esta sección: Huella de la llave y Cabeza del libro."
    ]


def test_only_embedded_fonts(printed: bytes) -> None:
    fonts = 0
    for page in reader(printed).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            fonts += 1
    assert fonts


def test_the_text_stands_in_order(printed: bytes, founding: Record) -> None:
    text, at = flat(printed), 0
    wanted = ["Sitio de demostración, no oficial", SEAL, "registro del primer trimestre de 2023", "Edición: 2"]
    wanted += ["Sellado el: lunes 23/11/2026", "Edición 2: fe de erratas", "Motivo: La nota no era la del trimestre"]
    wanted += ["Columna 11: Hipervínculo al Programa", "Antes decía: (vacía)", "Ahora dice: https://demo.mx/p"]
    wanted += ["Columna 15: Nota", "Antes decía: Dice mal", "Ahora dice: Dice bien"]
    for cell in founding.columns:
        wanted += [f"{cell.number}. {cell.name}", *(cell.value or "sin dato en la fuente").split("\n")]
    wanted += ["Plazo de publicación", "lunes 15/05/2023"]
    wanted += [step.text for step in IMPRINT.deadline.proof]  # type: ignore[union-attr]
    wanted += [f"Huella de la llave: {KEY}", "cadena planning (planeación), hecho 57: " + "cd" * 32]
    wanted += [
        "Este código QR guarda los textos de arriba (huella de la llave y cabeza del libro)",
        "Cómo comprobarlo",
        "página «Verificar»",
        "verificador.pyz",
    ]
    wanted += ["la de un PDF que venía dentro de él no prueba nada"]
    text = re.sub(r"IECM·iecm-2023·2023-Q1Página\dde\d" + tight(f"Sitio de demostración, no oficial · {SEAL}"), "", text)
    text = re.sub(r"Objetivo\d(?=\d\.1)", "", text)
    for piece in wanted:
        found = text.find(tight(piece), at)
        assert found >= 0, piece
        at = found + len(tight(piece))


def test_every_page_says_its_number_and_the_notices(printed: bytes) -> None:
    pages = reader(printed).pages
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"Página {number} de {len(pages)}" in text
        assert SEAL in text


def test_the_same_input_gives_the_same_bytes(printed: bytes, founding: Record) -> None:
    assert to_pdf(founding, imprint=IMPRINT) == printed
    later = replace(IMPRINT, sealed_on=date(2026, 11, 24))
    assert to_pdf(founding, imprint=later) != printed


def test_digests_are_printed_and_coded_in_groups_of_four(
    printed: bytes, monkeypatch: pytest.MonkeyPatch, founding: Record
) -> None:
    text = " ".join(" ".join(page.extract_text() for page in reader(printed).pages).split())
    head = "cadena planning (planeación), hecho 57: " + " ".join(["cdcd"] * 16)
    assert GROUPS in text
    assert head in text
    coded: list[str] = []
    make = segno.make

    def noted(content: str, **how: Any) -> segno.QRCode:
        coded.append(content)
        return make(content, **how)

    monkeypatch.setattr(segno, "make", noted)
    assert to_pdf(founding, imprint=IMPRINT) == printed
    # The key comes first: whoever pastes the code's text into the verifier means the key.
    assert coded == [f"Huella de la llave: {GROUPS}\nCabeza del libro: {head}"]


def test_another_chain_is_named_as_it_is() -> None:
    assert str(LedgerHead("people", 3, "ef" * 32)) == "cadena people, hecho 3: " + " ".join(["efef"] * 16)


def test_the_first_edition_is_no_erratum(founding: Record) -> None:
    assert "fedeerratas" not in flat(to_pdf(founding, imprint=replace(IMPRINT, edition=1)))
    assert "fedeerratas" not in flat(to_pdf(founding, imprint=replace(IMPRINT, edition=None)))


def test_an_erratum_that_changes_no_column_says_so(founding: Record) -> None:
    text = flat(to_pdf(founding, imprint=replace(IMPRINT, differences=(), reason=None)))
    assert tight("Esto es lo que cambió: ninguna columna.") in text
    assert "Motivo:" not in text


def test_without_an_imprint_the_period_dates_the_document(founding: Record) -> None:
    data = to_pdf(founding)
    assert "2023-03-31" in str(reader(data).metadata.creation_date)  # type: ignore[union-attr]
    text = flat(data)
    assert "Integridad" not in text
    assert "Plazodepublicación" not in text
    assert "Caracteressintipografía" not in text


HOSTILE = '#panic("x") $a^2$ [b] ] \\ *c* _d_ `e` <f> @g // h /* i */ = j - k + l ~ "m" #read("/etc/passwd")'


def test_markup_in_a_text_is_printed_as_text(plan: Plan) -> None:
    programme = replace(plan.programme, mission=HOSTILE, responsible_area=HOSTILE)
    record = compose(
        plan=Plan("demo-2026", programme, reference=False),
        period=Period(2026),
        captured=Captured(note=HOSTILE, poa_url="https://a.mx/?a=#b"),
    )
    text = flat(to_pdf(record, imprint=Imprint(notices=(HOSTILE,))))
    # Once in each of three cells, once above, and once at the foot of each page.
    pages = len(reader(to_pdf(record, imprint=Imprint(notices=(HOSTILE,)))).pages)
    assert text.count(tight(HOSTILE)) == 4 + pages


def test_markup_in_an_erratum_is_printed_as_text(founding: Record) -> None:
    told = Imprint(edition=3, reason=HOSTILE, differences=(Difference(15, HOSTILE, HOSTILE, f"{HOSTILE}\n{HOSTILE}"),))
    text = flat(to_pdf(founding, imprint=told))
    assert text.count(tight(HOSTILE)) == 5
    assert tight(f"Motivo: {HOSTILE}") in text
    assert tight(f"Antes decía: {HOSTILE}") in text
    assert tight(f"Ahora dice: {HOSTILE}") in text


def test_an_erratum_prints_what_has_no_glyph_by_its_code(founding: Record) -> None:
    told = Imprint(edition=2, reason="Sobra 😀", differences=(Difference(15, "Nota", "日", ""),))
    text = flat(to_pdf(founding, imprint=told))
    assert tight("Motivo: Sobra [U+1F600]") in text
    assert tight("Antes decía: [U+65E5]") in text
    assert tight("Ahora dice: (vacía)") in text


def test_a_character_without_glyph_is_printed_by_its_code(plan: Plan) -> None:
    programme = replace(plan.programme, mission="Día 😀 de 日 y 😀.")
    record = compose(plan=Plan("demo-2026", programme, reference=False), period=Period(2026), captured=Captured())
    text = flat(to_pdf(record))
    assert tight("Día [U+1F600] de [U+65E5] y [U+1F600].") in text
    assert tight("Caracteres sin tipografía") in text
    assert tight("[U+1F600]: GRINNING FACE") in text


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_record_can_be_printed(programmes: st.SearchStrategy[Programme], data: st.DataObject) -> None:
    plan = Plan("demo-2026", data.draw(programmes), reference=False)
    record = compose(plan=plan, period=Period(2026, 3), captured=Captured(note="a\nb"))
    printed = to_pdf(record)
    assert sum(node.get("/S") == "/H2" for node in tags(printed)) == 15
