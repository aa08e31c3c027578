"""Workbooks made to take all the memory, to lead elsewhere, or to hide: refused or harmless, in little time."""

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest

from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.sheets.from_xlsx import BOUNDS
from tests.core.formats.annual.planting import BUDGET, book, clean, csv, zipped

SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[dict[str, bytes]], None]


def spoiled(change: Change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book(clean()))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    change(parts)
    return zipped(parts)


def bomb(parts: dict[str, bytes]) -> None:
    parts["xl/media/image1.bin"] = b"\0" * (BOUNDS.unpacked + 1)


def far_cell(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def vast_extent(parts: dict[str, bytes]) -> None:
    parts[SHEET] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', parts[SHEET])


def far_merge(parts: dict[str, bytes]) -> None:
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b"</sheetData>" + merge)


def entities(parts: dict[str, bytes]) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts[SHEET] = parts[SHEET].replace(b"<worksheet", laughs + b"<worksheet", 1)


def many_cells(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b"<row>" + b"<c/>" * 61 + b"</row></sheetData>")


def outside(parts: dict[str, bytes]) -> None:
    link = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Type="x/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = link
    parts["xl/externalLinks/externalLink1.xml"] = b'<?xml version="1.0"?><externalLink/>'


def elsewhere(parts: dict[str, bytes]) -> None:
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"/xl/worksheets/sheet1.xml", b"file:///etc/passwd")
    parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"../../etc/passwd")


REFUSED: list[tuple[Change, str]] = [
    (bomb, "demasiado"),
    (far_cell, "más allá de la fila 100000 o de la columna 60"),
    (vast_extent, "más allá de la fila"),
    (entities, "está dañada"),
    (many_cells, "más allá de la fila"),
    (elsewhere, "no es lugar de una hoja"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED, ids=lambda told: getattr(told, "__name__", ""))
def test_hostile_books_are_refused_soon(change: Change, words: str) -> None:
    data = spoiled(change)
    began = time.process_time()
    with pytest.raises(RecordErrors, match=words):
        read_files([Brought("libro.xlsx", data)])
    assert time.process_time() - began < 5


def test_a_merge_of_the_whole_sheet_is_only_a_merged_heading() -> None:
    with pytest.raises(RecordErrors, match="celdas combinadas"):
        read_files([Brought("libro.xlsx", spoiled(far_merge))])


def test_links_to_elsewhere_are_never_followed() -> None:
    assert read_files([Brought("libro.xlsx", spoiled(outside))]).file.programmes


def test_a_link_in_a_formula_is_told_and_not_followed() -> None:
    sheets = clean()
    sheets["Metas"][1][0][3] = "=[1]Hoja1!A1"
    with pytest.raises(RecordErrors, match="es una fórmula"):
        read_files([Brought("libro.xlsx", book(sheets))])


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500, b"\0", b"\xff\xfe", b'"', b",\n" * 9, b"\x80"])
def test_rubbish_is_told(data: bytes) -> None:
    with pytest.raises(RecordErrors):
        read_files([Brought("nada", data)])


def test_a_file_too_heavy_or_too_long_is_refused() -> None:
    with pytest.raises(RecordErrors, match="pesa más de 8 MiB"):
        read_files([Brought("b.csv", b"x" * (BOUNDS.packed + 1))])
    with pytest.raises(RecordErrors, match="pesa más de 8 MiB"):
        read_files([Brought("b.xlsx", b"PK\x03\x04" + b"x" * BOUNDS.packed)])
    row = "2027,area-1,P01,A-01,01,3361,Enero,Aprobado,D-1,100"
    with pytest.raises(RecordErrors, match="Se admiten 100000 filas"):
        read_files([Brought("b.csv", csv(BUDGET, *[row] * 100_000).encode())])
