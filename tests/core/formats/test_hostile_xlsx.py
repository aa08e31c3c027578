"""Workbooks made to say one thing to the guard and another to the reader of sheets, or to take all the memory."""

import io
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from calpulli_core.formats.defects import Findings, RecordErrors
from calpulli_core.formats.record import Plan, Record
from calpulli_core.formats.record_xlsx import read_xlsx, to_xlsx
from calpulli_core.formats.xlsx_guard import safe_workbook

SHEET = "xl/worksheets/sheet1.xml"
HIDDEN = "xl/worksheets/sheet1.dat"
MEMORY = 3 << 30
Change = Callable[[bytes], bytes]

# Reads the workbook of standard input for the founding plan, as a process that the test can afford to lose.
READER = """
import sys
from pathlib import Path
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme_input import parse_programme
from calpulli_core.formats.record import Plan
from calpulli_core.formats.record_xlsx import read_xlsx
programme = parse_programme(Path(sys.argv[1]).read_bytes(), file="programme.json")
try:
    record = read_xlsx(sys.stdin.buffer.read(), plan=Plan("iecm-2023", programme, True))
    print("READ", record.cell(15).value)
except RecordErrors as errors:
    print("REFUSED", *errors.defects)
"""


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def moved(data: bytes, change: Change, *, place: str = HIDDEN) -> bytes:
    """The workbook with its sheet changed and kept as another part, to which the book's relations lead."""
    parts = parts_of(data)
    parts[place] = change(parts.pop(SHEET))
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", place[3:].encode())
    return packed(parts)


def formula(sheet: bytes) -> bytes:
    cell = b'<c r="O8" t="str"><f>1+1</f><v>VALOR DE FORMULA</v></c>'
    changed = re.sub(rb'<c r="O8"[^>]*?(/>|>.*?</c>)', cell, sheet, flags=re.S)
    assert changed != sheet
    return changed


def far(sheet: bytes) -> bytes:
    return sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>')


def entity(sheet: bytes) -> bytes:
    return sheet.replace(b"<sheetData>", b"<x>&nada;</x><sheetData>", 1)


def comment(sheet: bytes) -> bytes:
    return sheet.replace(b"<sheetData>", b"<!-- -- --><sheetData>", 1)


def read_apart(data: bytes, institutes: Path) -> subprocess.CompletedProcess[bytes]:
    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    command = [sys.executable, "-c", READER, str(institutes / "iecm" / "programme.json")]
    return subprocess.run(command, input=data, capture_output=True, preexec_fn=bounded, check=False)


@pytest.mark.parametrize("place", [HIDDEN, "xl/hoja.bin", SHEET])
@pytest.mark.parametrize("trick", [entity, comment])
@pytest.mark.parametrize("load", [formula, far])
def test_a_sheet_that_only_its_reader_understands(
    founding: Record, institutes: Path, load: Change, trick: Change, place: str
) -> None:
    done = read_apart(moved(to_xlsx(founding), lambda sheet: trick(load(sheet)), place=place), institutes)
    assert done.returncode == 0, done.stderr.decode()[-300:]
    rule = f"La parte «{place}» está dañada" if place == SHEET else f"Una hoja del libro está en «{place[3:]}»"
    assert done.stdout.decode().startswith(f"REFUSED archivo: {rule}")


def test_the_process_apart_does_read_an_honest_workbook(founding: Record, institutes: Path) -> None:
    done = read_apart(to_xlsx(founding), institutes)
    assert done.stdout.decode().startswith("READ"), done.stderr.decode()


def refusal(data: bytes, plan: Plan) -> str:
    with pytest.raises(RecordErrors) as caught:
        read_xlsx(data, plan=plan)
    assert all(defect.remedy for defect in caught.value.defects)
    return " ".join(defect.rule for defect in caught.value.defects)


def test_a_sheet_where_no_sheet_lies_is_refused_although_it_is_well_formed(founding: Record, plan: Plan) -> None:
    assert "«worksheets/sheet1.dat», que no es lugar de una hoja" in refusal(moved(to_xlsx(founding), bytes), plan)


def changed(founding: Record, old: bytes, new: bytes, *, part: str = SHEET) -> bytes:
    parts = parts_of(to_xlsx(founding))
    assert old in parts[part]
    return packed(parts | {part: parts[part].replace(old, new, 1)})


def test_the_extent_that_a_sheet_declares_is_bounded(founding: Record, plan: Plan) -> None:
    sheet = parts_of(to_xlsx(founding))[SHEET]
    (told,) = re.findall(rb'<dimension ref="[^"]*"/>', sheet)
    assert "más allá" in refusal(changed(founding, told, b'<dimension ref="A1:XFD1048576"/>'), plan)


@pytest.mark.parametrize(
    ("part", "before"),
    [(SHEET, b"<worksheet"), ("xl/workbook.xml", b"<workbook"), ("docProps/core.xml", b"<cp:coreProperties")],
)
def test_no_part_brings_a_doctype(founding: Record, plan: Plan, part: str, before: bytes) -> None:
    data = changed(founding, before, b'<!DOCTYPE a [<!ENTITY b "c">]>' + before, part=part)
    assert refusal(data, plan) == f"La parte «{part}» está dañada."


def test_a_part_in_another_encoding_is_refused(founding: Record, plan: Plan) -> None:
    # What is one text in UTF-16 is another, with other marks, for a reader that takes bytes for UTF-8.
    parts = parts_of(to_xlsx(founding))
    other = parts[SHEET].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert "está dañada" in refusal(packed(parts | {SHEET: other}), plan)
    told = changed(founding, b'encoding="UTF-8"', b'encoding="Shift_JIS"')
    assert "está dañada" in refusal(told, plan)


@pytest.mark.parametrize("trick", [entity, comment])
def test_a_part_of_any_name_that_is_xml_must_be_well_formed(founding: Record, plan: Plan, trick: Change) -> None:
    parts = parts_of(to_xlsx(founding))
    data = packed(parts | {"xl/otra.dat": trick(parts[SHEET])})
    assert refusal(data, plan) == "La parte «xl/otra.dat» está dañada."


def test_only_what_a_reader_needs_is_given_to_it(founding: Record) -> None:
    parts = parts_of(to_xlsx(founding))
    strange = {"content.xml": b"<a/>", "mimetype": b"ods", "xl/workbook.bin": b"\x00", "xl/vbaProject.bin": b"\x01"}
    given = parts_of(safe_workbook(packed(parts | strange), findings=Findings()))
    assert sorted(given) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        SHEET,
    ]


def test_a_part_that_is_not_xml_is_no_matter(founding: Record, plan: Plan) -> None:
    parts = parts_of(to_xlsx(founding)) | {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n\x00<"}
    assert read_xlsx(packed(parts), plan=plan) == founding
