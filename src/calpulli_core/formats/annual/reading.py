"""Reads the files of the annual programme, XLSX or CSV, all together: what they say, or everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import PurePath

from calpulli_core.formats.defects import Defect, RecordErrors
from calpulli_core.formats.sheets.declared import Table
from calpulli_core.formats.sheets.findings import Fault, Faults
from calpulli_core.formats.sheets.from_csv import grid_of_csv
from calpulli_core.formats.sheets.from_xlsx import grids_of_xlsx
from calpulli_core.formats.sheets.grids import Grid
from calpulli_core.formats.sheets.headings import headings_of, resemblance
from calpulli_core.formats.sheets.keys import meant
from calpulli_core.formats.sheets.reading import UNREAD, Read, read_table

from .assembling import assemble
from .budget_checks import check_budget
from .known import picture
from .programme_checks import check_programme
from .rows import AnnualFile
from .tables import BUDGET, TABLES, is_guide

_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it came; its name only names it in the defects."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the files say, and what is worth a look before it is taken."""

    file: AnnualFile
    warnings: tuple[Fault, ...]


Before = Callable[[int], AnnualFile | None]


def read_files(files: Sequence[Brought], *, before: Before = lambda year: None) -> Outcome:
    """The tables that came, checked against each other and, where some did not come, against what was there.

    `before`: what there is of the programme of a year, if there is one. Raises RecordErrors with every defect of every file.
    """
    faults = Faults()
    reads: dict[str, Read] = {}
    for grid, table in _tables(files, faults):
        own = faults.of(table.sheet)
        read = read_table(grid, table, own, among=TABLES)
        if not read.rows:
            own.warn(None, None, "", "empty_sheet")
        elif table.key in reads:
            own.add(None, None, "", "twice", sheet=table.sheet)
        else:
            reads[table.key] = read
    if not reads and not faults.defects:
        faults.add(None, None, "", "no_rows")
    year = _year(reads)
    _check(reads, before(year) if year is not None else None, faults)
    faults.defects.sort(key=_place)
    faults.refuse_if_any()
    return Outcome(assemble(reads, year), tuple(sorted(faults.warnings, key=lambda one: (_place(one), one.row or 0))))


def _place(fault: Fault) -> int:
    """What is said of the file and of its other sheets comes first; then the tables in their order."""
    return next((place for place, table in enumerate(TABLES) if table.sheet == fault.sheet), -1)


def _tables(files: Sequence[Brought], faults: Faults) -> list[tuple[Grid, Table]]:
    found: list[tuple[Grid, Table]] = []
    for file in files:
        own = Faults(PurePath(file.name).name)
        with suppress(RecordErrors):  # all that it holds is in `own`
            found += _of_book(file, own) if file.content.startswith(_ZIP) else _of_csv(file.content, own)
        faults.defects += own.defects
    return found


def _as_fault(defect: Defect) -> Fault:
    return Fault(defect.sheet, defect.row, defect.column, defect.value, defect.rule, defect.remedy, "workbook")


def _of_book(file: Brought, faults: Faults) -> list[tuple[Grid, Table]]:
    by_sheet = {table.sheet: table for table in TABLES}
    found = []
    for grid in _grids(file, faults):
        name = grid.name or ""
        if is_guide(name) or grid.is_empty:
            continue
        if grid.hidden:
            faults.of(name).add(None, None, "", "hidden_sheet")
        elif name not in by_sheet:
            near = get_close_matches(name, by_sheet, 1)
            faults.of(name).add(None, None, "", "unknown_sheet", near=meant(near))
        if name in by_sheet:
            found.append((grid, by_sheet[name]))
    if not found and not faults.defects:
        faults.add(None, None, "", "no_sheet", expected=", ".join(by_sheet))
    return found


def _grids(file: Brought, faults: Faults) -> list[Grid]:
    try:
        return grids_of_xlsx(file.content, file=faults.sheet)
    except RecordErrors as errors:
        faults.defects += map(_as_fault, errors.defects)
        raise


def _of_csv(content: bytes, faults: Faults) -> list[tuple[Grid, Table]]:
    """The one table of a CSV: the one with most of its headings."""
    grid = grid_of_csv(content, faults)
    headings = headings_of(grid)
    table = max(TABLES, key=lambda one: (resemblance(headings, one), -abs(len(one.columns) - len(headings))))
    if resemblance(headings, table) * 2 < len(table.columns):
        expected = "; ".join(f"{one.sheet} ({', '.join(one.headings[:3])}…)" for one in TABLES)
        faults.add(1, None, ", ".join(headings)[:200], "unknown_table", expected=expected)
        return []
    return [(grid, table)]


def _check(reads: dict[str, Read], before: AnnualFile | None, faults: Faults) -> None:
    year = _year(reads)
    for read in reads.values():
        if "year" in read.table.places:
            for row, told in read.column("year"):
                if told is not UNREAD and told is not None and told != year:
                    faults.of(read.table.sheet).add(row, read.place("year"), told, "years", year=year)
    seen = picture(reads, before)
    check_programme(reads, seen, before, faults)
    if BUDGET.key in reads:
        check_budget(reads[BUDGET.key], seen, faults.of(BUDGET.sheet))


def _year(reads: dict[str, Read]) -> int | None:
    """The first one that is told, or that of the first day."""
    for read in reads.values():
        for _, told in read.column("year" if "year" in read.table.places else "on"):
            if isinstance(told, int | date):
                return told.year if isinstance(told, date) else told
    return None
