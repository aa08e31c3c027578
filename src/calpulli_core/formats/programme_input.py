"""Reads a programme from JSON and lists everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from calpulli_core.formats.defects import Findings
from calpulli_core.formats.json_input import load_json
from calpulli_core.formats.limits import check_size
from calpulli_core.formats.plain_text import read_day, text_fault, write_day
from calpulli_core.formats.programme import (
    GROUPS,
    Institution,
    Json,
    Line,
    Objective,
    Programme,
    SourceDates,
    Swot,
    SwotHeadings,
    UpdatePeriod,
)

_T = TypeVar("_T")
_TEXTS = ("legal_basis", "legal_basis_item", "responsible_area", "note", "mission", "vision")
_PARTS = ("institution", "objectives", "swot", "swot_headings")
_OPTIONAL = ("period_reported", "dates", "dates_iso", "update_period")
_MOST_DAYS = 3660


def parse_programme(data: bytes, *, file: str) -> Programme:
    """The programme of a ``programme.json``; its ``provenance`` is left out.

    ``file`` only names the file in the defects. Raises RecordErrors with every defect.
    """
    findings = Findings(file)
    value = load_json(data, findings=findings)
    if isinstance(value, dict):
        value = {key: one for key, one in value.items() if key != "provenance"}
    programme = read_programme(value, findings=findings, path="")
    # What is defective came back as blanks: its size means nothing yet.
    findings.refuse_if_any()
    check_size(programme, findings=findings)
    return findings.settled(programme)


def read_programme(value: Json, *, findings: Findings, path: str) -> Programme:
    """The programme in a JSON value; defects go to ``findings`` under the key ``path``.

    What is defective is filled with blanks: use the result only when there are no findings.
    """
    return _Reader(findings).programme(value, path)


class _Reader:
    """Descends the value; each method takes a value and the path that leads to it."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def programme(self, value: Json, path: str) -> Programme:
        root = self._object(value, path, (*_TEXTS, *_PARTS), _OPTIONAL)
        texts = {key: self._text(root.get(key), _join(path, key)) for key in _TEXTS}
        reported = root.get("period_reported")
        return Programme(
            **texts,
            institution=self._institution(root.get("institution"), _join(path, "institution")),
            objectives=self._objectives(root.get("objectives"), _join(path, "objectives")),
            swot=self._swot(root.get("swot"), _join(path, "swot")),
            swot_headings=self._headings(root.get("swot_headings"), _join(path, "swot_headings")),
            period_reported=None if reported is None else self._text(reported, _join(path, "period_reported")),
            dates=self._dates(root, path),
            update_period=self._update(root.get("update_period"), _join(path, "update_period")),
        )

    def _refuse(self, path: str, value: object, rule: str, remedy: str) -> None:
        shown = value if isinstance(value, str | int | float) else None
        self._findings.add(path or None, shown, rule, remedy)

    def _object(self, value: Json, path: str, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Json]:
        if not isinstance(value, dict):
            self._refuse(path, value, "Aquí va un objeto JSON.", "Escríbalo entre llaves { }.")
            return {}
        required, allowed = tuple(required), {*required, *optional}
        for key in required:
            if key not in value:
                self._refuse(_join(path, key), None, "Falta esta clave.", "Agréguela con su valor.")
        for key in value:
            if key not in allowed:
                self._refuse(_join(path, key), None, "Esta clave no se conoce.", "Quítela.")
        return value

    def _text(self, value: Json, path: str) -> str:
        if value is None:
            return self._absent(path)
        if not isinstance(value, str):
            self._refuse(path, value, "Aquí va un texto.", "Escríbalo entre comillas.")
            return ""
        if fault := text_fault(value):
            self._refuse(path, value, fault, "Corrija el texto de esta clave.")
        return value

    def _absent(self, path: str) -> str:
        # A missing key was already told by _object; only a null that stands there is told here.
        told = any(one.column == path for one in self._findings.defects)
        if not told:
            self._refuse(path, None, "El texto no puede faltar.", "Escriba el texto.")
        return ""

    def _number(self, value: Json, path: str, expected: range) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value in expected:
            return value
        wanted = f"{expected.start}" if len(expected) == 1 else f"de 1 a {expected.stop - 1}"
        self._refuse(path, value, f"Aquí va el número {wanted}.", "Corrija el número.")
        return expected.start

    def _list(self, value: Json, path: str, read: Callable[[Json, str, int], _T]) -> tuple[_T, ...]:
        if not isinstance(value, list):
            self._refuse(path, value, "Aquí va una lista JSON.", "Escríbala entre corchetes [ ].")
            return ()
        return tuple(read(one, f"{path}[{n}]", n) for n, one in enumerate(value, start=1))

    def _institution(self, value: Json, path: str) -> Institution:
        keys = ("name", "acronym")
        found = self._object(value, path, keys)
        return Institution(**{key: self._text(found.get(key), _join(path, key)) for key in keys})

    def _objectives(self, value: Json, path: str) -> tuple[Objective, ...]:
        objectives = self._list(value, path, self._objective)
        if value == []:
            self._refuse(path, None, "Debe haber al menos un objetivo.", "Agregue los objetivos.")
        return objectives

    def _objective(self, value: Json, path: str, position: int) -> Objective:
        found = self._object(value, path, ("number", "text", "lines"))
        number = self._number(found.get("number"), f"{path}.number", range(position, position + 1))

        def line(value: Json, path: str, at: int) -> Line:
            return self._line(value, path, f"{number}.{at}")

        lines = self._list(found.get("lines"), f"{path}.lines", line)
        if found.get("lines") == []:
            self._refuse(f"{path}.lines", None, "Cada objetivo tiene al menos una línea.", "Agregue sus líneas.")
        return Objective(number, self._text(found.get("text"), f"{path}.text"), lines)

    def _line(self, value: Json, path: str, expected: str) -> Line:
        found = self._object(value, path, ("number", "text"))
        number = found.get("number")
        if number != expected:
            rule = f"Esta línea debe llevar el número «{expected}»."
            self._refuse(f"{path}.number", number, rule, "Corrija el número o el orden de las líneas.")
        return Line(expected, self._text(found.get("text"), f"{path}.text"))

    def _swot(self, value: Json, path: str) -> Swot:
        found = self._object(value, path, GROUPS)

        def item(value: Json, path: str, _: int) -> str:
            return self._text(value, path)

        return Swot(**{name: self._list(found.get(name), f"{path}.{name}", item) for name in GROUPS})

    def _headings(self, value: Json, path: str) -> SwotHeadings:
        found = self._object(value, path, GROUPS)
        headings = {name: self._text(found.get(name), f"{path}.{name}") for name in GROUPS}
        if len(set(headings.values())) < len(GROUPS):
            shown = ", ".join(headings.values())
            self._refuse(path, shown, "Los cuatro encabezados son distintos.", "Corrija el repetido.")
        return SwotHeadings(**headings)

    def _dates(self, root: dict[str, Json], path: str) -> SourceDates | None:
        keys = ("updated", "validated")
        if root.get("dates") is None:
            self._no_dates(root, path)
            return None
        where = _join(path, "dates")
        found = self._object(root["dates"], where, keys)
        days = [self._day(found.get(key), f"{where}.{key}") for key in keys]
        told = {key: day.isoformat() for key, day in zip(keys, days, strict=True) if day}
        if root.get("dates_iso") != told and len(told) == len(keys):
            rule = f"Debe repetir las fechas de «{where}» como aaaa-mm-dd."
            self._refuse(_join(path, "dates_iso"), None, rule, "Corrija la que esté equivocada.")
        return SourceDates(days[0] or date.min, days[1] or date.min)

    def _no_dates(self, root: dict[str, Json], path: str) -> None:
        if root.get("dates_iso") is not None:
            rule = "No puede haber «dates_iso» sin «dates»."
            self._refuse(_join(path, "dates_iso"), None, rule, "Agregue «dates» o quite esta clave.")

    def _day(self, value: Json, path: str) -> date | None:
        day = read_day(value) if isinstance(value, str) else None
        if day is None or write_day(day) != value:
            self._refuse(path, value, "Aquí va una fecha dd/mm/aaaa.", "Por ejemplo: 31/03/2023.")
        return day

    def _update(self, value: Json, path: str) -> UpdatePeriod | None:
        if value is None:
            return None
        texts = ("text", "frequency", "deadline")
        found = self._object(value, path, (*texts, "deadline_calendar_days"))
        days = found.get("deadline_calendar_days")
        return UpdatePeriod(
            **{key: self._text(found.get(key), f"{path}.{key}") for key in texts},
            deadline_calendar_days=self._number(days, f"{path}.deadline_calendar_days", range(1, _MOST_DAYS + 1)),
        )


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
