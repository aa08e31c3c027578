"""Reads a record from JSON or CSV: the same record, or every reason why not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from calpulli_core.calendars.periods import Period
from calpulli_core.formats import columns
from calpulli_core.formats.columns import MARKS, NOT_IN_SOURCE, Column, Layout, layout_of_length, layout_of_version
from calpulli_core.formats.defects import Defect, Findings, RecordErrors
from calpulli_core.formats.json_input import load_json
from calpulli_core.formats.limits import MOST_FILE_BYTES, TOO_HEAVY
from calpulli_core.formats.programme import Json, Programme
from calpulli_core.formats.programme_input import read_programme
from calpulli_core.formats.record import PLAN_KEY, Plan, Record
from calpulli_core.formats.record_cells import layout_in, record_from_cells

_KEYS = ("columns", "format", "period", "plan", "programme")
# A separator is never guessed; the usual mistake gets its own words.
_OTHER_SEPARATOR = re.compile(rf'"?{columns.LAYOUTS[0].names[0]}"?[;\t|]')
# The columns whose words stand in the programme too, and under which name.
_TOLD_TWICE = {
    "mission": "mission",
    "vision": "vision",
    "diagnosis": "swot",
    "objectives": "objectives",
    "general_programme": "note",
    "responsible_area": "responsible_area",
}
_CELL_KEYS = {"mark", "name", "number", "value"}


def read_csv(data: bytes, *, plan: Plan, file: str | None = None) -> Record:
    """The record in a CSV: one row of headings, one of values, commas, UTF-8.

    ``plan`` gives what the columns do not carry. A byte order mark and CRLF are let pass; another
    separator is refused. Raises RecordErrors with every defect.
    """
    findings = Findings(file)
    rows = _csv_rows(data, findings)
    record = record_from_rows(rows, plan=plan, findings=findings)
    return findings.settled(record)


def _csv_rows(data: bytes, findings: Findings) -> list[tuple[int, list[str]]]:
    """Rows with the number at which they stand, empty ones left out."""
    if len(data) > MOST_FILE_BYTES:
        raise _unreadable(findings, TOO_HEAVY)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _unreadable(findings, "El archivo no está en UTF-8.") from error
    if _OTHER_SEPARATOR.match(text):
        raise _unreadable(findings, "Los campos van separados por comas y aquí usan otro signo.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        for number, row in enumerate(reader, start=1):
            if row:
                rows.append((number, row))
    except csv.Error as error:
        rule = f"Las comillas o los campos no cierran bien en el renglón {reader.line_num}."
        raise _unreadable(findings, rule) from error
    return rows


def _unreadable(findings: Findings, rule: str) -> RecordErrors:
    remedy = "Guárdelo como CSV UTF-8 delimitado por comas, con los textos entre comillas."
    return RecordErrors([Defect(findings.sheet, None, None, "", rule, remedy)])


def record_from_rows(rows: Sequence[tuple[int, Sequence[str]]], *, plan: Plan, findings: Findings) -> Record | None:
    """The record in numbered rows (headings, then one row of values); defects to ``findings``."""
    if not rows:
        findings.add(None, "", "El archivo está vacío.", "Exporte el registro y vuelva a cargarlo.")
        return None
    heading, *body = rows
    layout = layout_in(heading[1], findings=findings.at(heading[0]))
    if len(body) != 1:
        rule = f"Debe haber un registro y hay {len(body)}."
        findings.add(None, "", rule, "Deje una sola fila de datos, la del periodo que se informa.")
    records = [_record(row, layout, plan, findings.at(number)) for number, row in body]
    return records[0] if records else None


def _record(row: Sequence[str], layout: Layout, plan: Plan, findings: Findings) -> Record | None:
    expected = len(layout.columns)
    if len(row) == expected:
        return record_from_cells(row, layout=layout, plan=plan, findings=findings)
    rule = f"La fila debe tener {expected} celdas y tiene {len(row)}."
    findings.add(None, "", rule, "Revise que no falte ni sobre una columna.")
    return None


def read_json(data: bytes, *, file: str | None = None, sealed: bool = False) -> Record:
    """The record in a ``record.json``; it carries its plan and programme itself.

    The columns must be what the programme says, in the format of the period's year; a ``sealed`` record keeps the format
    that it was made with. Raises RecordErrors with every defect.
    """
    findings = Findings(file)
    value = load_json(data, findings=findings)
    record = _JsonRecord(value, findings, sealed).read()
    return findings.settled(record)


class _JsonRecord:
    def __init__(self, value: Json, findings: Findings, sealed: bool) -> None:
        self._findings, self._sealed = findings, sealed
        self._root = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            findings.add(None, None, "El archivo es un objeto JSON.", "Use un record.json.")
        told = self._root.get("columns")
        alike = layout_of_length(len(told) if isinstance(told, list) else 0)
        self._layout = layout_of_version(self._root.get("format")) or alike

    def read(self) -> Record | None:
        """The record, or None when something was noted."""
        self._keys()
        period = self._period()
        key = self._plan_key()
        programme = read_programme(self._root.get("programme"), findings=self._findings, path="programme")
        cells = self._cells()
        if self._findings.defects or period is None:
            return None
        return self._agreed(Plan(key, programme, self._reference(cells)), period, cells)

    def _keys(self) -> None:
        for key in _KEYS:
            if key not in self._root:
                self._findings.add(key, None, "Falta esta clave.", "Agréguela con su valor.")
        for key in self._root:
            if key not in _KEYS:
                self._findings.add(key, None, "Esta clave no se conoce.", "Quítela.")
        if "format" in self._root and layout_of_version(self._root["format"]) is None:
            rule = f"Se admite el formato {' o '.join(f'«{layout.version}»' for layout in columns.LAYOUTS)}."
            self._findings.add("format", self._root["format"], rule, "Use el formato del año que se informa.")

    def _period(self) -> Period | None:
        told = self._root.get("period", "")
        try:
            return Period.parse(told if isinstance(told, str) else "")
        except ValueError as error:
            if "period" in self._root:
                self._findings.add("period", told, str(error), "Corrija el periodo.")
            return None

    def _plan_key(self) -> str:
        key = self._root.get("plan", "x")
        if isinstance(key, str) and PLAN_KEY.fullmatch(key):
            return key
        rule = "La clave del plan es de minúsculas, cifras y guiones."
        self._findings.add("plan", key, rule, "Por ejemplo: demo-2026.")
        return "x"

    def _cells(self) -> list[dict[str, Json]]:
        told, expected = self._root.get("columns"), self._layout.columns
        if not isinstance(told, list) or len(told) != len(expected):
            rule = f"Debe ser una lista de {len(expected)} columnas."
            self._findings.add("columns", None, rule, "Use un record.json completo.")
            return []
        return [self._cell(cell, column) for cell, column in zip(told, expected, strict=True)]

    def _cell(self, cell: Json, column: Column) -> dict[str, Json]:
        place, number, wanted = column.place, column.number, column.name
        if not isinstance(cell, dict) or set(cell) != _CELL_KEYS or not _is_text(cell["value"]):
            rule = "La columna lleva «mark», «name», «number» y «value» (un texto), y nada más."
            self._findings.add(place, None, rule, "Corrija las claves de esta columna.")
            return {}
        if (cell["number"], cell["name"]) != (number, wanted):
            rule = f"Aquí va la columna {number}, «{wanted}»."
            self._findings.add(place, cell["name"], rule, "Copie número y nombre tal cual.")
        self._mark(cell, place)
        return cell

    def _mark(self, cell: dict[str, Json], place: str) -> None:
        mark = cell["mark"]
        if cell["value"] and mark is not None:
            rule = "Una celda con valor no lleva marca."
            self._findings.add(place, mark, rule, "Escriba null en «mark».")
        if not cell["value"] and mark not in MARKS:
            rule = f"Una celda vacía lleva una marca: {' o '.join(MARKS)}."
            self._findings.add(place, mark, rule, "Escriba la marca en «mark».")

    def _reference(self, cells: list[dict[str, Json]]) -> bool:
        marks = {cell["mark"] for cell in cells} - {None}
        if len(marks) > 1:
            rule = f"Las celdas vacías de un registro llevan la misma marca y hay {len(marks)}."
            self._findings.add("columns", None, rule, "Use la del tipo de plan: propio o referencia.")
        return NOT_IN_SOURCE in marks

    def _agreed(self, plan: Plan, period: Period, cells: list[dict[str, Json]]) -> Record | None:
        """The record of the cells, once they say what programme and period say."""
        values = [str(cell["value"]) for cell in cells]
        record = record_from_cells(values, layout=self._layout, plan=plan, findings=self._findings, sealed=self._sealed)
        if record is None:
            return None
        if record.period != period:
            rule = f"El periodo «{period}» no es el de las columnas 1 a 3."
            self._findings.add("period", str(period), rule, "Corrija uno de los dos.")
        self._same_programme(record.programme, plan.programme)
        return record

    def _same_programme(self, found: Programme, told: Programme) -> None:
        for key, name in _TOLD_TWICE.items():
            if getattr(found, name) != getattr(told, name):
                place = self._layout.column(key).place if key != "objectives" else "columnas 9 y 10"
                rule = f"No dice lo mismo que «programme.{name}»."
                self._findings.add(place, None, rule, "Corrija uno de los dos.")


def _is_text(value: Json) -> bool:
    return isinstance(value, str)
