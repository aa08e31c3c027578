"""Files that a person brings to the site: a good record, and broken ones with many defects each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import xlsxwriter

from calpulli_core.formats.columns import RECORD_LAYOUT

Upload = Callable[[bytes], bytes]
MARKUP = '<img src=x onerror="document.title=1">'
# By column: a text where a date goes, a formula, blanks where the law asks for words, a date that does not exist.
BROKEN = {1: "dos mil", 2: "2023-01-01", 3: "31/02/2023", 4: "=1+1", 6: "", 7: "", 12: "", 13: "ayer", 14: "40/40/2023"}


def broken_xlsx(record: bytes) -> bytes:
    """The record as a sheet with a defect in each column of `BROKEN`; `record` is a record's JSON."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Reporte de Formatos")
    sheet.write_string(5, 0, "Tabla Campos")
    values = [column["value"] for column in json.loads(record)["columns"]]
    for number, (column, value) in enumerate(zip(RECORD_LAYOUT.columns, values, strict=True), start=1):
        sheet.write_string(6, number - 1, column.name)
        sheet.write(7, number - 1, BROKEN.get(number, value))
    book.close()
    return out.getvalue()


def hostile_csv(record: bytes) -> bytes:
    """Markup, a word that no line holds, and dates that are none."""
    values = [MARKUP, "9" * 400, f'"{MARKUP}"', *["=cmd()"] * 9, MARKUP, MARKUP, ""]
    quoted = ['"' + value.replace('"', '""') + '"' for value in values]
    header = ",".join(f'"{column.name}"' for column in RECORD_LAYOUT.columns)
    return f"{header}\r\n{','.join(quoted)}\r\n".encode("utf-8-sig")


def long_json(record: bytes) -> bytes:
    """The record with a note of many screens."""
    told = json.loads(record)
    told["columns"][14] |= {"value": ("Palabras de una nota larga. " * 140).strip(), "mark": None}
    return json.dumps(told, ensure_ascii=False).encode()


def good_json(record: bytes) -> bytes:
    return record


FILES: dict[str, Upload] = {
    "broken.xlsx": broken_xlsx,
    "hostile.csv": hostile_csv,
    "long.json": long_json,
    "good.json": good_json,
}
