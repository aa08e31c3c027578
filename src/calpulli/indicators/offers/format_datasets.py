"""What indicators report in their two formats, as one data set: its columns are those that the formats declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Row, Shelf, offer
from calpulli.commons.registries.declared import cell_of, column_of
from calpulli_core.formats import indicators as formats
from calpulli_core.formats.sheets.declared import Column as Declared

from ..models.sheets import Mark
from ..queries.reporting import Reported, format_values, reported
from ..queries.tables import MARKS, in_spanish

# The fields that each column comes from.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "ejercicio": ("indicators.Computation.period",),
    "inicio": ("indicators.Computation.period",),
    "termino": ("indicators.Computation.period",),
    "programa": ("planning.Plan.generation",),
    "objetivo": ("indicators.Sheet.objective", "planning.Objective.text"),
    "indicador": ("indicators.Sheet.name",),
    "dimension": ("indicators.Sheet.dimension",),
    "definicion": ("indicators.Sheet.definition",),
    "metodo": ("indicators.Sheet.formula", "indicators.Sheet.variables"),
    "unidad": ("indicators.Sheet.unit",),
    "frecuencia": ("indicators.Sheet.frequency",),
    "linea_base": ("indicators.Sheet.baseline",),
    "metas_programadas": ("indicators.Target.value",),
    "metas_ajustadas": ("indicators.Target.value",),
    "avance": ("indicators.Computation.value",),
    "sentido": ("indicators.Sheet.sense",),
    "fuente": ("indicators.Sheet.source",),
    "area": ("indicators.Sheet.area",),
    "actualizacion": ("indicators.ComputationBatch.computed_at",),
    "nota": ("indicators.Sheet.invented", "indicators.Computation.reason", "indicators.Computation.version"),
}
KEYS = (
    Column(
        name="formato",
        meaning=_("objetivos: los de gestión; resultados: los de resultado"),
        example="objetivos",
        fields=("indicators.Sheet.mark",),
    ),
    Column(
        name="clave",
        meaning=_("Clave del indicador en este sitio; no es del formato"),
        example="linea-1.3-en-termino",
        fields=("indicators.Computation.indicator",),
    ),
    Column(
        name="periodo",
        meaning=_("Mes, trimestre o año; no es del formato"),
        example="2026-Q3",
        fields=("indicators.Computation.period",),
    ),
)


COLUMNS = tuple({column.key: column for key in MARKS for column in formats.latest(key).table.columns}.values())


@in_spanish
def format_rows() -> Iterator[Row]:
    """Each indicator and period in the format that reports it; empty where its format has no such column."""
    asked = {MARKS[key]: (key, {column.key for column in formats.latest(key).table.columns}) for key in MARKS}
    for one in reported():
        key, columns = asked[Mark(one.sheet.row.mark)]
        yield (key, one.kept.indicator, one.kept.period, *_cells(one, columns))


def _cells(one: Reported, asked: Set[str]) -> Iterator[Any]:
    values = format_values(one)
    for column in COLUMNS:
        yield cell_of(values[column.key] if column.key in asked else None, column)


def _column(declared: Declared) -> Column:
    everywhere = all(declared.key in formats.latest(key).table.places for key in MARKS)
    return column_of(declared, fields=FIELDS[declared.key], optional=not (declared.required and everywhere))


offer(
    Dataset(
        key="indicadores-en-su-formato",
        title=_("Indicadores de objetivos y de resultados, en su formato"),
        topic=_("Indicadores"),
        shelf=Shelf.ASKED,
        area="indicators",
        chains=("indicators", "planning", "people"),
        check=Check.RECOMPUTED,
        cadence=_("En cuanto se guarda un cómputo"),
        check_note=_("Cada avance sale de lo que entró y de su fórmula, que están en los valores y las fichas publicados."),
        description=_(
            "Con las columnas que piden los formatos de indicadores de objetivos (los de gestión) y de resultados (los de "
            "resultado), versión 1. Los números llevan tres decimales a lo más; los exactos están en los valores. "
            "Formatos: fuente por confirmar."
        ),
        words=("indicadores de objetivos", "indicadores de resultados", "formato", "avance"),
        keys=("formato", "clave", "periodo"),
        columns=(*KEYS, *map(_column, COLUMNS)),
        rows=format_rows,
    )
)
