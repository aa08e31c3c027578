"""The data sets of what was planned: programmes, their matrix, activities, lines, and goals with what was achieved by month.

Only of approved exercises, and of what was done only what an approved report says: what the public pages show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Row, Shelf, offer

from ..models import Achieved, Activity, Exercise, Goal, MatrixRow, Programme, Share

APPROVED = Exercise.State.APPROVED
COMMON: dict[str, Any] = {
    "topic": _("Programa anual"),
    "shelf": Shelf.ASKED,
    "chains": ("annual",),
    "area": "annual",
    "check": Check.ATTESTED,
    "check_note": _("Cada renglón tiene su huella en el libro, en el hecho de la cadena annual que lo escribió."),
}
ON_APPROVAL = _("Cuando se aprueba el programa de un año")


def column(source: str, name: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column that comes from a field of the annual programme: `Activity.name`."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"annual.{source}",), **more)


def whole(source: str, name: str, meaning: Any, example: str, **more: Any) -> Column:
    """The same, of whole numbers."""
    return column(source, name, meaning, example, kind=Kind.INTEGER, **more)


def thousandths(source: str, name: str, meaning: Any, example: str, **more: Any) -> Column:
    """The same, of amounts: kept in thousandths, so that halves add up."""
    return whole(source, name, meaning, example, unit=_("milésimas de la unidad de medida"), **more)


PLAN = column("Exercise.plan_key", "plan", _("Clave del programa institucional al que sirve"), "demo-2026")
YEAR = whole("Exercise.year", "ejercicio", _("Año del programa anual"), "2026", unit=_("año"))
ACTIVITY = column("Activity.key", "actividad", _("Clave de la actividad en su año"), "01-01")
MONTH = whole("Goal.month", "mes", _("Mes, del 1 al 12"), "3")
OF_YEAR = ("exercise__plan_key", "exercise__year")
OF_ACTIVITY = ("activity__exercise__plan_key", "activity__exercise__year", "activity__key")


def programme_rows() -> Iterator[Row]:
    """Every programme of an approved year."""
    found = Programme.objects.filter(exercise__state=APPROVED).order_by(*OF_YEAR, "key").select_related("exercise")
    for one in found:
        kind = {"institutional": "institucional", "specific": "específico"}[one.kind]
        yield one.exercise.plan_key, one.exercise.year, one.key, one.name, kind, one.needs_matrix, one.exercise.invented


PROGRAMME = "clave", _("Clave del programa en su año"), "01"
offer(
    Dataset(
        **COMMON,
        key="programas-del-programa-anual",
        title=_("Programas del programa anual"),
        description=_("Los programas, institucionales y específicos, en que se agrupan las actividades de cada año aprobado."),
        words=("poa", "programa operativo anual", "programas"),
        cadence=ON_APPROVAL,
        keys=("plan", "ejercicio", "clave"),
        columns=(
            PLAN,
            YEAR,
            column("Programme.key", *PROGRAMME),
            column("Programme.name", "nombre", _("Nombre del programa"), _("Cultura cívica")),
            column("Programme.kind", "tipo", _("institucional o específico"), "institucional"),
            column("Programme.needs_matrix", "lleva_matriz", _("verdadero si lleva matriz"), "true", kind=Kind.BOOLEAN),
            column(
                "Exercise.invented",
                "advertencia",
                _("Lo que hay que saber antes de usarlo; vacía si no es de una demostración"),
                _("Programa anual de demostración: es inventado."),
                optional=True,
            ),
        ),
        rows=programme_rows,
    )
)


def matrix_rows() -> Iterator[Row]:
    """Every row of the matrices of approved years."""
    found = MatrixRow.objects.filter(programme__exercise__state=APPROVED).select_related("programme__exercise")
    for one in found.order_by("programme__exercise__plan_key", "programme__exercise__year", "programme__key", "position"):
        exercise = one.programme.exercise
        about = one.level, one.summary, one.indicator, one.verification, one.assumptions
        yield exercise.plan_key, exercise.year, one.programme.key, one.position, *about


offer(
    Dataset(
        **COMMON,
        key="matrices-de-programas",
        title=_("Matrices de los programas (MIR)"),
        description=_("De los programas que la llevan, cada renglón de su matriz: lo que se busca, cómo se ve y de qué depende."),
        words=("mir", "matriz de indicadores", "marco logico", "supuestos"),
        cadence=ON_APPROVAL,
        keys=("plan", "ejercicio", "clave", "lugar"),
        columns=(
            PLAN,
            YEAR,
            column("Programme.key", *PROGRAMME),
            whole("MatrixRow.position", "lugar", _("Lugar del renglón en la matriz, desde 1"), "1"),
            column("MatrixRow.level", "nivel", _("fin, proposito, componente o actividad"), "proposito"),
            column("MatrixRow.summary", "resumen", _("Lo que se busca"), _("Más personas conocen sus derechos"), optional=True),
            column("MatrixRow.indicator", "indicador", _("Con qué se mide"), _("Personas atendidas"), optional=True),
            column("MatrixRow.verification", "verificacion", _("Dónde se comprueba"), _("Reportes"), optional=True),
            column("MatrixRow.assumptions", "supuestos", _("De qué depende"), _("Que haya sedes"), optional=True),
        ),
        rows=matrix_rows,
    )
)


def activity_rows() -> Iterator[Row]:
    """Every activity of an approved year."""
    found = Activity.objects.filter(exercise__state=APPROVED).order_by(*OF_YEAR, "key").select_related("exercise", "programme")
    for one in found:
        yield (
            *(one.exercise.plan_key, one.exercise.year, one.key, one.programme.key, one.name, one.description, one.area),
            *(one.post, one.unit, one.population, " ".join(sorted(one.districts)), one.gender, one.rights),
            *(one.cumulative, one.counted, one.tells_people),
        )


def yes_or_no(source: str, name: str, meaning: Any) -> Column:
    """A mark of an activity."""
    return column(f"Activity.{source}", name, meaning, "true", kind=Kind.BOOLEAN)


offer(
    Dataset(
        **COMMON,
        key="actividades-del-programa-anual",
        title=_("Actividades del programa anual"),
        description=_("Cada actividad institucional de los años aprobados: qué se hará, quién responde, para quién y dónde."),
        words=("poa", "actividades institucionales", "quien responde", "programa operativo anual"),
        cadence=ON_APPROVAL,
        keys=("plan", "ejercicio", "actividad"),
        columns=(
            PLAN,
            YEAR,
            ACTIVITY,
            column("Programme.key", "programa", _("Clave del programa al que pertenece"), "01"),
            column("Activity.name", "nombre", _("Qué se hará"), _("Talleres en escuelas")),
            column("Activity.description", "descripcion", _("Descripción"), _("En escuelas públicas"), optional=True),
            column("Activity.area", "clave_area", _("Clave del área que responde"), "secretaria-administrativa"),
            column("Activity.post", "puesto", _("Clave del puesto que responde"), "direccion-educacion-titular", optional=True),
            column("Activity.unit", "unidad", _("En qué se mide, en plural"), _("talleres"), optional=True),
            column("Activity.population", "poblacion", _("Para quién es"), _("Estudiantes"), optional=True),
            column(
                "Activity.districts",
                "distritos",
                _("Claves de las oficinas de distrito en que se hace; vacía, en toda la ciudad"),
                "distrito-01 distrito-05",
                optional=True,
            ),
            yes_or_no("gender", "igualdad", _("verdadero si sirve a la igualdad entre mujeres y hombres")),
            yes_or_no("rights", "derechos_humanos", _("verdadero si sirve a los derechos humanos")),
            yes_or_no("cumulative", "se_suma", _("verdadero si los meses se suman; si no, vale el último")),
            yes_or_no("counted", "se_cuenta", _("verdadero si lo hecho se cuenta de sus entregas, una por una")),
            yes_or_no("of_people", "cuenta_personas", _("verdadero si la unidad cuenta personas, o nadie ha dicho que no")),
        ),
        rows=activity_rows,
    )
)


def share_rows() -> Iterator[Row]:
    """How much of each activity serves each line."""
    found = Share.objects.filter(activity__exercise__state=APPROVED).order_by(*OF_ACTIVITY, "line")
    yield from found.values_list(*OF_ACTIVITY, "line", "share")


offer(
    Dataset(
        **COMMON,
        key="lineas-de-las-actividades",
        title=_("Líneas a las que sirve cada actividad"),
        description=_(
            "Qué parte de cada actividad sirve a cada línea del programa institucional; las de una actividad suman 100 %."
        ),
        words=("alineacion", "poa", "lineas de accion"),
        cadence=ON_APPROVAL,
        keys=("plan", "ejercicio", "actividad", "linea"),
        columns=(
            PLAN,
            YEAR,
            ACTIVITY,
            column("Share.line", "linea", _("Identificador de la línea de acción"), "linea-1.3"),
            whole(
                "Share.share", "parte", _("Parte de la actividad que le sirve"), "5000", unit=_("centésimas de punto porcentual")
            ),
        ),
        rows=share_rows,
    )
)


def goal_rows() -> Iterator[Row]:
    """Every month with a goal, or of which an approved report tells something."""
    goals = {
        (*told, month): (programmed, adjusted)
        for *told, month, programmed, adjusted in Goal.objects.filter(activity__exercise__state=APPROVED).values_list(
            *OF_ACTIVITY, "month", "programmed", "adjusted"
        )
    }
    counting = Achieved.objects.filter(report__counts=True, report__activity__exercise__state=APPROVED)
    names = [f"report__{name}" for name in OF_ACTIVITY]
    done = {(*told, month): amount for *told, month, amount in counting.values_list(*names, "month", "amount")}
    for key in sorted(goals.keys() | done.keys()):
        programmed, adjusted = goals.get(key, (0, None))
        yield *key, programmed, programmed if adjusted is None else adjusted, done.get(key)


offer(
    Dataset(
        **COMMON,
        key="metas-y-avance-por-mes",
        title=_("Metas y avance por mes"),
        description=_(
            "De cada actividad y mes, cuánto se programó, cuánto vale la meta tras los ajustes, y cuánto se hizo según el "
            "reporte aprobado; vacío mientras ninguno lo dice. Si la unidad cuenta personas, lo hecho en el trimestre está en "
            "uno de sus meses, y 0 quiere decir que fueron menos de las que se pueden decir."
        ),
        words=("poa", "metas", "calendario de metas", "avance", "cumplimiento"),
        cadence=_("En cuanto se aprueba un reporte o un ajuste"),
        keys=("plan", "ejercicio", "actividad", "mes"),
        columns=(
            PLAN,
            YEAR,
            ACTIVITY,
            MONTH,
            thousandths("Goal.programmed", "programado", _("Lo que se programó al aprobar el año"), "12000"),
            thousandths("Goal.adjusted", "vigente", _("La meta que vale hoy, tras el último ajuste"), "9000"),
            thousandths("Achieved.amount", "hecho", _("Lo que se hizo, según el reporte aprobado"), "9500", optional=True),
        ),
        rows=goal_rows,
    )
)
