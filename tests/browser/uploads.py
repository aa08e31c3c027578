"""Files that a person brings to the site: a good record, and broken ones with many defects each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import xlsxwriter
from PIL import Image

from calpulli_core.formats.columns import LAYOUTS
from tests.core.formats.annual.planting import cells_of_goals

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
    for number, (column, value) in enumerate(zip(LAYOUTS[0].columns, values, strict=True), start=1):
        sheet.write_string(6, number - 1, column.name)
        sheet.write(7, number - 1, BROKEN.get(number, value))
    book.close()
    return out.getvalue()


def hostile_csv(record: bytes) -> bytes:
    """Markup, a word that no line holds, and dates that are none."""
    values = [MARKUP, "9" * 400, f'"{MARKUP}"', *["=cmd()"] * 9, MARKUP, MARKUP, ""]
    quoted = ['"' + value.replace('"', '""') + '"' for value in values]
    header = ",".join(f'"{column.name}"' for column in LAYOUTS[0].columns)
    return f"{header}\r\n{','.join(quoted)}\r\n".encode("utf-8-sig")


def long_json(record: bytes) -> bytes:
    """The record with a note of many screens."""
    told = json.loads(record)
    told["columns"][14] |= {"value": ("Palabras de una nota larga. " * 140).strip(), "mark": None}
    return json.dumps(told, ensure_ascii=False).encode()


def good_json(record: bytes) -> bytes:
    return record


def paper(record: bytes) -> bytes:
    """A PDF written by hand, always the same bytes: its address is in states.toml."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + end


def picture(record: bytes) -> bytes:
    """A photograph of nothing, in two colours."""
    image = Image.new("RGB", (640, 480), (11, 107, 87))
    image.paste((138, 90, 0), (320, 0, 640, 480))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def drawing(record: bytes) -> bytes:
    """A drawing that would run."""
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = 1</script></svg>'


FILES: dict[str, Upload] = {
    "poa.pdf": paper,
    "foto.jpg": picture,
    "dibujo.png": drawing,
    "broken.xlsx": broken_xlsx,
    "hostile.csv": hostile_csv,
    "long.json": long_json,
    "good.json": good_json,
    "poa_broken.xlsx": lambda record: cells_of_goals(),
}
