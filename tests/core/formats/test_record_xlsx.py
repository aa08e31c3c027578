"""The sheet of the legal portal: read by an independent reader, broken by an independent writer."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.defects import Defect, RecordErrors
from calpulli_core.formats.programme import Programme
from calpulli_core.formats.record import Plan, Record, compose
from calpulli_core.formats.record_xlsx import read_xlsx, to_xlsx

Edit = Callable[[Any], None]


def edited(data: bytes, edit: Edit) -> bytes:
    """The workbook after somebody changed its sheet with another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book["Reporte de Formatos"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(data: bytes, plan: Plan) -> tuple[Defect, ...]:
    with pytest.raises(RecordErrors) as caught:
        read_xlsx(data, plan=plan, file="registro.xlsx")
    assert all(defect.rule and defect.remedy for defect in caught.value.defects)
    return caught.value.defects


def test_the_layout_of_the_sheet(founding: Record) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(founding)))
    assert book.sheetnames == ["Reporte de Formatos"]
    sheet = book["Reporte de Formatos"]
    assert [sheet.cell(2, column).value for column in (1, 4, 7)] == [
        "TÍTULO",
        "NOMBRE CORTO",
        "DESCRIPCIÓN",
    ]
    assert sheet["A3"].value == "b) Los Programas Operativos Anuales y/o Programas de Trabajo"
    assert sheet["G3"].value.startswith("Artículo 121, fracción XXII de la Ley de Transparencia")
    assert sheet["A6"].value == "Tabla Campos"
    assert [cell.value for cell in sheet[7]] == [cell.name for cell in founding.columns]
    assert [cell.value or "" for cell in sheet[8]] == list(founding.values)
    assert sheet.max_row == 8


def test_ids_that_nobody_told_us_are_not_invented(founding: Record) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(founding)))["Reporte de Formatos"]
    for row in (1, 4, 5):
        assert all(cell.value is None for cell in sheet[row])
    assert sheet["D3"].value == "121-XXII-b/1 (nombre de este archivo)"


def test_the_same_record_gives_the_same_bytes(founding: Record) -> None:
    data = to_xlsx(founding)
    assert data == to_xlsx(founding)
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.created == datetime(2023, 3, 31)  # noqa: DTZ001 - a sheet knows no zones
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://a.mx"])
def test_a_text_is_never_a_formula_nor_changed(plan: Plan, text: str) -> None:
    hostile = Plan("demo-2026", replace(plan.programme, mission=text, note=text), reference=False)
    record = compose(plan=hostile, period=Period(2026, 1), captured=Captured(note=text))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(record)))["Reporte de Formatos"]
    for column in (6, 11, 15):
        cell = sheet.cell(8, column)
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
        assert cell.hyperlink is None


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_record_reads_back(programmes: st.SearchStrategy[Programme], plan: Plan, data: st.DataObject) -> None:
    programme = data.draw(programmes)
    own = Plan("demo-2026", programme, data.draw(st.booleans()))
    captured = Captured(note=data.draw(st.sampled_from(["", "=nota", "dos\nrenglones"])))
    record = compose(plan=own, period=Period(2026), captured=captured)
    base = replace(programme, mission="otra", objectives=plan.programme.objectives)
    assert read_xlsx(to_xlsx(record), plan=replace(own, programme=base)) == record


def test_saved_again_by_another_program_it_is_the_same_record(founding: Record, plan: Plan) -> None:
    assert read_xlsx(edited(to_xlsx(founding), lambda sheet: None), plan=plan) == founding


def test_true_dates_and_a_year_as_number_are_understood(founding: Record, plan: Plan) -> None:
    def edit(sheet: Any) -> None:
        sheet["A8"] = 2023
        sheet["B8"] = date(2023, 1, 1)
        sheet["N8"] = date(2023, 4, 25)
        for cell in ("B8", "N8"):
            sheet[cell].number_format = "dd/mm/yyyy"

    assert read_xlsx(edited(to_xlsx(founding), edit), plan=plan) == founding


def test_a_text_beyond_the_size_of_a_cell_is_told_not_dropped(plan: Plan) -> None:
    # 16,384 characters outside the basic plane are 32,768 units: one too many.
    for text, fits in (("\U0001f600" * 16_383, True), ("\U0001f600" * 16_384, False)):
        long = Plan("demo-2026", replace(plan.programme, note=text), reference=False)
        record = compose(plan=long, period=Period(2026), captured=Captured())
        if fits:
            sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(record)))["Reporte de Formatos"]
            assert sheet["K8"].value == text
        else:
            with pytest.raises(RecordErrors, match=r"columna 11 .*admite 32767 caracteres y hay 32768"):
                to_xlsx(record)


def test_a_broken_sheet_lists_all_its_errors_at_once(founding: Record, plan: Plan) -> None:
    def spoil(sheet: Any) -> None:
        sheet["A6"] = "Tabla"
        sheet["F7"] = "Mision"
        sheet["A8"] = 2023.5
        sheet["C8"] = "31-03-2023"
        sheet["D8"] = "portal"
        sheet["G8"] = True
        sheet["H8"] = sheet["H8"].value.replace("AMENAZAS", "RIESGOS")
        sheet["J8"] = sheet["J8"].value.replace("\n2.4 ", "\n2.9 ")
        sheet["M8"] = datetime(2023, 3, 31, 10, 30)  # noqa: DTZ001 - a sheet knows no zones
        sheet["N8"] = "24/04/23"
        sheet["P8"] = "sobra"

    found = refused(edited(to_xlsx(founding), spoil), plan)
    assert {defect.sheet for defect in found} == {"Reporte de Formatos"}
    assert [(defect.row, (defect.column or "-").split(" (")[0]) for defect in found] == [
        (6, "columna 1"),
        (7, "columna 6"),
        (8, "-"),
        (8, "columna 1"),
        (8, "columna 1"),
        (8, "columna 3"),
        (8, "columna 4"),
        (8, "columna 7"),
        (8, "columna 7"),
        (8, "columna 8"),
        (8, "columna 8"),
        (8, "columna 10"),
        (8, "columna 13"),
        (8, "columna 14"),
    ]


def test_formulas_and_errors_are_named_by_cell(founding: Record, plan: Plan) -> None:
    def spoil(sheet: Any) -> None:
        sheet["F8"] = '="Mi"&"sión"'
        sheet["O8"] = "#N/A"

    found = refused(edited(to_xlsx(founding), spoil), plan)
    assert [defect.column for defect in found][:2] == ["celda F8", "celda O8"]


def test_another_sheet_name(founding: Record, plan: Plan) -> None:
    def rename(sheet: Any) -> None:
        sheet.title = "Hoja1"

    (found,) = refused(edited(to_xlsx(founding), rename), plan)
    assert found.rule == "Falta la hoja «Reporte de Formatos»; el libro tiene: Hoja1."


def test_no_row_and_two_rows(founding: Record, plan: Plan) -> None:
    def twice(sheet: Any) -> None:
        for cell in sheet[8]:
            sheet.cell(9, cell.column, cell.value)

    (two,) = refused(edited(to_xlsx(founding), twice), plan)
    assert "hay 2" in two.rule
    (none,) = refused(edited(to_xlsx(founding), lambda sheet: sheet.delete_rows(8)), plan)
    assert "hay 0" in none.rule


def test_a_cell_in_the_last_corner_does_not_take_the_memory(founding: Record, plan: Plan) -> None:
    def corner(sheet: Any) -> None:
        sheet["XFD1048576"] = "lejos"

    (found,) = refused(edited(to_xlsx(founding), corner), plan)
    assert "más allá de la fila 2000 o de la columna 200" in found.rule


def rezipped(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def test_cells_without_reference_are_counted_too(founding: Record, plan: Plan) -> None:
    def wide(content: bytes) -> bytes:
        row = b"<row>" + b"<c/>" * 201 + b"</row></sheetData>"
        return content.replace(b"</sheetData>", row)

    data = rezipped(to_xlsx(founding), "xl/worksheets/sheet1.xml", wide)
    (found,) = refused(data, plan)
    assert "más allá" in found.rule


def test_a_bomb_is_refused_before_it_is_opened(founding: Record, plan: Plan) -> None:
    data = rezipped(to_xlsx(founding), "xl/styles.xml", lambda _: bytes(21 * 1024 * 1024))
    (found,) = refused(data, plan)
    assert "es demasiado" in found.rule


def test_a_damaged_part_is_named(founding: Record, plan: Plan) -> None:
    data = rezipped(to_xlsx(founding), "xl/worksheets/sheet1.xml", lambda content: content[:-40])
    assert refused(data, plan)[0].rule == "La parte «xl/worksheets/sheet1.xml» está dañada."


@pytest.mark.parametrize("data", [b"", b"hola", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_not_a_workbook(data: bytes, plan: Plan) -> None:
    (found,) = refused(data, plan)
    assert "XLSX" in found.rule


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_damaged_workbooks_are_refused_or_read_never_a_crash(founding: Record, plan: Plan, data: st.DataObject) -> None:
    broken = bytearray(to_xlsx(founding))
    for _ in range(data.draw(st.integers(1, 5))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RecordErrors):
        assert len(read_xlsx(bytes(broken), plan=plan).columns) == 15


def test_a_part_without_a_name_is_refused_in_words(plan: Plan) -> None:
    """As a damaged directory of the archive gives it: what follows a zero byte is no name."""
    made, nameless = io.BytesIO(), zipfile.ZipInfo("a")
    nameless.filename = "\0a"
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr(nameless, "x")
    with zipfile.ZipFile(io.BytesIO(made.getvalue())) as book:
        assert "" in book.namelist()
    with pytest.raises(RecordErrors):
        read_xlsx(made.getvalue(), plan=plan, file="registro.xlsx")
