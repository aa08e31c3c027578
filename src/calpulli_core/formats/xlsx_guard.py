"""Looks into a workbook before it is read: size, extent, formulas.

A reader of sheets holds a dense table in memory, so one cell in the last corner of a hostile file
would take all of it; and a formula's cached value is not something that a person wrote.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from calpulli_core.formats.defects import Findings
from calpulli_core.formats.json_input import MOST_BYTES

MOST_ROWS, MOST_COLUMNS = 2_000, 200
_MOST_UNPACKED = 20 * 1024 * 1024
_MOST_PARTS = 500
_MOST_ELEMENTS = 1_000_000
_REFERENCE = re.compile(r"([A-Z]{0,3})([0-9]{1,7})")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
_Parts = dict[str, bytes]


def safe_workbook(data: bytes, *, findings: Findings) -> bytes:
    """The same workbook packed anew from the parts that were inspected.

    Packed anew, because another unpacker may not see in a hostile zip what this one saw. Notes
    formulas and errors in cells; raises RecordErrors for what must not even be opened.
    """
    parts = _parts(data, findings)
    findings.refuse_if_any()
    for name, content in parts.items():
        if not _inspect(name, content, findings):
            findings.refuse_if_any()
    return _packed(parts)


def _parts(data: bytes, findings: Findings) -> _Parts:
    if len(data) > MOST_BYTES:
        rule = f"El archivo pesa más de {MOST_BYTES // 1024 // 1024} MiB."
        findings.add(None, "", rule, "Quite imágenes y hojas que no son del formato.")
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return _unpacked(book, findings)
    except _BROKEN:
        remedy = "Ábralo y guárdelo como «Libro de Excel (.xlsx)», sin contraseña."
        findings.add(None, "", "El archivo no es un libro XLSX.", remedy)
        return {}


def _unpacked(book: zipfile.ZipFile, findings: Findings) -> _Parts:
    entries = [entry for entry in book.infolist() if not entry.is_dir()]
    size = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_PARTS or size > _MOST_UNPACKED:
        rule = f"El libro abierto ocupa {size} bytes en {len(entries)} partes: es demasiado."
        findings.add(None, "", rule, "Quite imágenes y hojas que no son del formato.")
        return {}
    if len({entry.filename for entry in entries}) < len(entries):
        raise zipfile.BadZipFile("repeated name")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise zipfile.BadZipFile("unusual compression")
    return {entry.filename: book.read(entry) for entry in entries}


def _packed(parts: _Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def _inspect(name: str, content: bytes, findings: Findings) -> bool:
    """Read one part as XML; False when the workbook must not be opened."""
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    try:
        parser.Parse(content, True)
    except _TooFarError:
        rule = f"Hay celdas más allá de la fila {MOST_ROWS} o de la columna {MOST_COLUMNS}."
        remedy = "Borre las filas y columnas vacías que tienen formato."
        findings.add(None, "", rule, remedy)
        return False
    except expat.ExpatError:
        if name.endswith((".xml", ".rels")):
            findings.add(None, "", f"La parte «{name}» está dañada.", "Guárdelo de nuevo.")
    for reference in scan.computed:
        rule = "La celda es una fórmula o un error, no un texto."
        findings.add(f"celda {reference}", "", rule, "Copie la celda y péguela como valor.")
    return True


class _TooFarError(Exception):
    """A cell beyond the admitted extent."""


class _Scan:
    """Follows the cells of a sheet: how far they go and which are computed."""

    def __init__(self) -> None:
        self.computed: dict[str, None] = {}
        self._latest = "?"
        self._elements = self._rows = self._cells = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Take one element; raises _TooFarError as soon as the extent is passed."""
        kind = element.rpartition(":")[2]
        self._count(kind)
        if kind in ("row", "c") and "r" in attributes:
            self._reach(attributes["r"])
        if kind == "f" or (kind == "c" and attributes.get("t") == "e"):
            self.computed[self._latest] = None

    def _count(self, kind: str) -> None:
        # Cells and rows may come without a reference: then they follow the one before.
        self._elements += 1
        self._rows += kind == "row"
        self._cells = 0 if kind == "row" else self._cells + (kind == "c")
        far = self._rows > MOST_ROWS or self._cells > MOST_COLUMNS
        if far or self._elements > _MOST_ELEMENTS:
            raise _TooFarError

    def _reach(self, reference: str) -> None:
        self._latest = reference
        found = _REFERENCE.fullmatch(reference)
        if found is None or int(found.group(2)) > MOST_ROWS:
            raise _TooFarError
        if _column(found.group(1)) > MOST_COLUMNS:
            raise _TooFarError


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
