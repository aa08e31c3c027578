"""The data sets of indicators: what each is, what each came to with what went into it, and what was set for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Row, Shelf, offer
from calpulli_core.indicators.computing import written

from ..models import Computation, Sheet, Target
from ..models.sheets import State
from ..queries.reporting import Reported, reported
from ..queries.sheets import HELD
from ..queries.tables import in_spanish
from ..queries.timing import TERMS, span_of
from ..queries.told import cells_of, editions_told, key_told
from ..queries.words import figures

COMMON: dict[str, Any] = {
    "topic": _("Indicadores"),
    "shelf": Shelf.ASKED,
    "area": "indicators",
    "chains": ("indicators",),
    "check": Check.RECOMPUTED,
}
PLACES = 6
VALUE = ("indicators.Computation.value",)
REASON = ("indicators.Computation.reason",)
TARGET = ("indicators.Target.value",)


def of_sheet(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of a sheet."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"indicators.Sheet.{field}",), **more)


def of_computation(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of a computation."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"indicators.Computation.{field}",), **more)


def of_target(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of a target."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"indicators.Target.{field}",), **more)


SHEET_COLUMNS = (
    of_sheet("indicador", "key", _("Clave del indicador"), "linea-1.3-en-termino"),
    of_sheet("version", "version", _("Versión de la ficha, desde 1"), "1", kind=Kind.INTEGER),
    of_sheet("estado", "state", _("approved: rigió o rige; retired: ya no se calcula"), "approved"),
    of_sheet("plan", "plan_key", _("Clave del programa al que sirve"), "demo-2026"),
    of_sheet("objetivo", "objective", _("Número del objetivo"), "1", kind=Kind.INTEGER),
    of_sheet("linea", "line", _("Línea de acción; vacía si es de todo el objetivo"), "linea-1.3", optional=True),
    of_sheet("nombre", "name", _("Nombre del indicador"), _("Actividades cumplidas en término")),
    of_sheet("definicion", "definition", _("Qué dice el número, en frases"), _("Qué parte de las actividades se cumplió")),
    of_sheet("formula", "formula", _("Como se calcula, en el lenguaje de las fórmulas"), "100 * cumplidas / programadas"),
    of_sheet(
        "formula_en_palabras", "formula_words", _("La fórmula como se dice"), _("Cumplidas, entre programadas"), optional=True
    ),
    of_sheet(
        "variables", "variables", _("Qué es cada nombre de la fórmula, como JSON"), '{"a": {"measure": "annual.activities_due"}}'
    ),
    of_sheet("unidad", "unit", _("Unidad de medida"), "%"),
    of_sheet("frecuencia", "frequency", _("MONTH, QUARTER o YEAR: cada cuánto se calcula"), "QUARTER"),
    of_sheet("dimension", "dimension", _("Qué del trabajo mide"), "eficacia"),
    of_sheet("tipo", "kind", _("estrategico o gestion: para qué se usa"), "gestion"),
    of_sheet("muestra", "mark", _("gestion: lo que se hizo; resultado: lo que cambió"), "gestion"),
    of_sheet("sentido", "sense", _("ascendente o descendente: hacia dónde debe ir"), "ascendente"),
    of_sheet("bandas", "bands", _("Porcentajes de la meta desde los que cumple, arriesga o se pasa, como JSON"), '{"met": 100}'),
    of_sheet("linea_base", "baseline", _("De dónde se partió; vacía si nadie la sabe"), "70", optional=True),
    of_sheet("fuente_linea_base", "baseline_source", _("De dónde sale la línea base"), _("Informe anual"), optional=True),
    of_sheet("verificacion", "verification", _("Con qué se comprueba"), _("Reportes aprobados"), optional=True),
    of_sheet("fuente", "source", _("De dónde sale lo que se cuenta"), _("Reportes trimestrales")),
    of_sheet("clave_area", "area", _("Clave del área que responde"), "secretaria-administrativa"),
    of_sheet("puesto", "post", _("Clave del puesto que responde, si se sabe"), "titular", optional=True),
    of_sheet("cremaa", "cremaa", _("Calificación y razón de cada criterio, como JSON"), '{"claro": {"score": 5}}'),
    of_sheet("falta", "awaits", _("Qué falta para medirlo; vacía si no falta nada"), _("el módulo de elecciones"), optional=True),
    of_sheet("motivo", "reason", _("Por qué hay otra versión; vacío en la primera"), _("Cambió la fuente"), optional=True),
    of_sheet("advertencia", "invented", _("Lo que hay que saber si es de demostración"), _("Ficha inventada"), optional=True),
    of_sheet("propuesta", "proposed_on", _("Día en que se propuso"), "2026-01-21", kind=Kind.DATE),
    of_sheet("decidida", "decided_on", _("Día en que otra persona la aprobó"), "2026-01-23", kind=Kind.DATE, optional=True),
)
AS_JSON = ("variables", "bandas", "cremaa")


def sheet_rows() -> Iterator[Row]:
    """Every version of a sheet that holds or held."""
    named = [(column.name, column.fields[0].rsplit(".", 1)[1]) for column in SHEET_COLUMNS]
    for sheet in Sheet.objects.filter(state__in=HELD).order_by("key", "version"):
        yield tuple(_told(getattr(sheet, field), name) for name, field in named)


def _told(value: Any, name: str) -> Any:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if name in AS_JSON else value


offer(
    Dataset(
        **COMMON,
        key="indicadores",
        title=_("Fichas de los indicadores"),
        description=_("Qué es cada indicador: su ficha completa, en cada una de sus versiones."),
        words=("fichas", "formula", "cremaa", "fr/31"),
        cadence=_("En cuanto se aprueba o se retira una ficha"),
        check_note=_("Cada ficha es un renglón del libro de hechos, con su huella."),
        keys=("indicador", "version"),
        columns=SHEET_COLUMNS,
        rows=sheet_rows,
    )
)


@in_spanish
def value_rows() -> Iterator[Row]:
    """The last computation of each indicator in each period."""
    yield from map(_value_row, reported())


def _value_row(one: Reported) -> Row:
    kept, target = one.kept, one.target
    value = "" if one.value is None else figures(one.value, PLACES)
    told = (written(target.programmed), written(target.value), target.version) if target else ("", "", None)
    return (
        *(kept.indicator, kept.period, *span_of(one.moment), kept.value, value, one.sheet.row.unit, kept.reason, one.why),
        *(*told, str(one.standing.value), kept.version, one.times, kept.batch, one.computed_at, kept.inputs),
    )


offer(
    Dataset(
        **(COMMON | {"chains": ("indicators", *TERMS)}),
        key="valores-de-indicadores",
        title=_("Valores de los indicadores"),
        description=_(
            "Lo último que se calculó y guardó de cada indicador en cada periodo: su valor exacto o por qué no lo hay, lo que "
            "entró, su meta y de qué versión de la ficha es."
        ),
        words=("avance", "metas", "tablero", "resultados"),
        cadence=_("En cuanto se guarda un cómputo"),
        check_note=_("Con lo que entró y la fórmula de su ficha se vuelve a hacer cada cuenta."),
        keys=("indicador", "periodo"),
        columns=(
            of_computation("indicador", "indicator", _("Clave del indicador"), "linea-1.3-en-termino"),
            of_computation("periodo", "period", _("Mes, trimestre o año"), "2026-Q3"),
            of_computation("inicio", "period", _("Primer día del periodo"), "2026-07-01", kind=Kind.DATE),
            of_computation("termino", "period", _("Último día del periodo"), "2026-09-30", kind=Kind.DATE),
            of_computation("valor", "value", _("El valor exacto, entero o fracción"), "200/3", optional=True),
            of_computation("valor_decimal", "value", _("El valor con seis decimales a lo más"), "66.666667", optional=True),
            of_sheet("unidad", "unit", _("Unidad de medida"), "%"),
            of_computation("sin_datos", "reason", _("Clave de por qué no hay valor"), "no-data", optional=True),
            of_computation("porque", "trace", _("Por qué no hay valor, en palabras"), _("no hay datos"), optional=True),
            of_target("meta_programada", "value", _("Lo primero que se fijó para el periodo"), "90", optional=True),
            of_target("meta", "value", _("Lo que rige hoy para el periodo"), "85", optional=True),
            of_target("meta_version", "version", _("Versión de la meta"), "1", kind=Kind.INTEGER, optional=True),
            Column(
                name="estado",
                meaning=_(
                    "Cómo estaba la última vez que se calculó: met, risk, missed, beyond (se pasó: meta mal puesta), early (no "
                    "vencía aún), no-target, no-bands o no-value"
                ),
                example="met",
                fields=(*VALUE, *TARGET, "indicators.Sheet.bands", "indicators.Sheet.sense"),
            ),
            of_computation("ficha_version", "version", _("Versión de la ficha con que se calculó"), "1", kind=Kind.INTEGER),
            of_computation("computos", "id", _("Cuántos cómputos se guardan de este periodo"), "2", kind=Kind.INTEGER),
            of_computation("lote", "batch_id", _("Lote en que se guardó el último"), "7", kind=Kind.INTEGER),
            Column(
                name="calculado",
                kind=Kind.INSTANT,
                meaning=_("Cuándo se calculó y guardó"),
                example="2026-10-02T18:00:00Z",
                fields=("indicators.ComputationBatch.computed_at",),
            ),
            of_computation("entradas", "inputs", _("Lo que entró: cada nombre con su valor, como JSON"), '[{"name": "a"}]'),
        ),
        rows=value_rows,
    )
)


def computation_rows() -> QuerySet[Any]:
    """Every computation that was ever kept."""
    found = Computation.objects.annotate(
        lote=F("batch_id"),
        lugar=F("position"),
        indicador=F("indicator"),
        ficha_version=F("version"),
        periodo=F("period"),
        valor=F("value"),
        sin_datos=F("reason"),
        calculado=F("batch__computed_at"),
        entradas=F("inputs"),
        pasos=F("trace"),
    )
    rows: QuerySet[Any] = found
    return rows


offer(
    Dataset(
        **COMMON,
        key="computos-de-indicadores",
        title=_("Cómputos de los indicadores"),
        description=_("Cada cómputo que se guardó, también los que otro reemplazó: con lo que entró y cada paso."),
        words=("historia", "computos", "pasos"),
        cadence=_("En cuanto se guarda un cómputo"),
        check_note=_("Cada lote trae en el libro de hechos cuántos cómputos tiene y su huella."),
        keys=("lote", "lugar"),
        editions=False,
        columns=(
            of_computation("lote", "batch_id", _("Número del lote en que se guardó"), "7", kind=Kind.INTEGER),
            of_computation("lugar", "position", _("Lugar en su lote"), "1", kind=Kind.INTEGER),
            of_computation("indicador", "indicator", _("Clave del indicador"), "linea-1.3-en-termino"),
            of_computation("ficha_version", "version", _("Versión de la ficha con que se calculó"), "1", kind=Kind.INTEGER),
            of_computation("periodo", "period", _("Mes, trimestre o año"), "2026-Q3"),
            of_computation("valor", "value", _("El valor exacto, entero o fracción"), "200/3", optional=True),
            of_computation("sin_datos", "reason", _("Clave de por qué no hay valor"), "no-data", optional=True),
            Column(
                name="calculado",
                kind=Kind.INSTANT,
                meaning=_("Cuándo se calculó y guardó"),
                example="2026-10-02T18:00:00Z",
                fields=("indicators.ComputationBatch.computed_at",),
            ),
            of_computation("entradas", "inputs", _("Lo que entró: cada nombre con su valor, como JSON"), '[{"name": "a"}]'),
            of_computation("pasos", "trace", _("Cada paso de la cuenta, como JSON"), '{"steps": []}'),
        ),
        query=computation_rows,
    )
)


def people_rows() -> Iterator[Row]:
    """Every cell of every edition; the number is absent where it is kept back."""
    for edition in sorted(editions_told(), key=lambda one: (one.table, one.year, one.number)):
        for (period, place, category), told in cells_of(edition.id).items():
            named = (period, key_told(place), key_told(category))
            yield (edition.table, edition.year, edition.number, edition.told_at, edition.floor, *named, told)


def of_cell(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of a cell that was told."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"indicators.ToldCell.{field}",), **more)


def of_telling(name: str, field: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of an edition of a table of people."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"indicators.Telling.{field}",), **more)


offer(
    Dataset(
        **(COMMON | {"check": Check.ATTESTED}),
        key="personas-contadas",
        title=_("Personas contadas, por edición"),
        description=_(
            "Cuántas personas hubo en cada trimestre, lugar y categoría, en cada edición que se dijo. Lo que está vacío se "
            "calla: una cuenta muy pequeña, o una que al restarla la diría."
        ),
        words=("personas", "mujeres", "hombres", "distritos", "privacidad"),
        cadence=_("Cuando termina un trimestre, y pocas veces después"),
        check_note=_("El libro de hechos dice cuántas celdas tiene cada edición y su huella."),
        sensitivity=_("pública: cuentas de personas con las pequeñas calladas"),
        keys=("tabla", "ejercicio", "edicion", "periodo", "lugar", "categoria"),
        columns=(
            of_telling("tabla", "table", _("Qué se cuenta"), "annual.people"),
            of_telling("ejercicio", "year", _("Año de lo que se cuenta"), "2026", kind=Kind.INTEGER),
            of_telling("edicion", "number", _("Número de la edición, desde 1"), "1", kind=Kind.INTEGER),
            of_telling("dicha", "told_at", _("Cuándo se dijo"), "2026-10-02T18:00:00Z", kind=Kind.INSTANT),
            of_telling("minimo", "floor", _("De menos personas que estas no se dice la cuenta"), "5", kind=Kind.INTEGER),
            of_cell("periodo", "period", _("Trimestre o año"), "2026-Q3"),
            of_cell(
                "lugar", "place", _("Clave del lugar; o bien todos, juntos, o sin-lugar, en ninguno en particular"), "distrito-01"
            ),
            of_cell("categoria", "category", _("Clave de la categoría; o bien todos, que son todas las personas"), "women"),
            of_cell("personas", "told", _("Cuántas; vacía si se calla"), "122", kind=Kind.INTEGER, optional=True),
        ),
        rows=people_rows,
    )
)
TARGET_COLUMNS = (
    of_target("indicador", "indicator", _("Clave del indicador"), "linea-1.3-en-termino"),
    of_target("periodo", "period", _("Mes, trimestre o año"), "2026-Q3"),
    of_target("version", "version", _("Desde 1; la más alta es la que rige"), "1", kind=Kind.INTEGER),
    of_target("meta", "value", _("Lo que se fijó, en la unidad del indicador"), "90"),
    of_target("fuente", "source", _("El acuerdo o documento que la fija"), _("Acuerdo de ejemplo")),
    of_target("motivo", "reason", _("Por qué se ajustó; vacío en la primera"), _("Cambió el presupuesto"), optional=True),
    of_target("propuesta", "proposed_on", _("Día en que se propuso"), "2026-01-26", kind=Kind.DATE),
    of_target("decidida", "decided_on", _("Día en que otra persona la aprobó"), "2026-01-28", kind=Kind.DATE, optional=True),
)


def target_rows() -> Iterator[Row]:
    """Every target that was approved, also one that another adjusted."""
    fields = [column.fields[0].rsplit(".", 1)[1] for column in TARGET_COLUMNS]
    yield from Target.objects.filter(state=State.APPROVED).order_by("indicator", "period", "version").values_list(*fields)


offer(
    Dataset(
        **COMMON,
        key="metas-de-indicadores",
        title=_("Metas de los indicadores"),
        description=_("Lo que el instituto fijó para cada indicador en cada periodo, con sus ajustes y de dónde sale."),
        words=("metas", "programado", "ajustes"),
        cadence=_("En cuanto se aprueba una meta"),
        check_note=_("Cada meta es un renglón del libro de hechos, con su huella."),
        keys=("indicador", "periodo", "version"),
        columns=TARGET_COLUMNS,
        rows=target_rows,
    )
)
