"""The formats of the record, by version (docs/spec/bundle.md, section 6). Another format is one more entry of `FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What a column must say. These are free, or of a form of their own; every other follows from the programme and the period.
FREE, NUMBER, UPDATED, VALIDATED = "free", "number", "updated", "validated"


@dataclass(frozen=True, slots=True)
class Format:
    """The columns of a version, each with its name and what it must say, and the first year that is reported in it."""

    since: int
    columns: tuple[tuple[str, str], ...]


_FIRST = (
    ("Ejercicio", "year"),
    ("Fecha de inicio del periodo que se informa", "first_day"),
    ("Fecha de término del periodo que se informa", "last_day"),
    ("Hipervínculo al Programa Operativo Anual", FREE),
    ("Hipervínculo al Programa de Trabajo, en su caso", FREE),
    ("Misión", "mission"),
    ("Visión", "vision"),
    ("Diagnóstico general", "diagnosis"),
    ("Objetivos estratégicos", "objectives"),
    ("Líneas de acción", "lines"),
    ("Vinculación con el Programa General de Desarrollo del DF vigente", "note"),
    ("Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información", "responsible_area"),
    ("Fecha de actualización de la información", UPDATED),
    ("Fecha de validación de la información", VALIDATED),
    ("Nota", FREE),
)
FORMATS: Mapping[str, Format] = {
    "121-XXII-b/1": Format(1900, _FIRST),
}


def format_of(period: str) -> str:
    """The version in which a period is reported: the latest that had begun in its year."""
    begun = {version: told.since for version, told in FORMATS.items() if told.since <= int(period[:4])}
    return max(begun, key=begun.__getitem__)
