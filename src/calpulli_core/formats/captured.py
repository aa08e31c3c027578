"""What people type of a record, and what each kind of column admits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calpulli_core.calendars.periods import FIRST_YEAR, Period
from calpulli_core.formats.columns import LONGEST, Column, Kind, Layout
from calpulli_core.formats.defects import Findings
from calpulli_core.formats.limits import length_fault
from calpulli_core.formats.plain_text import is_link, read_day, read_number, text_fault, write_day

# What is wrong, and how to mend it; in Spanish.
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True, init=False)
class Captured:
    """What was typed for one period, by the key of its column, as the record says it. A blank one is not there.

    A date or a whole number may be given as such: it is kept as it is printed.
    """

    values: Mapping[str, str]

    def __init__(self, **values: str | date | int | None) -> None:
        told = {key: _printed(value) for key, value in values.items()}
        object.__setattr__(self, "values", {key: text for key, text in told.items() if text})

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    def day(self, key: str) -> date | None:
        """The date in a column, if there is one."""
        return read_day(self[key])

    def but(self, **values: str | date | int | None) -> Captured:
        """The same with other values in these columns."""
        return Captured(**{**self.values, **values})

    def only(self, columns: Iterable[Column]) -> Captured:
        """What it says of these columns."""
        return Captured(**{column.key: self[column.key] for column in columns})


def _printed(value: str | date | int | None) -> str:
    if value is None:
        return ""
    return write_day(value) if isinstance(value, date) else str(value)


def check_captured(captured: Captured, *, layout: Layout, period: Period | None, findings: Findings) -> None:
    """Note what is wrong with what was typed into the columns of `layout`; without a period, as for the earliest one."""
    for column in layout.typed():
        for rule, remedy in faults_of(column, captured[column.key]):
            findings.add(column.place, captured[column.key], rule, remedy)
    for key in sorted(captured.values.keys() - {column.key for column in layout.typed()}):
        rule = f"El formato {layout.version} no tiene la columna «{key}»."
        findings.add(key, captured[key], rule, "Déjela vacía.")
    _check_dates(captured, layout, period or Period(FIRST_YEAR), findings)


def faults_of(column: Column, text: str) -> list[Fault]:
    """Why a column of this kind cannot say so: rules with their remedies. Any may be blank."""
    return list(_FAULTS[column.kind](column, text)) if text else []


def _day_faults(_: Column, text: str) -> Iterator[Fault]:
    if read_day(text) is None:
        yield "No es una fecha dd/mm/aaaa que exista.", "Escríbala con día, mes y año: 31/03/2023."


def _address_faults(column: Column, text: str) -> Iterator[Fault]:
    if fault := length_fault(text, most=LONGEST[column.kind]):
        yield fault, "Use una dirección más corta."
    elif not is_link(text):
        yield "El hipervínculo es una dirección completa, sin espacios.", "Escríbala desde https:// o deje la celda vacía."


def _text_faults(column: Column, text: str) -> Iterator[Fault]:
    if fault := text_fault(text, breaks=column.kind is Kind.PROSE):
        yield fault, "Corrija el texto o deje la celda vacía."
    if fault := length_fault(text, most=LONGEST[column.kind]):
        yield fault, "Acorte el texto."


def _number_faults(column: Column, text: str) -> Iterator[Fault]:
    number = read_number(text)
    if number is None:
        yield "No es un número entero de hasta nueve cifras.", "Escríbalo solo con cifras, como 1250, o deje la celda vacía."
    elif number > column.most:
        yield f"El número más alto que se admite es {column.most}.", "Corrija el número o deje la celda vacía."


_FAULTS: Mapping[Kind, Callable[[Column, str], Iterator[Fault]]] = {
    Kind.DAY: _day_faults,
    Kind.ADDRESS: _address_faults,
    Kind.LINE: _text_faults,
    Kind.PROSE: _text_faults,
    Kind.NUMBER: _number_faults,
}


def _check_dates(captured: Captured, layout: Layout, period: Period, findings: Findings) -> None:
    """Columns 13 and 14: the validation is not before the update, and after the period."""
    updated, validated = captured.day("updated_on"), captured.day("validated_on")
    if validated is None:
        return
    place, told = layout.column("validated_on").place, write_day(validated)
    if updated is not None and validated < updated:
        rule = f"La validación no puede ser anterior a la actualización ({write_day(updated)})."
        findings.add(place, told, rule, "Corrija la fecha que esté equivocada.")
    if validated <= period.ends_on:
        rule = f"La validación es posterior al fin del periodo ({write_day(period.ends_on)})."
        findings.add(place, told, rule, "Escriba el día en que la información se validó ya cerrado el periodo.")
