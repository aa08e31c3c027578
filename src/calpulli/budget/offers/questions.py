"""Two more data sets of the budget: its adecuaciones once decided, and where its moments are out of order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Column, Dataset, Kind, Row, offer

from .. import queries
from ..models import Adecuacion
from .datasets import COMMON, SUMMED, entry


def told(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of an adecuación."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"budget.Adecuacion.{field}",), **more)


def change_rows() -> Iterator[Row]:
    """Each movement of each adecuación that was decided."""
    for year in sorted(set(Adecuacion.objects.values_list("year", flat=True))):
        for one in sorted(queries.decided(year), key=lambda found: found.key):
            state = "aprobada" if one.is_approved else "no aprobada"
            decision = (one.key, one.year, one.moment, one.document, state, one.proposed_on, one.on, one.reason, one.answer)
            for place, move in enumerate(one.movements, start=1):
                yield (*decision, place, *move, one.batch)


offer(
    Dataset(
        **COMMON,
        key="adecuaciones-del-presupuesto",
        title=_("Adecuaciones del presupuesto"),
        description=_(
            "Cada movimiento de cada adecuación o cambio de lo aprobado que se decidió, con su documento y su motivo. Los de una "
            "misma adecuación suman cero; los de un cambio de lo aprobado, lo que creció o se redujo."
        ),
        words=("adecuaciones", "ampliaciones", "reducciones", "modificado"),
        cadence=_("En cuanto se decide una"),
        check_note=_("Los movimientos de una aprobada están, en su lote, en los movimientos del presupuesto."),
        keys=("adecuacion", "renglon"),
        columns=(
            told("adecuacion", "id", _("Número de la adecuación"), "3", kind=Kind.INTEGER),
            told("ejercicio", "year", _("Año del presupuesto"), "2026", kind=Kind.INTEGER, unit=_("año")),
            told(
                "momento",
                "moment",
                _("«change»: adecuación; «approved»: cambio de lo aprobado, que no tiene que sumar cero"),
                "change",
            ),
            told("documento", "document", _("Documento que la respalda"), "AD-2026-02"),
            told("estado", "state", _("«aprobada» o «no aprobada»"), "aprobada"),
            told("propuesta_el", "proposed_at", _("Día en que se propuso"), "2026-05-18", kind=Kind.DATE),
            told("decidida_el", "decided_at", _("Día en que se decidió"), "2026-05-21", kind=Kind.DATE),
            told(
                *("motivo", "reason", _("Por qué hace falta; vacío si la trajo un archivo, que no lo dice")),
                _("Se compró por menos."),
                optional=True,
            ),
            told("respuesta", "answer", _("Por qué no se aprobó"), _("Falta un oficio."), optional=True),
            told("renglon", "movements", _("Lugar del movimiento en la adecuación"), "1", kind=Kind.INTEGER),
            told("clave_area", "movements", _("Clave del área"), "secretaria-administrativa"),
            told("programa", "movements", _("Clave del programa del año"), "01"),
            told("actividad", "movements", _("Clave de la actividad"), "01-01"),
            told("fuente", "movements", _("De dónde viene el dinero"), "recursos-fiscales"),
            told("clave_partida", "movements", _("Partida, cuatro cifras como texto"), "2111"),
            told("mes", "movements", _("Mes, del 1 al 12"), "11", kind=Kind.INTEGER),
            told(
                "centavos",
                "movements",
                _("Centavos: más de cero, ampliación; menos de cero, reducción"),
                "-50000",
                kind=Kind.INTEGER,
            ),
            told("lote", "batch_id", _("Lote de sus movimientos; vacío si no se aprobó"), "12", kind=Kind.INTEGER, optional=True),
        ),
        rows=change_rows,
    )
)


def flag_rows() -> Iterator[Row]:
    """Each purse whose moments are, or were, out of order (docs/spec/budget.md, section 3)."""
    for year in queries.years():
        for one in queries.flags(year):
            found = one.disorder
            state = "corregida" if found.is_settled else "abierta"
            yield (
                year,
                *one.purse,
                found.lesser,
                found.greater or "cero",
                state,
                found.month,
                *found.cents,
                *found.last,
                one.point,
            )


offer(
    Dataset(
        **COMMON,
        key="momentos-fuera-de-orden",
        title=_("Momentos fuera de orden"),
        description=_(
            "Las bolsas en que un momento pasa del que va antes, o queda debajo de cero, y desde qué mes. Cada una es una "
            "pregunta y no una acusación: suele ser un documento que se capturó tarde o un punto decimal que se corrió."
        ),
        words=("preguntas", "errores de captura", "anomalías"),
        cadence=_("En cuanto cambia un movimiento"),
        check_note=_("Se suma cada bolsa mes por mes, con los movimientos publicados."),
        keys=("ejercicio", "clave_area", "actividad", "fuente", "clave_partida", "momento", "pasa_de"),
        columns=(
            entry("ejercicio", "year", _("Año del presupuesto"), "2026", kind=Kind.INTEGER, unit=_("año")),
            entry("clave_area", "area", _("Clave del área"), "secretaria-administrativa"),
            entry("actividad", "activity", _("Clave de la actividad"), "01-01"),
            entry("fuente", "source", _("De dónde viene el dinero"), "recursos-fiscales"),
            entry("clave_partida", "partida", _("Partida, cuatro cifras como texto"), "2111"),
            entry("momento", "moment", _("El momento que pasa: paid, exercised, accrued, committed o modified"), "paid"),
            entry("pasa_de", "moment", _("El momento del que pasa; «cero» si quedó debajo de cero"), "exercised"),
            Column(
                name="estado",
                meaning=_("«abierta», o «corregida» si en el último mes ya están en orden"),
                example="abierta",
                fields=SUMMED,
            ),
            entry("mes", "month", _("Primer mes en que pasa, del 1 al 12"), "2", kind=Kind.INTEGER),
            *(
                Column(name=name, kind=Kind.INTEGER, unit=_("centavos"), meaning=meaning, example=example, fields=SUMMED)
                for name, meaning, example in (
                    ("centavos", _("El momento que pasa, en ese mes"), "60000"),
                    ("centavos_del_otro", _("El otro, en ese mes"), "50000"),
                    ("centavos_hoy", _("El momento que pasa, en el último mes"), "60000"),
                    ("centavos_del_otro_hoy", _("El otro, en el último mes"), "50000"),
                )
            ),
            Column(
                name="entre",
                kind=Kind.INTEGER,
                meaning=_("10 o 100, si dividir entre eso el movimiento más grande los haría iguales; si no, vacío"),
                example="100",
                optional=True,
                fields=SUMMED,
            ),
        ),
        rows=flag_rows,
    )
)
