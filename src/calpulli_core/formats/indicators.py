"""The formats in which an institute reports its indicators, as versioned data: here and nowhere else is said what they are.

Two of them, of objectives and of results, which differ in one column. Another version is one more `Format` at the end of
`FORMATS`; what a year reports keeps the version of its year. None was read in a legal text: `IS_CONFIRMED` says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from .sheets.declared import Column, Kind, Table

IS_CONFIRMED = False
OBJECTIVES, RESULTS = "objetivos", "resultados"


def _text(key: str, heading: str, means: str, example: str, *, width: int = 24, required: bool = True) -> Column:
    return Column(key=key, heading=heading, kind=Kind.PROSE, means=means, example=example, width=width, required=required)


def _number(key: str, heading: str, means: str, example: str) -> Column:
    return Column(key=key, heading=heading, kind=Kind.THOUSANDTHS, means=means, example=example, required=False, width=14)


_PERIOD = (
    Column(key="ejercicio", heading="Ejercicio", kind=Kind.WHOLE, means="Año que se informa", example="2026", width=10),
    Column(
        key="inicio",
        heading="Fecha de inicio del periodo que se informa",
        kind=Kind.DAY,
        means="Primer día del periodo del indicador",
        example="2026-07-01",
    ),
    Column(
        key="termino",
        heading="Fecha de término del periodo que se informa",
        kind=Kind.DAY,
        means="Último día del periodo del indicador",
        example="2026-09-30",
    ),
)
_PROGRAMME = _text("programa", "Nombre del programa o concepto", "Plan al que sirve el indicador", "Programa 2026")
_REST = (
    _text("objetivo", "Objetivo institucional", "Texto del objetivo al que sirve", "Fortalecer la participación", width=50),
    _text("indicador", "Nombre del indicador", "Nombre, como está en su ficha", "Actividades en término", width=40),
    _text("dimension", "Dimensión a medir", "Qué del trabajo mide", "Eficacia", width=16),
    _text("definicion", "Definición", "Qué dice el número, en frases", "De las actividades, qué parte se cumplió", width=50),
    _text(
        "metodo",
        "Método de cálculo con variables de la fórmula",
        "La fórmula y qué es cada una de sus variables",
        "100 * a / b; a: actividades cumplidas; b: programadas",
        width=50,
    ),
    _text("unidad", "Unidad de medida", "En qué se mide", "%", width=14),
    _text("frecuencia", "Frecuencia de medición", "Cada cuánto se calcula", "Trimestral", width=14),
    _number("linea_base", "Línea base", "De dónde se partió, con tres decimales a lo más", "70"),
    _number("metas_programadas", "Metas programadas", "Lo primero que se fijó para el periodo", "90"),
    _number("metas_ajustadas", "Metas ajustadas, en su caso", "Lo último que se fijó, si se ajustó", "85"),
    _number("avance", "Avance de metas al periodo", "El valor calculado, con tres decimales a lo más", "66.667"),
    _text("sentido", "Sentido del indicador", "Hacia dónde debe ir", "Ascendente", width=14),
    _text("fuente", "Fuente de información", "De dónde sale lo que se cuenta", "Reportes trimestrales", width=30),
    _text(
        "area",
        "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
        "Quién responde del indicador",
        "Secretaría Administrativa",
        width=30,
    ),
    Column(
        key="actualizacion",
        heading="Fecha de actualización de la información",
        kind=Kind.DAY,
        means="Día en que se calculó el valor",
        example="2026-10-02",
    ),
    _text(
        "nota", "Nota", "Por qué está vacía una columna, y lo demás que hay que saber", "Sin línea base", width=50, required=False
    ),
)


@dataclass(frozen=True, slots=True)
class Format:
    """A version of a format, for what is reported of the year `since` and later, until the next one."""

    key: str
    version: str
    since: int
    table: Table


def _format(key: str, sheet: str, columns: tuple[Column, ...]) -> Format:
    means = "Una fila por indicador y periodo."
    return Format(key, f"indicadores-{key}/1", 2000, Table(key=key, sheet=sheet, means=means, columns=columns))


FORMATS = (
    _format(OBJECTIVES, "Indicadores de objetivos", (*_PERIOD, *_REST)),
    _format(RESULTS, "Indicadores de resultados", (*_PERIOD, _PROGRAMME, *_REST)),
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
