"""The record as the sheet of the legal portal: written with xlsxwriter, read with calamine.

Layout in docs/spec/record.md: sheet "Reporte de Formatos", headings in row 7, the record in row 8.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import python_calamine

from calpulli_core.formats.columns import Column, Kind, Layout
from calpulli_core.formats.defects import Findings, RecordErrors
from calpulli_core.formats.plain_text import write_day
from calpulli_core.formats.record import Plan, Record
from calpulli_core.formats.record_cells import layout_in, record_from_cells
from calpulli_core.formats.xlsx_guard import safe_workbook

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = "Reporte de Formatos"
TABLE_TITLE = "Tabla Campos"
TITLES = ("TÍTULO", "NOMBRE CORTO", "DESCRIPCIÓN")
TITLE_ROW, TABLE_ROW, HEADING_ROW, FIRST_ROW = 2, 6, 7, 8
# Of the application that opens the sheet, in UTF-16 units.
LONGEST_CELL = 32_767
_WHOLE = (Kind.YEAR, Kind.NUMBER)

_Found = int | float | str | bool | time | date | datetime | timedelta


def to_xlsx(record: Record) -> bytes:
    """The record as a workbook; the same record gives the same bytes.

    Every cell is text, so nothing in it is ever a formula. Raises RecordErrors when a text does not
    fit in a cell.
    """
    import xlsxwriter  # slow to begin, and few who use this package write a sheet

    _refuse_long(record)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    _properties(book, record)
    sheet = book.add_worksheet(SHEET)
    _head(book, sheet, record)
    _table(book, sheet, record)
    book.close()
    return out.getvalue()


def _refuse_long(record: Record) -> None:
    findings = Findings(SHEET, FIRST_ROW)
    for cell in record.columns:
        length = len(cell.value.encode("utf-16-le")) // 2
        if length > LONGEST_CELL:
            rule = f"Una celda de hoja de cálculo admite {LONGEST_CELL} caracteres y hay {length}."
            findings.add(cell.column.place, cell.value, rule, "Use el JSON o el CSV.")
    findings.refuse_if_any()


def _properties(book: Workbook, record: Record) -> None:
    # The creation date is the period's, never the clock's: the bytes must not depend on when.
    created = datetime.combine(record.period.ends_on, time())
    book.set_properties({"title": f"{record.plan} {record.period}", "created": created})


def _head(book: Workbook, sheet: Worksheet, record: Record) -> None:
    """Rows 1 to 6. Ids and type codes of the portal are not known: their rows stay empty."""
    bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    programme = record.programme
    short = f"{record.layout.version} (nombre de este archivo)"
    told = (programme.legal_basis_item, short, programme.legal_basis)
    for position, (title, value) in enumerate(zip(TITLES, told, strict=True)):
        column = 3 * position
        sheet.merge_range(TITLE_ROW - 1, column, TITLE_ROW - 1, column + 2, "", bold)
        sheet.merge_range(TITLE_ROW, column, TITLE_ROW, column + 2, "", plain)
        sheet.write_string(TITLE_ROW - 1, column, title, bold)
        sheet.write_string(TITLE_ROW, column, value, plain)
    sheet.write_string(TABLE_ROW - 1, 0, TABLE_TITLE, bold)


def _table(book: Workbook, sheet: Worksheet, record: Record) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    # "@" keeps a cell text also when a person edits it.
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, cell in enumerate(record.columns):
        sheet.set_column(column, column, cell.column.width)
        sheet.write_string(HEADING_ROW - 1, column, cell.name, heading)
        _write(sheet, column, cell.value, text)
    sheet.freeze_panes(HEADING_ROW, 0)


def _write(sheet: Worksheet, column: int, value: str, text: Format) -> None:
    if value:
        sheet.write_string(FIRST_ROW - 1, column, value, text)
    else:
        sheet.write_blank(FIRST_ROW - 1, column, None, text)


def read_xlsx(data: bytes, *, plan: Plan, file: str | None = None) -> Record:
    """The record in a workbook of this layout; ``plan`` gives what the columns do not carry.

    Cells must be texts, or true dates in the columns of dates, or a whole number where one goes.
    Raises RecordErrors with every defect; a formula is one.
    """
    findings = Findings(file)
    rows = _rows(safe_workbook(data, findings=findings), findings)
    record = _record(rows, plan, Findings(SHEET, None, findings.defects))
    return findings.settled(record)


def _rows(data: bytes, findings: Findings) -> list[list[_Found]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if SHEET in book.sheet_names:
            return book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
        rule = f"Falta la hoja «{SHEET}»; el libro tiene: {', '.join(book.sheet_names)}."
        findings.add(None, "", rule, "Cambie el nombre de la hoja o use la plantilla.")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the reader is not an Exception
        findings.add(None, "", "El archivo no se puede leer como XLSX.", "Guárdelo de nuevo.")
    raise RecordErrors(findings.defects)


def _record(rows: list[list[_Found]], plan: Plan, findings: Findings) -> Record | None:
    padded = [*rows, *([[]] * (HEADING_ROW - len(rows)))]
    if (padded[TABLE_ROW - 1][:1] or [""])[0] != TABLE_TITLE:
        rule = f"La celda A{TABLE_ROW} dice «{TABLE_TITLE}»."
        found = (padded[TABLE_ROW - 1][:1] or [""])[0]
        findings.at(TABLE_ROW).add("columna 1", found, rule, "Use la plantilla del formato.")
    names = [str(name) for name in _trimmed(padded[HEADING_ROW - 1])]
    layout = layout_in(names, findings=findings.at(HEADING_ROW))
    numbered = enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW)
    body = [(number, _trimmed(row)) for number, row in numbered if _trimmed(row)]
    if len(body) != 1:
        rule = f"Debe haber un registro desde la fila {FIRST_ROW} y hay {len(body)}."
        findings.add(None, "", rule, "Deje una sola fila de datos, la del periodo que se informa.")
    records = [_one(row, layout, plan, findings.at(number)) for number, row in body]
    return records[0] if records else None


def _trimmed(row: Sequence[_Found]) -> list[_Found]:
    """The row without the empty cells at its end."""
    last = max((n for n, cell in enumerate(row, start=1) if cell != ""), default=0)
    return list(row[:last])


def _one(row: list[_Found], layout: Layout, plan: Plan, findings: Findings) -> Record | None:
    expected = len(layout.columns)
    if len(row) > expected:
        rule = f"La fila debe tener {expected} celdas y tiene {len(row)}."
        findings.add(None, "", rule, "Quite lo que sobra a la derecha.")
    whole = [*row, *([""] * expected)][:expected]
    values = [_text(cell, column, findings) for cell, column in zip(whole, layout.columns, strict=True)]
    return record_from_cells(values, layout=layout, plan=plan, findings=findings)


def _text(cell: _Found, column: Column, findings: Findings) -> str:
    """The text of a cell; a number or a date only where it can mean one thing."""
    if isinstance(cell, str):
        return cell
    if column.kind in _WHOLE and _is_whole(cell):
        return f"{cell:.0f}"
    if column.kind is Kind.DAY and isinstance(cell, date) and not isinstance(cell, datetime):
        return write_day(cell)
    findings.add(column.place, cell, "La celda no es texto.", "Déle formato de texto.")
    return ""


def _is_whole(cell: _Found) -> bool:
    return isinstance(cell, float | int) and not isinstance(cell, bool) and cell == int(cell)
