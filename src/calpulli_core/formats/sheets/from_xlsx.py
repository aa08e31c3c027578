"""The sheets of a workbook that strangers hand in: looked at by the guard first, then read with calamine."""

from __future__ import annotations

import io
import re

import python_calamine

from calpulli_core.formats.defects import Findings, RecordErrors
from calpulli_core.formats.xlsx_guard import Bounds, Marks, safe_workbook

from .grids import Grid, Spot

MIB = 1024 * 1024
# A year of the budget of an institute, some times over; the guard takes a few seconds to look at so much.
BOUNDS = Bounds(packed=8 * MIB, unpacked=96 * MIB, elements=4_000_000, rows=100_000, columns=60)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def grids_of_xlsx(data: bytes, *, file: str | None) -> list[Grid]:
    """Every sheet of the book, in its order. Raises RecordErrors for a book that cannot be read or must not be opened."""
    findings, marks = Findings(file), Marks()
    safe = safe_workbook(data, findings=findings, bounds=BOUNDS, marks=marks)
    findings.refuse_if_any()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(safe))
        return [_grid(book, sheet, marks) for sheet in book.sheets_metadata if _has_cells(sheet)]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is not an Exception
        findings.add(None, "", "El archivo no se puede leer como XLSX.", "Guárdelo de nuevo como «Libro de Excel (.xlsx)».")
        raise RecordErrors(findings.defects) from error


def _has_cells(sheet: python_calamine.SheetMetadata) -> bool:
    return sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _grid(book: python_calamine.CalamineWorkbook, sheet: python_calamine.SheetMetadata, marks: Marks) -> Grid:
    found = book.get_sheet_by_name(sheet.name)
    computed = marks.computed.get(marks.sheets.get(sheet.name, ""), {})
    return Grid(
        name=sheet.name,
        rows=found.to_python(skip_empty_area=False),
        computed={_spot(reference): text.strip() for reference, text in computed.items()},
        merged=tuple(((top + 1, left), (bottom + 1, right)) for (top, left), (bottom, right) in found.merged_cell_ranges or ()),
        hidden=sheet.visible != python_calamine.SheetVisibleEnum.Visible,
    )


def _spot(reference: str) -> Spot:
    """The spot of "B3"; of a cell that does not tell where it is, the first one."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return 1, 0
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)), column - 1
