"""The formats in which an institute reports what it spends, as versioned data: here and nowhere else is said what they are.

Egresos by moment, one row for each partida, and the budget by chapter. Another version is one more `Format` at the end of
`FORMATS`; what a year reports keeps the version of its year. None was read in a legal text: `IS_CONFIRMED` says so.
"""

from __future__ import annotations

from .indicators import Format
from .sheets.declared import MOST_CENTS, Column, Kind, Table

IS_CONFIRMED = False
EGRESOS, CHAPTERS = "egresos", "capitulos"


def _text(key: str, heading: str, means: str, example: str, *, width: int = 30, required: bool = True) -> Column:
    return Column(key=key, heading=heading, kind=Kind.PROSE, means=means, example=example, width=width, required=required)


def _key(key: str, heading: str, means: str, example: str) -> Column:
    return Column(key=key, heading=heading, kind=Kind.PARTIDA, means=means, example=example, width=12)


def _day(key: str, heading: str, means: str, example: str, *, required: bool = True) -> Column:
    return Column(key=key, heading=heading, kind=Kind.DAY, means=means, example=example, width=14, required=required)


def _pesos(key: str, heading: str, means: str, example: str) -> Column:
    least, most = -MOST_CENTS, MOST_CENTS
    return Column(key=key, heading=heading, kind=Kind.MONEY, means=means, example=example, width=18, least=least, most=most)


_PERIOD = (
    Column(key="ejercicio", heading="Ejercicio", kind=Kind.WHOLE, means="Año que se informa", example="2026", width=10),
    _day("inicio", "Fecha de inicio del periodo que se informa", "Primer día del año", "2026-01-01"),
    _day("termino", "Fecha de término del periodo que se informa", "Último día del último mes con gasto", "2026-10-31"),
)
_CHAPTER = _key("clave_capitulo", "Clave del capítulo", "Cuatro cifras", "2000")
_KEYS = (
    _CHAPTER,
    _key("clave_concepto", "Clave del concepto", "Cuatro cifras", "2100"),
    _key("clave_partida", "Clave de la partida", "Cuatro cifras", "2111"),
)
_MONEY = (
    _pesos("gasto_aprobado", "Gasto aprobado", "En pesos, de todo el año", "1580325.45"),
    _pesos("gasto_modificado", "Gasto modificado", "En pesos, de todo el año: con ampliaciones y reducciones", "1580325.45"),
    _pesos("gasto_comprometido", "Gasto comprometido", "En pesos, con lo comprometido para meses que vienen", "1200000.00"),
    _pesos("gasto_devengado", "Gasto devengado", "En pesos, hasta la fecha de término", "1100000.00"),
    _pesos("gasto_ejercido", "Gasto ejercido", "En pesos, hasta la fecha de término", "1100000.00"),
    _pesos("gasto_pagado", "Gasto pagado", "En pesos, hasta la fecha de término", "1000000.00"),
)
_REST = (
    _text(
        *("justificacion", "Justificación de la modificación del presupuesto, en su caso"),
        *("Documentos y motivos de sus adecuaciones", "AD-2026-02: se compró por menos"),
        required=False,
    ),
    _text(
        *("hipervinculo", "Hipervínculo al Estado analítico del ejercicio del Presupuesto de Egresos"),
        *("Dirección, en este sitio, del año por capítulo", "/presupuesto/2026/por/capitulo"),
    ),
    _text(
        *("area", "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información"),
        *("Quién responde del presupuesto", "Secretaría Administrativa"),
    ),
    _day("validacion", "Fecha de validación", "Vacía mientras nadie lo valide", "2026-11-14", required=False),
    _day("actualizacion", "Fecha de actualización", "Día del último movimiento que entró", "2026-11-09"),
    _text("nota", "Nota", "Por qué está vacía una columna, y de cuándo es cada importe", "Sin validar", width=50),
)


def _format(key: str, sheet: str, means: str, columns: tuple[Column, ...]) -> Format:
    return Format(key, f"{key}/1", 2000, Table(key=key, sheet=sheet, means=means, columns=columns))


_NAME = _text("denominacion", "Denominación", "Nombre de la partida en el clasificador", "Materiales de oficina")
_CHAPTER_NAME = _text("capitulo", "Denominación del capítulo", "Nombre en el clasificador", "Materiales y suministros")
FORMATS = (
    _format(EGRESOS, "Egresos por momento", "Una fila por partida.", (*_PERIOD, *_KEYS, _NAME, *_MONEY, *_REST)),
    _format(CHAPTERS, "Presupuesto por capítulo", "Una fila por capítulo.", (*_PERIOD, _CHAPTER, _CHAPTER_NAME, *_MONEY, *_REST)),
)


def format_of(key: str, year: int) -> Format:
    """The format of that name in which a year is reported; KeyError for another name."""
    found = [one for one in FORMATS if one.key == key and one.since <= year]
    if not found:
        raise KeyError(key)
    return found[-1]


def latest(key: str) -> Format:
    """The newest version of the format of that name."""
    return [one for one in FORMATS if one.key == key][-1]
