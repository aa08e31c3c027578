"""The data sets of the budget: its entries, egresos by moment as the format asks for them, and by chapter."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Row, Shelf, offer
from calpulli.ledger.doors import remembered

from .. import queries
from ..models import BudgetBatch, BudgetEntry
from ..queries import Purse, chapter_of, concept_of

COMMON: dict[str, Any] = {
    "topic": _("Presupuesto"),
    "shelf": Shelf.ASKED,
    "chains": ("budget", "annual"),
    "area": "budget",
    "check": Check.RECOUNTED,
}
MOMENTS = ("approved", "modified", "committed", "accrued", "exercised", "paid")
SUMMED = ("budget.BudgetEntry.cents", "budget.BudgetEntry.moment")


def entry(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of an entry."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"budget.BudgetEntry.{field}",), **more)


def cents(name: str, meaning: Any) -> Column:
    """A balance, in cents."""
    return Column(name=name, kind=Kind.INTEGER, unit=_("centavos"), meaning=meaning, example="158032545", fields=SUMMED)


BALANCES = (
    cents("gasto_aprobado", _("Gasto aprobado, en centavos")),
    cents("gasto_modificado", _("Gasto modificado: aprobado, más ampliaciones, menos reducciones")),
    cents("gasto_comprometido", _("Gasto comprometido, en centavos")),
    cents("gasto_devengado", _("Gasto devengado, en centavos")),
    cents("gasto_ejercido", _("Gasto ejercido, en centavos")),
    cents("gasto_pagado", _("Gasto pagado, en centavos")),
)
YEAR = entry("ejercicio", "year", _("Año del presupuesto"), "2026", kind=Kind.INTEGER, unit=_("año"))


def entry_rows() -> QuerySet[Any]:
    """Every entry, with its batch."""
    found = BudgetEntry.objects.annotate(
        lote=F("batch_id"),
        lugar=F("position"),
        ejercicio=F("year"),
        clave_area=F("area"),
        programa=F("programme"),
        actividad=F("activity"),
        fuente=F("source"),
        clave_partida=F("partida"),
        mes=F("month"),
        momento=F("moment"),
        centavos=F("cents"),
        documento=Coalesce(NullIf("document", Value("")), F("batch__document")),
    )
    rows: QuerySet[Any] = found
    return rows


offer(
    Dataset(
        **COMMON,
        key="movimientos-del-presupuesto",
        title=_("Movimientos del presupuesto"),
        description=_("Cada entrada de dinero, en centavos, con su bolsa, su mes, su momento y su documento: de aquí sale todo."),
        words=("presupuesto", "gasto", "dinero", "egresos", "adecuaciones"),
        cadence=_("En cuanto el instituto registra uno"),
        check_note=_("Cada lote trae en el libro de hechos cuántos movimientos tiene y su huella."),
        keys=("lote", "lugar"),
        editions=False,
        columns=(
            Column(
                name="lote",
                kind=Kind.INTEGER,
                meaning=_("Número del lote en que llegó"),
                example="12",
                fields=("budget.BudgetBatch.id",),
            ),
            entry("lugar", "position", _("Lugar en su lote"), "1", kind=Kind.INTEGER),
            YEAR,
            entry("clave_area", "area", _("Clave del área"), "secretaria-administrativa"),
            entry("programa", "programme", _("Clave del programa del año"), "01"),
            entry("actividad", "activity", _("Clave de la actividad"), "01-01"),
            entry("fuente", "source", _("De dónde viene el dinero"), "recursos-fiscales"),
            entry("clave_partida", "partida", _("Partida, cuatro cifras como texto"), "2111"),
            entry("mes", "month", _("Mes, del 1 al 12"), "3", kind=Kind.INTEGER),
            entry(
                "momento",
                "moment",
                _(
                    "approved: aprobado; change: adecuación; committed: comprometido; accrued: devengado; exercised: ejercido; "
                    "paid: pagado"
                ),
                "accrued",
            ),
            entry("centavos", "cents", _("Importe en centavos; menos de cero deshace o reduce"), "1250000", kind=Kind.INTEGER),
            entry("documento", "document", _("Documento que lo respalda"), "OF-2026-031"),
        ),
        query=entry_rows,
    )
)


def by_partida(purse: Purse) -> str:
    """The partida of a purse."""
    return purse.partida


def egresos_rows() -> Iterator[Row]:
    """The year to its last month of spending, by partida, as the format asks for it."""
    told = queries.classifier()
    for year in queries.years():
        starts, ends = dt.date(year, 1, 1), _until(year)
        changed = _changes(year)
        for partida, balance in queries.grouped(queries.purses(year), by_partida).items():
            yield (
                *(year, starts, ends, chapter_of(partida), concept_of(partida), partida, told.partidas.get(partida, partida)),
                *(balance.at(name) for name in MOMENTS),
                changed.get(partida, ""),
            )


def _until(year: int) -> dt.date:
    month = queries.last_month(year) or 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@remembered("budget")
def _changes(year: int) -> dict[str, str]:
    """The documents of the adecuaciones of each partida, with their reasons where somebody wrote them here."""
    found: dict[str, list[str]] = {}
    rows = BudgetEntry.objects.filter(year=year, moment="change").order_by("partida", "document").distinct()
    reasons = dict(BudgetBatch.objects.filter(year=year).exclude(reason="").values_list("document", "reason"))
    for partida, document in rows.values_list("partida", "document"):
        found.setdefault(partida, []).append(f"{document}: {reasons[document]}" if document in reasons else document)
    return {partida: "; ".join(told) for partida, told in found.items()}


def key_column(name: str, meaning: Any, example: str) -> Column:
    """A key of the classifier, from the partida."""
    return Column(name=name, meaning=meaning, example=example, fields=("budget.BudgetEntry.partida",))


offer(
    Dataset(
        **COMMON,
        key="egresos-por-momento",
        title=_("Egresos por momento"),
        description=_(
            "El gasto de cada partida en sus seis momentos, con las columnas que pide el formato de egresos (versión 1); las de "
            "área, fechas y nota son las de cada edición del conjunto. Formato: fuente por confirmar."
        ),
        words=("egresos", "estado analitico", "partidas", "gasto"),
        cadence=_("En cuanto cambia un movimiento"),
        check_note=_("Se suma cada partida de los movimientos publicados."),
        keys=("ejercicio", "clave_partida"),
        columns=(
            YEAR,
            Column(
                name="inicio",
                kind=Kind.DATE,
                meaning=_("Primer día que se informa"),
                example="2026-01-01",
                fields=("budget.BudgetEntry.year",),
            ),
            Column(
                name="termino",
                kind=Kind.DATE,
                meaning=_("Último día que se informa: el del último mes con gasto"),
                example="2026-10-31",
                fields=("budget.BudgetEntry.month",),
            ),
            key_column("clave_capitulo", _("Clave del capítulo"), "2000"),
            key_column("clave_concepto", _("Clave del concepto"), "2100"),
            key_column("clave_partida", _("Clave de la partida"), "2111"),
            Column(
                name="denominacion",
                meaning=_("Nombre de la partida"),
                example=_("Materiales de oficina"),
                source=_("El clasificador del instituto"),
            ),
            *BALANCES,
            Column(
                name="justificacion",
                meaning=_("Documentos y motivos de las adecuaciones de la partida"),
                example="AD-2026-02",
                optional=True,
                fields=("budget.BudgetEntry.document", "budget.BudgetBatch.reason"),
            ),
        ),
        rows=egresos_rows,
    )
)


def chapter_rows() -> Iterator[Row]:
    """Each chapter of each year in its six moments."""
    told = queries.classifier()
    for year in queries.years():
        for chapter, balance in queries.grouped(queries.purses(year), lambda one: one.chapter).items():
            yield (year, chapter, told.chapter_name(chapter), *(balance.at(name) for name in MOMENTS))


offer(
    Dataset(
        **COMMON,
        key="presupuesto-por-capitulo",
        title=_("Presupuesto por capítulo"),
        description=_("Cada capítulo de gasto en sus seis momentos, por año."),
        words=("capitulos", "rubros", "gasto"),
        cadence=_("En cuanto cambia un movimiento"),
        check_note=_("Se suma cada capítulo de los movimientos publicados."),
        keys=("ejercicio", "capitulo"),
        columns=(
            YEAR,
            key_column("capitulo", _("Clave del capítulo"), "2000"),
            Column(
                name="nombre",
                meaning=_("Nombre del capítulo"),
                example=_("Materiales y suministros"),
                source=_("El clasificador del instituto"),
            ),
            *BALANCES,
        ),
        rows=chapter_rows,
    )
)
