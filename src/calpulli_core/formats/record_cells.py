"""From the texts of its cells back to a record, with the structure of the diagnosis, the objectives and the lines.

The grammar is exactly what ``record`` writes, so nothing is lost and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured, check_captured
from calpulli_core.formats.columns import Layout, layout_of, layout_of_names
from calpulli_core.formats.defects import Findings
from calpulli_core.formats.limits import check_size
from calpulli_core.formats.plain_text import read_day, text_fault
from calpulli_core.formats.programme import GROUPS, Line, Objective, Programme, Swot, SwotHeadings
from calpulli_core.formats.record import Plan, Record, compose

_ITEM = re.compile(r"([1-9][0-9]{0,5})\. (.+)", re.DOTALL)
_LINE = re.compile(r"([1-9][0-9]{0,5})\.([1-9][0-9]{0,5}) (.+)", re.DOTALL)
# The columns that are one text of the programme, and its name there.
_SINGLE = {"mission": "mission", "vision": "vision", "general_programme": "note", "responsible_area": "responsible_area"}


def record_from_cells(
    values: Sequence[str], *, layout: Layout, plan: Plan, findings: Findings, sealed: bool = False
) -> Record | None:
    """The record that these texts of the columns of `layout` say, or None when something is wrong with them.

    ``plan`` gives what the columns do not carry: its key, whether it is a reference, the headings of
    the diagnosis, institution, legal basis. Only a ``sealed`` record may be in another format than its year's. Defects go
    to ``findings``.
    """
    before = len(findings.defects)
    reader = _Cells(values, layout, findings)
    period = reader.period()
    if period is not None and not sealed:
        reader.check_layout(period)
    programme = reader.programme(plan.programme)
    check_size(programme, findings=findings)
    captured = reader.captured(period)
    if period is None or len(findings.defects) > before:
        return None
    return compose(plan=replace(plan, programme=programme), period=period, captured=captured, layout=layout)


class _Cells:
    def __init__(self, values: Sequence[str], layout: Layout, findings: Findings) -> None:
        self._values = dict(zip((column.key for column in layout.columns), values, strict=True))
        self._layout, self._findings = layout, findings

    def _at(self, key: str) -> str:
        return self._values[key]

    def _number(self, key: str) -> int:
        return self._layout.column(key).number

    def _refuse(self, key: str, value: str, rule: str, remedy: str) -> None:
        self._findings.add(self._layout.column(key).place, value, rule, remedy)

    def period(self) -> Period | None:
        """The one that the year and the two dates say."""
        starts_on, ends_on = self._required_day("starts_on"), self._required_day("ends_on")
        self._year(starts_on)
        if starts_on is None or ends_on is None:
            return None
        try:
            return Period.covering(starts_on, ends_on)
        except ValueError as error:
            self._refuse(
                "ends_on",
                self._at("ends_on"),
                str(error),
                f"Corrija las columnas {self._number('starts_on')} y {self._number('ends_on')}.",
            )
            return None

    def check_layout(self, period: Period) -> None:
        """The format is the one of the period's year."""
        right = layout_of(period)
        if right.version == self._layout.version:
            return
        told = f"«{right.version}», de {len(right.columns)} columnas, y este es «{self._layout.version}»"
        rule = f"El registro de {period.year} va en el formato {told}, de {len(self._layout.columns)}."
        self._findings.add(None, "", rule, "Use los encabezados del formato de ese año, o corrija el periodo.")

    def _year(self, starts_on: date | None) -> None:
        year = self._at("year")
        if starts_on is not None and year != str(starts_on.year):
            rule = f"El ejercicio es el año del periodo ({starts_on.year})."
            self._refuse("year", year, rule, f"Escriba {starts_on.year} o corrija la columna {self._number('starts_on')}.")
        elif not re.fullmatch(r"[0-9]{4}", year):
            self._refuse("year", year, "El ejercicio es un año de cuatro cifras.", "Escriba el año.")

    def _required_day(self, key: str) -> date | None:
        text = self._at(key)
        day = read_day(text)
        if not text:
            self._refuse(key, "", "La fecha no puede faltar.", "Escríbala como 31/03/2023.")
        elif day is None:
            rule = "No es una fecha dd/mm/aaaa que exista."
            self._refuse(key, text, rule, "Escríbala con día, mes y año: 31/03/2023.")
        return day

    def captured(self, period: Period | None) -> Captured:
        """The columns that people type."""
        captured = Captured(**{column.key: self._at(column.key) for column in self._layout.typed()})
        check_captured(captured, layout=self._layout, period=period, findings=self._findings)
        return captured

    def programme(self, base: Programme) -> Programme:
        """The columns of the programme over what the base programme says of the rest."""
        singles = {name: self._single(key) for key, name in _SINGLE.items()}
        return replace(
            base,
            swot=self._diagnosis(base.swot_headings),
            objectives=self._joined(self._objectives(), self._lines()),
            **singles,  # type: ignore[arg-type]  # four texts, by the keys of _SINGLE
        )

    def _single(self, key: str) -> str:
        text = self._at(key)
        if fault := text_fault(text):
            self._refuse(key, text, fault, "Corrija el texto de esta celda.")
        return text

    def _clean(self, key: str, text: str) -> str:
        if fault := text_fault(text):
            self._refuse(key, text, fault, "Corrija este renglón de la celda.")
        return text

    def _diagnosis(self, headings: SwotHeadings) -> Swot:
        groups = [block.split("\n") for block in self._at("diagnosis").split("\n\n")]
        expected = {headings.group(name): name for name in GROUPS}
        found: dict[str, tuple[str, ...]] = {}
        for heading, *items in groups:
            name = expected.get(heading)
            if name is None or name in found:
                self._stray_heading(heading, known=name is not None, allowed=[*expected])
                self._items("diagnosis", items)
            else:
                found[name] = self._items("diagnosis", items)
        self._order(found, headings)
        return Swot(**{name: found.get(name, ()) for name in GROUPS})

    def _stray_heading(self, heading: str, *, known: bool, allowed: list[str]) -> None:
        rule = "Este encabezado está repetido." if known else "Este encabezado no se conoce."
        remedy = f"Use una vez cada uno, tras un renglón vacío: {', '.join(allowed)}."
        self._refuse("diagnosis", heading, rule, remedy)

    def _order(self, found: dict[str, tuple[str, ...]], headings: SwotHeadings) -> None:
        for name in GROUPS:
            if name not in found:
                heading = headings.group(name)
                rule = f"Falta el grupo «{heading}»."
                self._refuse("diagnosis", "", rule, "Agregue el encabezado y sus renglones numerados.")
        if list(found) != [name for name in GROUPS if name in found]:
            right = ", ".join(headings.group(name) for name in GROUPS)
            shown = ", ".join(headings.group(name) for name in found)
            self._refuse("diagnosis", shown, "Los grupos no están en su orden.", f"El orden es: {right}.")

    def _items(self, key: str, rows: list[str]) -> tuple[str, ...]:
        """Rows ``N. text`` numbered from 1 without gaps."""
        texts = []
        for position, row in enumerate(rows, start=1):
            found = _ITEM.fullmatch(row)
            if found is None:
                rule = "El renglón no tiene la forma «número. texto»."
                self._refuse(key, row, rule, f"Escríbalo como «{position}. texto».")
            elif int(found.group(1)) != position:
                rule = f"La numeración se rompe: aquí va el {position}."
                self._refuse(key, row, rule, "Numere los renglones desde 1 y sin saltos.")
            texts.append(self._clean(key, found.group(2)) if found else "")
        return tuple(texts)

    def _objectives(self) -> tuple[str, ...]:
        if not self._at("objectives"):
            self._refuse("objectives", "", "Debe haber al menos un objetivo.", "Escriba «1. texto».")
            return ()
        return self._items("objectives", self._at("objectives").split("\n"))

    def _lines(self) -> list[tuple[int, int, str]]:
        """The lines as (objective, position, text) in the order found."""
        found = []
        for row in self._at("lines").split("\n") if self._at("lines") else []:
            parts = _LINE.fullmatch(row)
            if parts is None:
                rule = "El renglón no tiene la forma «objetivo.línea texto»."
                self._refuse("lines", row, rule, "Escríbalo como «1.1 texto».")
            else:
                text = self._clean("lines", parts.group(3))
                found.append((int(parts.group(1)), int(parts.group(2)), text))
        return found

    def _joined(self, texts: tuple[str, ...], rows: list[tuple[int, int, str]]) -> tuple[Objective, ...]:
        """Objectives with their lines; a line out of place is a defect."""
        lines: dict[int, list[Line]] = {number: [] for number in range(1, len(texts) + 1)}
        latest = 0
        for objective, position, text in rows:
            shown = f"{objective}.{position} {text}"
            if objective not in lines:
                rule = f"La línea es de un objetivo {objective} que no está en la columna {self._number('objectives')}."
                self._refuse("lines", shown, rule, "Agregue el objetivo o corrija el número de la línea.")
                continue
            if objective < latest:
                rule = f"La línea va antes que las del objetivo {latest}."
                self._refuse("lines", shown, rule, "Ponga las líneas en el orden de sus objetivos.")
            elif position != len(lines[objective]) + 1:
                rule = f"La numeración se rompe: aquí va {objective}.{len(lines[objective]) + 1}."
                self._refuse("lines", shown, rule, "Numere las líneas de cada objetivo desde 1 y sin saltos.")
            latest = max(latest, objective)
            lines[objective].append(Line(f"{objective}.{len(lines[objective]) + 1}", text))
        self._barren(lines)
        return tuple(Objective(number, text, tuple(lines[number])) for number, text in enumerate(texts, start=1))

    def _barren(self, lines: dict[int, list[Line]]) -> None:
        for number, own in lines.items():
            if not own:
                rule = f"El objetivo {number} no tiene ninguna línea."
                self._refuse("lines", "", rule, f"Agregue al menos la línea «{number}.1 texto».")


def layout_in(names: Sequence[str], *, findings: Findings) -> Layout:
    """The version whose headings these are, or nearly; every heading that is not the one of its column is noted."""
    layout = layout_of_names(names)
    if len(names) != len(layout.names):
        rule = f"Debe haber {len(layout.names)} columnas y hay {len(names)}."
        findings.add(None, "", rule, "Use los encabezados del formato, completos y en su orden.")
    for number, (name, wanted) in enumerate(zip(names, layout.names, strict=False), start=1):
        if name != wanted:
            rule = f"El encabezado de esta columna es «{wanted}»."
            findings.add(f"columna {number}", name, rule, "Copie el encabezado tal cual.")
    return layout
