"""What is spent, as its formats ask for it: data sets whose columns are those that the formats declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Column, Dataset, Row, offer
from calpulli.commons.registries.declared import cell_of, column_of
from calpulli_core.formats import egresos as formats
from calpulli_core.formats.sheets.declared import Column as Declared
from calpulli_core.formats.sheets.declared import Kind as Held

from .. import queries
from .datasets import COMMON, SUMMED

# The fields that each column comes from; those of the institute's own data say so.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "ejercicio": ("budget.BudgetEntry.year",),
    "inicio": ("budget.BudgetEntry.year",),
    "termino": ("budget.BudgetEntry.month",),
    **dict.fromkeys(("clave_capitulo", "clave_concepto", "clave_partida"), ("budget.BudgetEntry.partida",)),
    "justificacion": ("budget.BudgetEntry.document", "budget.BudgetBatch.reason"),
    "hipervinculo": ("budget.BudgetEntry.year",),
    "validacion": ("budget.BudgetBatch.recorded_at",),
    "actualizacion": ("budget.BudgetBatch.recorded_at",),
    "nota": ("budget.BudgetBatch.invented",),
}
SOURCES = {
    **dict.fromkeys(("denominacion", "capitulo"), _("El clasificador del instituto")),
    "area": _("Los datos del instituto"),
}


def rows_of(key: str) -> Iterator[Row]:
    """Every year in its format, in the order of its columns; money in pesos with two decimals."""
    columns = formats.latest(key).table.columns
    for year in queries.years():
        for told in queries.reported(key, year):
            yield tuple(cell_of(told[column.key], column) for column in columns)


def _column(declared: Declared) -> Column:
    if declared.kind is Held.MONEY:
        return column_of(declared, unit=_("pesos, con dos decimales"), fields=SUMMED)
    return column_of(declared, fields=FIELDS.get(declared.key, ()), source=SOURCES.get(declared.key, ""))


offer(
    Dataset(
        **COMMON,
        key="egresos-por-momento",
        title=_("Egresos por momento"),
        description=_(
            "El gasto de cada partida en sus seis momentos, en pesos, con las columnas que pide el formato de egresos (versión "
            "1). Aprobado y modificado son de todo el año; lo devengado, ejercido y pagado, hasta la fecha de término. Formato: "
            "fuente por confirmar."
        ),
        words=("egresos", "estado analitico", "partidas", "gasto"),
        cadence=_("En cuanto cambia un movimiento"),
        check_note=_("Se suma cada partida de los movimientos publicados."),
        keys=("ejercicio", "clave_partida"),
        columns=tuple(map(_column, formats.latest(formats.EGRESOS).table.columns)),
        rows=partial(rows_of, formats.EGRESOS),
    )
)
offer(
    Dataset(
        **COMMON | {"check_note": _("Se suma cada capítulo de los movimientos publicados.")},
        key="presupuesto-por-capitulo",
        title=_("Presupuesto por capítulo"),
        description=_(
            "Cada capítulo de gasto en sus seis momentos, en pesos, por año, con las columnas de su formato (versión 1). "
            "Formato: fuente por confirmar."
        ),
        words=("capitulos", "rubros", "gasto"),
        cadence=_("En cuanto cambia un movimiento"),
        keys=("ejercicio", "clave_capitulo"),
        columns=tuple(map(_column, formats.latest(formats.CHAPTERS).table.columns)),
        rows=partial(rows_of, formats.CHAPTERS),
    )
)
