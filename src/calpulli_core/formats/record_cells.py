"""From fifteen cell texts back to a record, with the structure of columns 8, 9 and 10.

The grammar is exactly what ``record`` writes, so nothing is lost and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.columns import RECORD_LAYOUT
from calpulli_core.formats.defects import Findings
from calpulli_core.formats.limits import check_size
from calpulli_core.formats.plain_text import read_day, text_fault
from calpulli_core.formats.programme import GROUPS, Line, Objective, Programme, Swot, SwotHeadings
from calpulli_core.formats.record import (
    Captured,
    Plan,
    Record,
    check_captured,
    column_name,
    compose,
)

_ITEM = re.compile(r"([1-9][0-9]{0,5})\. (.+)", re.DOTALL)
_LINE = re.compile(r"([1-9][0-9]{0,5})\.([1-9][0-9]{0,5}) (.+)", re.DOTALL)
_SINGLE = {6: "mission", 7: "vision", 11: "note", 12: "responsible_area"}


def record_from_cells(values: Sequence[str], *, plan: Plan, findings: Findings) -> Record | None:
    """The record that these fifteen texts say, or None when something is wrong with them.

    ``plan`` gives what the columns do not carry: its key, whether it is a reference, the headings of
    the diagnosis, institution, legal basis. Defects go to ``findings``.
    """
    before = len(findings.defects)
    reader = _Cells(values, findings)
    period = reader.period()
    programme = reader.programme(plan.programme)
    check_size(programme, findings=findings)
    captured = reader.captured(period)
    if period is None or len(findings.defects) > before:
        return None
    return compose(plan=replace(plan, programme=programme), period=period, captured=captured)


class _Cells:
    def __init__(self, values: Sequence[str], findings: Findings) -> None:
        self._values, self._findings = values, findings

    def _at(self, number: int) -> str:
        return self._values[number - 1]

    def _refuse(self, number: int, value: str, rule: str, remedy: str) -> None:
        self._findings.add(column_name(number), value, rule, remedy)

    def period(self) -> Period | None:
        """Columns 1 to 3."""
        starts_on, ends_on = self._required_day(2), self._required_day(3)
        self._year(starts_on)
        if starts_on is None or ends_on is None:
            return None
        try:
            return Period.covering(starts_on, ends_on)
        except ValueError as error:
            self._refuse(3, self._at(3), str(error), "Corrija las columnas 2 y 3.")
            return None

    def _year(self, starts_on: date | None) -> None:
        year = self._at(1)
        if starts_on is not None and year != str(starts_on.year):
            rule = f"El ejercicio es el año del periodo ({starts_on.year})."
            self._refuse(1, year, rule, f"Escriba {starts_on.year} o corrija la columna 2.")
        elif not re.fullmatch(r"[0-9]{4}", year):
            self._refuse(1, year, "El ejercicio es un año de cuatro cifras.", "Escriba el año.")

    def _required_day(self, number: int) -> date | None:
        if not self._at(number):
            self._refuse(number, "", "La fecha no puede faltar.", "Escríbala como 31/03/2023.")
        return self._day(number)

    def _day(self, number: int) -> date | None:
        text = self._at(number)
        day = read_day(text)
        if text and day is None:
            rule = "No es una fecha dd/mm/aaaa que exista."
            self._refuse(number, text, rule, "Escríbala con día, mes y año: 31/03/2023.")
        return day

    def captured(self, period: Period | None) -> Captured:
        """Columns 4, 5, 13, 14 and 15."""
        captured = Captured(self._at(4), self._at(5), self._day(13), self._day(14), self._at(15))
        # Without a period the order of the dates is still checked, against the earliest one.
        check_captured(captured, period=period or Period(1900), findings=self._findings)
        return captured

    def programme(self, base: Programme) -> Programme:
        """Columns 6 to 12 over what the base programme says of the rest."""
        singles = {key: self._single(number) for number, key in _SINGLE.items()}
        return replace(
            base,
            swot=self._diagnosis(base.swot_headings),
            objectives=self._joined(self._objectives(), self._lines()),
            **singles,  # type: ignore[arg-type]  # four texts, by the keys of _SINGLE
        )

    def _single(self, number: int) -> str:
        text = self._at(number)
        if fault := text_fault(text):
            self._refuse(number, text, fault, "Corrija el texto de esta celda.")
        return text

    def _clean(self, number: int, text: str) -> str:
        if fault := text_fault(text):
            self._refuse(number, text, fault, "Corrija este renglón de la celda.")
        return text

    def _diagnosis(self, headings: SwotHeadings) -> Swot:
        groups = [block.split("\n") for block in self._at(8).split("\n\n")]
        expected = {headings.group(name): name for name in GROUPS}
        found: dict[str, tuple[str, ...]] = {}
        for heading, *items in groups:
            name = expected.get(heading)
            if name is None or name in found:
                self._stray_heading(heading, known=name is not None, allowed=[*expected])
                self._items(8, items)
            else:
                found[name] = self._items(8, items)
        self._order(found, headings)
        return Swot(**{name: found.get(name, ()) for name in GROUPS})

    def _stray_heading(self, heading: str, *, known: bool, allowed: list[str]) -> None:
        rule = "Este encabezado está repetido." if known else "Este encabezado no se conoce."
        remedy = f"Use una vez cada uno, tras un renglón vacío: {', '.join(allowed)}."
        self._refuse(8, heading, rule, remedy)

    def _order(self, found: dict[str, tuple[str, ...]], headings: SwotHeadings) -> None:
        for name in GROUPS:
            if name not in found:
                heading = headings.group(name)
                rule = f"Falta el grupo «{heading}»."
                self._refuse(8, "", rule, "Agregue el encabezado y sus renglones numerados.")
        if list(found) != [name for name in GROUPS if name in found]:
            right = ", ".join(headings.group(name) for name in GROUPS)
            shown = ", ".join(headings.group(name) for name in found)
            self._refuse(8, shown, "Los grupos no están en su orden.", f"El orden es: {right}.")

    def _items(self, number: int, rows: list[str]) -> tuple[str, ...]:
        """Rows ``N. text`` numbered from 1 without gaps."""
        texts = []
        for position, row in enumerate(rows, start=1):
            found = _ITEM.fullmatch(row)
            if found is None:
                rule = "El renglón no tiene la forma «número. texto»."
                self._refuse(number, row, rule, f"Escríbalo como «{position}. texto».")
            elif int(found.group(1)) != position:
                rule = f"La numeración se rompe: aquí va el {position}."
                self._refuse(number, row, rule, "Numere los renglones desde 1 y sin saltos.")
            texts.append(self._clean(number, found.group(2)) if found else "")
        return tuple(texts)

    def _objectives(self) -> tuple[str, ...]:
        if not self._at(9):
            self._refuse(9, "", "Debe haber al menos un objetivo.", "Escriba «1. texto».")
            return ()
        return self._items(9, self._at(9).split("\n"))

    def _lines(self) -> list[tuple[int, int, str]]:
        """Column 10 as (objective, position, text) in the order found."""
        found = []
        for row in self._at(10).split("\n") if self._at(10) else []:
            parts = _LINE.fullmatch(row)
            if parts is None:
                rule = "El renglón no tiene la forma «objetivo.línea texto»."
                self._refuse(10, row, rule, "Escríbalo como «1.1 texto».")
            else:
                text = self._clean(10, parts.group(3))
                found.append((int(parts.group(1)), int(parts.group(2)), text))
        return found

    def _joined(self, texts: tuple[str, ...], rows: list[tuple[int, int, str]]) -> tuple[Objective, ...]:
        """Objectives with their lines; a line out of place is a defect."""
        lines: dict[int, list[Line]] = {number: [] for number in range(1, len(texts) + 1)}
        latest = 0
        for objective, position, text in rows:
            shown = f"{objective}.{position} {text}"
            if objective not in lines:
                rule = f"La línea es de un objetivo {objective} que no está en la columna 9."
                self._refuse(10, shown, rule, "Agregue el objetivo o corrija el número de la línea.")
                continue
            if objective < latest:
                rule = f"La línea va antes que las del objetivo {latest}."
                self._refuse(10, shown, rule, "Ponga las líneas en el orden de sus objetivos.")
            elif position != len(lines[objective]) + 1:
                rule = f"La numeración se rompe: aquí va {objective}.{len(lines[objective]) + 1}."
                self._refuse(10, shown, rule, "Numere las líneas de cada objetivo desde 1 y sin saltos.")
            latest = max(latest, objective)
            lines[objective].append(Line(f"{objective}.{len(lines[objective]) + 1}", text))
        self._barren(lines)
        return tuple(Objective(number, text, tuple(lines[number])) for number, text in enumerate(texts, start=1))

    def _barren(self, lines: dict[int, list[Line]]) -> None:
        for number, own in lines.items():
            if not own:
                rule = f"El objetivo {number} no tiene ninguna línea."
                self._refuse(10, "", rule, f"Agregue al menos la línea «{number}.1 texto».")


def layout_faults(names: Sequence[str], *, findings: Findings) -> bool:
    """Note every heading that is not the one of its column; True when there is any."""
    expected = RECORD_LAYOUT.names
    if len(names) != len(expected):
        rule = f"Debe haber {len(expected)} columnas y hay {len(names)}."
        findings.add(None, "", rule, "Use los encabezados del formato, completos y en su orden.")
    for number, (name, wanted) in enumerate(zip(names, expected, strict=False), start=1):
        if name != wanted:
            rule = f"El encabezado de esta columna es «{wanted}»."
            findings.add(f"columna {number}", name, rule, "Copie el encabezado tal cual.")
    return tuple(names) != expected
