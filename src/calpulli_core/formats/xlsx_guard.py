"""Looks into a workbook before it is read: size, extent, formulas.

A reader of sheets holds a dense table in memory, so one cell in the last corner of a hostile file
would take all of it; and a formula's cached value is not something that a person wrote. That reader
also forgives XML that is not well formed, so it is given only parts that were read here to their end.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from calpulli_core.formats.defects import Findings
from calpulli_core.formats.limits import MOST_FILE_BYTES

_MIB = 1024 * 1024
_MOST_PARTS = 500
_REFERENCE = re.compile(r"([A-Z]{0,3})([0-9]{1,7})")
# All that a reader needs of a workbook. Other forms of book (binary, open document) hide in other parts.
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels"
    r"|xl/(workbook|styles|sharedStrings)\.xml|xl/worksheets/[A-Za-z0-9_-]+\.xml"
)
_BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_XML_NAMES = (".xml", ".rels")
# How a part begins that some reader could take for XML, in UTF-8 or in UTF-16.
_XML_BEGINNINGS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
_LONGEST_FORMULA = 200
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a workbook may hold: bytes as it comes and unpacked, elements in a part, rows and columns of a sheet."""

    packed: int = MOST_FILE_BYTES
    unpacked: int = 20 * _MIB
    elements: int = 1_000_000
    rows: int = 2_000
    columns: int = 200


@dataclass(slots=True)
class Marks:
    """What a reader of sheets does not tell: formulas ("=A1") and errors ("#REF!") by part and cell; the part of each sheet."""

    computed: dict[str, dict[str, str]] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)


RECORD = Bounds()


def safe_workbook(data: bytes, *, findings: Findings, bounds: Bounds = RECORD, marks: Marks | None = None) -> bytes:
    """The same workbook packed anew from the parts that were inspected.

    Packed anew, because another unpacker may not see in a hostile zip what this one saw. Notes formulas and errors in
    cells, in `marks` if it is given and otherwise as defects; raises RecordErrors for what must not even be opened.
    """
    parts = _parts(data, findings, bounds)
    findings.refuse_if_any()
    guard = _Guard(findings, bounds, marks)
    for name, content in parts.items():
        if not guard.inspect(name, content):
            findings.refuse_if_any()
    guard.place_sheets()
    return _packed({name: content for name, content in parts.items() if _NEEDED.fullmatch(name)})


def _parts(data: bytes, findings: Findings, bounds: Bounds) -> _Parts:
    if len(data) > bounds.packed:
        rule = f"El archivo pesa más de {bounds.packed // _MIB} MiB."
        findings.add(None, "", rule, "Quite imágenes y hojas que no son del formato.")
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return _unpacked(book, findings, bounds)
    except _BROKEN:
        remedy = "Ábralo y guárdelo como «Libro de Excel (.xlsx)», sin contraseña."
        findings.add(None, "", "El archivo no es un libro XLSX.", remedy)
        return {}


def _unpacked(book: zipfile.ZipFile, findings: Findings, bounds: Bounds) -> _Parts:
    # By the name's end: `is_dir` itself breaks at a part without a name.
    entries = [entry for entry in book.infolist() if not entry.filename.endswith("/")]
    size = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_PARTS or size > bounds.unpacked:
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


class _Guard:
    """Reads the parts of one workbook, and knows what was seen in all of them."""

    def __init__(self, findings: Findings, bounds: Bounds, marks: Marks | None) -> None:
        self._findings, self._bounds, self._marks = findings, bounds, marks
        self._names: dict[str, str] = {}  # of a sheet: name -> relation
        self._targets: dict[str, str] = {}  # relation -> part

    def inspect(self, name: str, content: bytes) -> bool:
        """Read one part as XML; False when the workbook must not be opened."""
        needed = _NEEDED.fullmatch(name) is not None
        if not needed and not _looks_like_xml(name, content):
            return True
        scan = _Scan(self._bounds, cells=needed, relations=name == _BOOK_RELATIONS)
        try:
            _parser(scan).Parse(content, True)
        except _TooFarError:
            rule = f"Hay celdas más allá de la fila {self._bounds.rows} o de la columna {self._bounds.columns}."
            self._findings.add(None, "", rule, "Borre las filas y columnas vacías que tienen formato.")
            return False
        except (expat.ExpatError, _ForbiddenError):
            remedy = "Quite dibujos y comentarios, y guárdelo de nuevo como «Libro de Excel (.xlsx)»."
            self._findings.add(None, "", f"La parte «{name}» está dañada.", remedy)
            return False
        return self._clean(name, scan)

    def _clean(self, name: str, scan: _Scan) -> bool:
        """Note what a well formed part holds that is not admitted; False when a sheet lies out of reach."""
        self._names |= scan.names
        self._targets |= scan.targets
        if self._marks is not None:
            self._marks.computed[name] = scan.computed
        else:
            self._refuse_computed(scan)
        for target in scan.strays:
            rule = f"Una hoja del libro está en «{target}», que no es lugar de una hoja."
            self._findings.add(None, "", rule, "Guárdelo de nuevo como «Libro de Excel (.xlsx)».")
        return not scan.strays

    def _refuse_computed(self, scan: _Scan) -> None:
        for reference in scan.computed:
            rule = "La celda es una fórmula o un error, no un texto."
            self._findings.add(f"celda {reference}", "", rule, "Copie la celda y péguela como valor.")

    def place_sheets(self) -> None:
        """Tell which part each sheet of the book is."""
        if self._marks is not None:
            self._marks.sheets |= {name: self._targets.get(relation, "") for name, relation in self._names.items()}


def _looks_like_xml(name: str, content: bytes) -> bool:
    return name.lower().endswith(_XML_NAMES) or content.lstrip().startswith(_XML_BEGINNINGS)


def _parser(scan: _Scan) -> expat.XMLParserType:
    """One that reads UTF-8 whatever the part says, as the reader of sheets does, and refuses a DTD."""
    parser = expat.ParserCreate("UTF-8")
    scan.parser = parser
    parser.StartElementHandler = scan.start
    parser.XmlDeclHandler = _only_utf8
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _only_utf8(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
        raise _ForbiddenError


def _no_doctype(name: str, system: str | None, public: str | None, subset: bool) -> None:
    raise _ForbiddenError


class _ForbiddenError(Exception):
    """Well formed, but read in more than one way: another encoding, or a DTD with its entities."""


class _TooFarError(Exception):
    """A cell beyond the admitted extent."""


class _Scan:
    """Follows the cells of a sheet (how far they go, which are computed) or the relations of a book."""

    def __init__(self, bounds: Bounds, *, cells: bool, relations: bool) -> None:
        self.parser: expat.XMLParserType | None = None
        self.computed: dict[str, str] = {}
        self.strays: list[str] = []  # where the book says that a sheet is, and no sheet can be
        self.names: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self._bounds = bounds
        self._follows_cells, self._follows_relations = cells, relations
        self._latest = "?"
        self._elements = self._rows = self._cells = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Take one element; raises _TooFarError as soon as the extent is passed."""
        kind = element.rpartition(":")[2]
        if self._follows_relations and kind == "Relationship":
            self._relation(attributes)
        if self._follows_cells:
            self._cell(kind, attributes)

    def _relation(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        place = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        self.targets[attributes.get("Id", "")] = place
        if attributes.get("Type", "").endswith("/worksheet") and not _NEEDED.fullmatch(place):
            self.strays.append(target)

    def _cell(self, kind: str, attributes: dict[str, str]) -> None:
        self._count(kind)
        if kind in ("row", "c") and "r" in attributes:
            self._latest = attributes["r"]
            self._within(self._latest)
        if kind == "f":
            self._note("=")
        elif kind == "c":
            if attributes.get("t") == "e":
                self._note("")
        elif kind == "dimension":
            for corner in attributes.get("ref", "A1").split(":"):
                self._within(corner)
        elif kind == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.names[attributes.get("name", "")] = relation

    def _note(self, sign: str) -> None:
        """The cell is computed: what is written next in it, up to the end of an element, is its formula or its error."""
        earlier = self.computed.get(self._latest, "")
        self.computed[self._latest] = sign or earlier
        if self.parser is not None:
            self.parser.CharacterDataHandler = self._write
            self.parser.EndElementHandler = self._end

    def _write(self, text: str) -> None:
        if len(self.computed[self._latest]) < _LONGEST_FORMULA:
            self.computed[self._latest] += text

    def _end(self, _: str) -> None:
        if self.parser is not None:
            self.parser.CharacterDataHandler = None
            self.parser.EndElementHandler = None

    def _count(self, kind: str) -> None:
        # Cells and rows may come without a reference: then they follow the one before.
        self._elements += 1
        if kind == "row":
            self._rows += 1
            self._cells = 0
        elif kind == "c":
            self._cells += 1
        bounds = self._bounds
        if self._rows > bounds.rows or self._cells > bounds.columns or self._elements > bounds.elements:
            raise _TooFarError

    def _within(self, reference: str) -> None:
        found = _REFERENCE.fullmatch(reference)
        if found is None or int(found.group(2)) > self._bounds.rows:
            raise _TooFarError
        if _column(found.group(1)) > self._bounds.columns:
            raise _TooFarError


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
