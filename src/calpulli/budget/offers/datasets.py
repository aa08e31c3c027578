"""The data set of the budget's entries, from which everything else comes."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Shelf, offer

from ..models import BudgetEntry

COMMON: dict[str, Any] = {
    "topic": _("Presupuesto"),
    "shelf": Shelf.ASKED,
    "chains": ("budget", "annual"),
    "area": "budget",
    "check": Check.RECOUNTED,
}
SUMMED = ("budget.BudgetEntry.cents", "budget.BudgetEntry.moment")


def entry(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of an entry."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"budget.BudgetEntry.{field}",), **more)


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
