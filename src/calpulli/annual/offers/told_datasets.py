"""The data sets of what came of it: approved reports, their evidence, and the goals that were adjusted.

Nothing of a report leaves before another person approves it, nor of an adjustment before it is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Column, Dataset, KeptFile, Kind, Row, offer

from .. import queries
from ..models import Adjustment, Evidence, Report
from .datasets import ACTIVITY, APPROVED, COMMON, MONTH, OF_ACTIVITY, PLAN, YEAR, column, thousandths, whole

DECIDED = (Adjustment.State.APPROVED, Adjustment.State.REFUSED)
QUARTER = whole("Report.quarter", "trimestre", _("Trimestre del año, del 1 al 4"), "3")
VERSION = whole("Report.version", "version", _("Número de la versión: cada envío es una"), "2")


def report_rows() -> Iterator[Row]:
    """Every version that was approved."""
    found = Report.objects.filter(state=Report.State.APPROVED, activity__exercise__state=APPROVED)
    for one in found.order_by(*OF_ACTIVITY, "quarter", "version").select_related("activity__exercise"):
        exercise = one.activity.exercise
        yield (
            *(exercise.plan_key, exercise.year, one.activity.key, one.quarter, one.version, one.counts, one.goal, one.done),
            *(one.due_on, one.submitted_at, one.on_time, one.met_on, one.decided_at),
            *(queries.cause_words(one.cause) if one.cause else "", one.narrative, one.correction),
        )


offer(
    Dataset(
        **COMMON,
        key="avances-aprobados",
        title=_("Avances aprobados"),
        description=_(
            "Cada reporte trimestral que otra persona aprobó, también los que después se corrigieron; «vale» dice cuál cuenta. "
            "Lo que aún se escribe, se revisa o se devolvió no está aquí. Si la unidad cuenta personas («cuenta_personas» de las "
            "actividades), 0 quiere decir que fueron menos de las que se pueden decir."
        ),
        words=("poa", "reportes trimestrales", "avance", "cumplimiento", "por que no se cumplio"),
        cadence=_("En cuanto se aprueba un reporte"),
        keys=("plan", "ejercicio", "actividad", "trimestre", "version"),
        columns=(
            PLAN,
            YEAR,
            ACTIVITY,
            QUARTER,
            VERSION,
            column("Report.counts", "vale", _("verdadero si es la versión que cuenta hoy"), "true", kind=Kind.BOOLEAN),
            thousandths("Report.goal", "meta", _("La meta del trimestre cuando se envió"), "30000"),
            thousandths("Report.done", "hecho", _("Lo que se hizo en el trimestre"), "28000"),
            column("Report.due_on", "vence", _("Último día para enviarlo"), "2026-10-15", kind=Kind.DATE),
            column("Report.submitted_at", "enviado", _("Cuándo se envió"), "2026-10-08T16:00:00Z", kind=Kind.INSTANT),
            column(
                "Report.on_time",
                "a_tiempo",
                _("verdadero si se envió en su plazo; de una corrección, si lo fue lo que corrige"),
                "true",
                kind=Kind.BOOLEAN,
            ),
            column(
                "Report.met_on",
                "alcanzada",
                _("Día en que se envió lo que la hace cumplida, evidencia y la meta alcanzada; después de «vence» no cuenta"),
                "2026-10-08",
                kind=Kind.DATE,
                optional=True,
            ),
            column(
                "Report.decided_at", "aprobado", _("Cuándo se aprobó"), "2026-10-17T16:00:00Z", kind=Kind.INSTANT, optional=True
            ),
            column("Report.cause", "causa", _("Por qué lo hecho no es la meta"), _("Se movió a otro mes"), optional=True),
            column("Report.narrative", "explicacion", _("Qué pasó, como lo dijo el área"), _("Faltó una sede."), optional=True),
            column(
                "Report.correction",
                "correccion",
                _("Motivo, si corrige un reporte aprobado"),
                _("Se contó dos veces."),
                optional=True,
            ),
        ),
        rows=report_rows,
    )
)


def _shown() -> Iterable[Evidence]:
    found = Evidence.objects.filter(report__state=Report.State.APPROVED, report__activity__exercise__state=APPROVED)
    order = [f"report__{name}" for name in (*OF_ACTIVITY, "quarter", "version")]
    return found.order_by(*order, "pk").select_related("report__activity__exercise")


def evidence_rows() -> Iterator[Row]:
    """Every piece of evidence of an approved report."""
    for one in _shown():
        report, exercise = one.report, one.report.activity.exercise
        kind = {"file": "archivo", "query": "consulta"}[one.kind]
        address = reverse("poa_evidence", args=[one.sha256, one.extension])
        about = kind, one.title, one.sha256, one.media_type, one.size, address
        yield exercise.plan_key, exercise.year, report.activity.key, report.quarter, report.version, *about


def evidence_files() -> Iterator[KeptFile]:
    """The files themselves, each once."""
    told = {one.sha256: KeptFile(f"{one.sha256}.{one.extension}", one.sha256) for one in _shown()}
    yield from told.values()


offer(
    Dataset(
        **COMMON,
        key="evidencias-de-los-reportes",
        title=_("Evidencias de los reportes"),
        description=_(
            "Los archivos y consultas con que cada reporte aprobado muestra lo que se hizo, con su huella y dónde bajarlos."
        ),
        words=("evidencia", "constancias", "comprobantes", "poa"),
        cadence=_("En cuanto se aprueba un reporte"),
        keys=("plan", "ejercicio", "actividad", "trimestre", "version", "huella"),
        columns=(
            PLAN,
            YEAR,
            ACTIVITY,
            QUARTER,
            VERSION,
            column("Evidence.kind", "tipo", _("archivo que trajo una persona, o consulta a la plataforma"), "archivo"),
            column("Evidence.title", "titulo", _("Qué muestra"), _("Constancia")),
            column("Evidence.sha256", "huella", _("Huella SHA-256 del archivo"), "9f86d081884c7d65…"),
            column("Evidence.media_type", "formato", _("Tipo de archivo"), "application/pdf"),
            whole("Evidence.size", "bytes", _("Tamaño del archivo"), "18243", unit=_("bytes")),
            column("Evidence.sha256", "direccion", _("Dirección en este sitio"), "/poa/evidencia/9f86d081.pdf"),
        ),
        rows=evidence_rows,
        files=evidence_files,
    )
)


def adjustment_rows() -> Iterator[Row]:
    """Each month of each adjustment that was decided."""
    found = Adjustment.objects.filter(state__in=DECIDED, activity__exercise__state=APPROVED)
    for one in found.order_by(*OF_ACTIVITY, "pk").select_related("activity__exercise"):
        exercise = one.activity.exercise
        state = "aprobado" if one.state == Adjustment.State.APPROVED else "no aprobado"
        days = one.proposed_on, one.decided_on
        for month, after in sorted((int(month), after) for month, after in one.after.items()):
            before = one.before.get(str(month), 0)
            if before != after:
                about = before, after, state, *days, one.reason, one.answer
                yield exercise.plan_key, exercise.year, one.activity.key, one.pk, month, *about


def of_adjustment(field: str, name: str, meaning: object, example: object, **more: object) -> Column:
    """A column that comes from a field of the adjustment."""
    return column(f"Adjustment.{field}", name, meaning, example, **more)


offer(
    Dataset(
        **COMMON,
        key="ajustes-de-metas",
        title=_("Ajustes de metas"),
        description=_(
            "Cada meta que se quiso cambiar después de aprobado el año: de cuánto a cuánto, por qué, y qué se decidió."
        ),
        words=("poa", "metas ajustadas", "modificaciones", "reprogramacion"),
        cadence=_("En cuanto se decide un ajuste"),
        keys=("plan", "ejercicio", "actividad", "ajuste", "mes"),
        columns=(
            PLAN,
            YEAR,
            ACTIVITY,
            whole("Adjustment.id", "ajuste", _("Número del ajuste"), "4"),
            MONTH,
            thousandths("Adjustment.before", "antes", _("La meta que valía"), "12000"),
            thousandths("Adjustment.after", "despues", _("La meta que se propuso"), "9000"),
            of_adjustment("state", "decision", _("aprobado o no aprobado"), "aprobado"),
            of_adjustment("proposed_on", "propuesto", _("Día en que se propuso"), "2026-04-20", kind=Kind.DATE),
            of_adjustment("decided_on", "decidido", _("Día en que se decidió"), "2026-04-24", kind=Kind.DATE, optional=True),
            of_adjustment("reason", "motivo", _("Por qué se propuso"), _("Cambió el calendario escolar.")),
            of_adjustment("answer", "respuesta", _("Qué se respondió"), _("De acuerdo."), optional=True),
        ),
        rows=adjustment_rows,
    )
)
