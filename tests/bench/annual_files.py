"""The files of the annual programme as somebody brings them: a year of the budget in 50,000 rows, skewed, with ties and gaps."""

from __future__ import annotations

import csv
import io
import random
from functools import cache

import xlsxwriter

from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.annual.tables import BUDGET
from calpulli_core.formats.annual.words import MONTHS
from calpulli_core.formats.defects import RecordErrors
from tests.bench.measure import BrokenMeasure, Figures, Measure, compared, here
from tests.bench.stage import Stage

ROWS = 50_000
MOMENTS = ("Aprobado", "Comprometido", "Devengado", "Ejercido", "Pagado")
Row = list[str | int | float]


@cache
def _rows() -> list[Row]:
    """A few activities have most of the rows; months have gaps; amounts go from cents to millions."""
    dice = random.Random(20_230_515)
    return [_row(dice, place) for place in range(ROWS)]


def _row(dice: random.Random, place: int) -> Row:
    activity = min(int(dice.paretovariate(0.7)), 300)
    purse = [2027, f"area-{activity % 60}", f"P{activity % 20:02d}", f"A-{activity:03d}", f"{activity % 4:02d}"]
    partida, month, moment = dice.randrange(1_000, 6_000), MONTHS[dice.randrange(12)], MOMENTS[dice.randrange(5)]
    return [*purse, f"{partida:04d}", month, moment, f"DOC-{place}", round(dice.paretovariate(0.6) % 10**9 + 0.01, 2)]


@cache
def _xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(BUDGET.sheet)
    sheet.write_row(0, 0, BUDGET.headings)
    for number, row in enumerate(_rows(), start=1):
        for column, cell in enumerate(row):
            (sheet.write_string if isinstance(cell, str) else sheet.write_number)(number, column, cell)
    book.close()
    return out.getvalue()


@cache
def _csv(*, spoiled: bool = False) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(BUDGET.headings)
    for row in _rows():
        writer.writerow([*row[:5], str(row[5])[1:], *row[6:9], f"$ {row[9]:,.2f}"] if spoiled else [*row[:9], f"{row[9]:.2f}"])
    return out.getvalue().encode()


def _read(name: str, data: bytes) -> None:
    found = read_files([Brought(name, data)])
    if len(found.file.budget or ()) != ROWS:
        raise BrokenMeasure("no leyó todas las filas")


def _refuse(data: bytes) -> None:
    try:
        read_files([Brought("b.csv", data)])
    except RecordErrors as errors:
        if len(errors.defects) == 2 * ROWS:
            return
    raise BrokenMeasure("no dijo todos los defectos")


def _from_xlsx(stage: Stage) -> Figures:
    data = _xlsx()
    return compared(here(lambda: _read("b.xlsx", data)), rounds=stage.rounds(3))


def _from_csv(stage: Stage) -> Figures:
    data = _csv()
    return compared(here(lambda: _read("b.csv", data)), rounds=stage.rounds(3))


def _all_wrong(stage: Stage) -> Figures:
    data = _csv(spoiled=True)
    return compared(here(lambda: _refuse(data)), rounds=stage.rounds(3))


MEASURES: list[Measure[Stage]] = [
    # What a person waits for with the page before her: read, guarded, checked row by row and against each other.
    Measure(
        id="annual.xlsx.50000",
        what="50,000 filas de presupuesto desde XLSX, revisadas",
        unit="s CPU",
        limit=10.0,
        take=_from_xlsx,
    ),
    Measure(
        id="annual.csv.50000", what="50,000 filas de presupuesto desde CSV, revisadas", unit="s CPU", limit=10.0, take=_from_csv
    ),
    Measure(
        id="annual.wrong.50000",
        what="50,000 filas con dos defectos cada una: los 100,000 dichos",
        unit="s CPU",
        limit=10.0,
        take=_all_wrong,
    ),
]
