"""The table of a CSV that strangers hand in: UTF-8 and commas, said and never guessed."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from .findings import Faults
from .from_xlsx import BOUNDS, MIB
from .grids import Grid

_OTHER_SIGNS = {";": ";", "\t": "tabulador", "|": "|"}


def grid_of_csv(data: bytes, faults: Faults) -> Grid:
    """The rows as they stand, the empty ones too, numbered as a sheet would; raises RecordErrors for what cannot be read.

    A byte order mark and any end of line are let pass.
    """
    text = _decoded(data, faults)
    _refuse_other_signs(text, faults)
    return Grid(name=None, rows=_rows(text, faults), lengths=True)


def _decoded(data: bytes, faults: Faults) -> str:
    if len(data) > BOUNDS.packed:
        faults.add(None, None, "", "too_heavy", most=BOUNDS.packed // MIB)
    elif data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        faults.add(None, None, "", "utf16")
    elif b"\0" in data:
        faults.add(None, None, "", "not_a_table")
    faults.refuse_if_any()
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        _tell_encoding(data, faults)
        faults.refuse_if_any()
        raise


def _tell_encoding(data: bytes, faults: Faults) -> None:
    """The first row that is not UTF-8, as it would read in the code of western Windows."""
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            faults.add(number, None, line[:200].decode("cp1252", "replace"), "cp1252")
            return


def _refuse_other_signs(text: str, faults: Faults) -> None:
    first = text.partition("\n")[0]
    if not text.strip():
        faults.add(None, None, "", "empty_file")
    elif "," not in first:
        for sign, word in _OTHER_SIGNS.items():
            if sign in first:
                faults.add(1, None, first.strip()[:200], "separator", sign=word)
                break
    faults.refuse_if_any()


def _rows(text: str, faults: Faults) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > BOUNDS.rows:
                faults.add(None, None, "", "too_many_rows", most=BOUNDS.rows)
                break
    except csv.Error:
        faults.add(len(rows) + 1, None, "", "quotes")
    faults.refuse_if_any()
    return rows
