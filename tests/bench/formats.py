"""The record as sheet and as print: the founding record, the longest that there is."""

from __future__ import annotations

import io
from functools import cache

import openpyxl

from calpulli_core.formats.record_pdf import to_pdf
from calpulli_core.formats.record_xlsx import read_xlsx, to_xlsx
from tests.bench.founding import founding_plan, founding_record
from tests.bench.measure import Figures, Measure, compared, here
from tests.bench.stage import Stage

TIMES = 10
Cells = list[tuple[int, int, str]]


@cache
def _cells() -> Cells:
    """Every cell of our sheet that says something: row, column, text."""
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(founding_record()))).worksheets[0]
    return [(cell.row, cell.column, cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def _write_with_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    for row, column, value in _cells():
        book.worksheets[0].cell(row, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read_with_openpyxl(data: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def _write(stage: Stage) -> Figures:
    record = founding_record()
    assert len(_cells()) > 25
    ours, peer = here(lambda: to_xlsx(record), times=TIMES), here(_write_with_openpyxl, times=TIMES)
    return compared(ours, peer, rounds=stage.rounds(7), units=TIMES, scale=1e3)


def _read(stage: Stage) -> Figures:
    data, plan = to_xlsx(founding_record()), founding_plan()
    assert read_xlsx(data, plan=plan) == founding_record()
    ours, peer = here(lambda: read_xlsx(data, plan=plan), times=TIMES), here(lambda: _read_with_openpyxl(data), times=TIMES)
    return compared(ours, peer, rounds=stage.rounds(7), units=TIMES, scale=1e3)


def _print(stage: Stage) -> Figures:
    record = founding_record()
    return compared(here(lambda: to_pdf(record)), rounds=stage.rounds(7), scale=1e3)


MEASURES: list[Measure[Stage]] = [
    # Ours also sets widths, formats and merged cells, which the peer does not; it must still not cost more. Twice what
    # was seen.
    Measure(
        id="formats.xlsx.write",
        what="Registro fundador a XLSX; par: openpyxl con las mismas celdas",
        unit="ms CPU",
        limit=1.0,
        take=_write,
    ),
    # Ours also inspects the file against hostile content and checks all 15 columns. Twice what was seen.
    Measure(
        id="formats.xlsx.read",
        what="Registro fundador desde XLSX, con todas sus comprobaciones; par: openpyxl read_only, sin ninguna",
        unit="ms CPU",
        limit=2.0,
        take=_read,
    ),
    # Made on request by a public address: five a second then fill a core, and 22 pages of this kind cost 230 ms.
    Measure(id="formats.pdf", what="Registro fundador a PDF etiquetado (PDF/UA-1)", unit="ms CPU", limit=200.0, take=_print),
]
