"""The data sets of what the institute reports: periods with their term, published editions, and the columns of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, KeptFile, Kind, Row, Shelf, offer
from calpulli_core.calendars.terms import Deadline

from .. import queries
from ..models import APART, Edition
from ..queries import EditionView, PeriodView, PlanView
from .datasets import PLAN

COMMON: dict[str, Any] = {
    "topic": _("Registros"),
    "shelf": Shelf.ASKED,
    "area": "planning",
    "cadence": _("Cada trimestre, y cuando se corrige un registro"),
    "legal": _("Artículo 121, fracción XXII, inciso b): es la obligación que cumple el registro."),
}
PERIOD = Column(
    name="periodo",
    meaning=_("Año, o año y trimestre"),
    example="2026-Q3",
    fields=("planning.Period.code",),
)
NUMBER = Column(
    name="edicion",
    kind=Kind.INTEGER,
    meaning=_("1 la primera; de la 2 en adelante, fe de erratas"),
    example="1",
    fields=("planning.Edition.number",),
)
STATES = {
    Edition.State.OPEN: "abierto",
    Edition.State.IN_REVIEW: "en revisión",
    Edition.State.SEALED: "sellado",
    Edition.State.PUBLISHED: "publicado",
}
UNOPENED = "sin abrir"
DUE = ("planning.Period.code", "planning.Plan.institute")


def periods() -> Iterator[PeriodView]:
    """Every period that a public plan has opened."""
    for plan in queries.plan_views():
        yield from queries.periods_of(plan.key)


def period_rows() -> Iterator[Row]:
    """Each period of a public plan with its term and when it was first published; of an own plan, also those not opened."""
    for plan in queries.plan_views():
        for period in queries.every_period(plan) if plan.is_own else queries.periods_of(plan.key):
            yield _period_row(plan, period, deadline_of(period))


def _period_row(plan: PlanView, period: PeriodView, due: Deadline | None) -> Row:
    term = (due.due_on, due.rule.value, due.rule.article, due.rule.confirmed) if due else (None,) * 4
    state = STATES[Edition.State(period.editions[0].state)] if period.editions else UNOPENED
    published_on = period.editions[-1].published_on if period.editions else None
    days = (published_on - due.due_on).days if published_on and due and plan.is_own else None
    told = _punctuality(plan, due, published_on, days)
    return period.plan_key, period.code, period.span.starts_on, period.span.ends_on, state, *term, published_on, told, days


def _punctuality(plan: PlanView, due: Deadline | None, published_on: dt.date | None, days: int | None) -> str:
    """Never what day it is read: of what is not published, whether it is overdue follows from its due date."""
    if not plan.is_own:
        return "no obliga"
    if due is None:
        return "sin regla"
    if published_on is None or days is None:
        return "sin publicar"
    return "a tiempo" if days <= 0 else "tarde"


def deadline_of(period: PeriodView) -> Deadline | None:
    """Its term; None if its rule is in the norms no more: one such period leaves its cells empty, and not the table."""
    return period.deadline if queries.has_rule(period) else None


def published() -> Iterator[EditionView]:
    """Every published edition of every period."""
    for period in periods():
        yield from (one for one in period.editions if one.state == Edition.State.PUBLISHED)


def edition_rows() -> Iterator[Row]:
    """Each published edition with its hashes."""
    for view in published():
        one = view.edition
        yield (
            view.plan_key,
            view.code,
            view.number,
            one.reason,
            one.updated_on,
            one.validated_on,
            view.sealed_on,
            one.published_at,
            one.bundle_number,
            one.content_root,
            one.manifest_sha256,
            one.bundle_sha256,
        )


def record_rows() -> Iterator[Row]:
    """Each cell of each published edition."""
    for view in published():
        for cell in view.record.columns:
            yield view.plan_key, view.code, view.number, cell.number, cell.name, cell.value, cell.mark or ""


def bundle_files() -> Iterator[KeptFile]:
    """The signed bundle of each published edition."""
    for view in published():
        yield KeptFile(f"paquete_{view.plan_key}_{view.code}_ed{view.number}.zip", view.edition.bundle_sha256)


def digest(name: str, meaning: Any, field: str) -> Column:
    """A column of SHA-256 in hexadecimal."""
    return Column(name=name, meaning=meaning, example="9f86d081884c7d65…", unit="SHA-256", fields=(f"planning.Edition.{field}",))


def day(name: str, meaning: Any, example: str, *fields: str, optional: bool = False, source: Any = "") -> Column:
    """A column of dates."""
    return Column(name=name, kind=Kind.DATE, meaning=meaning, example=example, optional=optional, fields=fields, source=source)


NORMS = _("Las normas que el instituto adoptó (conjunto «normas»), con su artículo y vigencia")
offer(
    Dataset(
        **COMMON,
        chains=("planning", "norms"),  # terms are counted by the rules that hold now
        key="periodos",
        title=_("Periodos y plazos"),
        description=_(
            "Cada periodo que se debe informar, lo haya abierto alguien o no: su estado, cuándo vence y si se publicó a tiempo. "
            "Del programa en vigor llega al año siguiente al del último acto; de uno de referencia, lo que se abrió."
        ),
        words=("plazos", "vencimientos", "puntualidad", "trimestres"),
        keys=("plan", "periodo"),
        check=Check.RECOMPUTED,
        check_note=_("El plazo se calcula otra vez con el fin del periodo y los días de la regla; el verificador lo hace."),
        columns=(
            PLAN,
            PERIOD,
            day("inicia", _("Primer día del periodo"), "2026-07-01", "planning.Period.code"),
            day("termina", _("Último día del periodo"), "2026-09-30", "planning.Period.code"),
            Column(
                name="estado",
                meaning=_(
                    "sin abrir si nadie lo empezó; si no, el de su edición más nueva: abierto, en revisión, sellado o publicado"
                ),
                example="publicado",
                fields=("planning.Edition.state",),
            ),
            day(
                "vence",
                _("Último día para publicarlo a tiempo; vacío si ya no hay regla"),
                "2026-11-14",
                *DUE,
                optional=True,
                source=NORMS,
            ),
            Column(
                name="dias_de_plazo",
                kind=Kind.INTEGER,
                unit=_("días naturales"),
                meaning=_("Los que da la regla desde el día siguiente al fin del periodo"),
                example="45",
                optional=True,
                fields=DUE,
                source=NORMS,
            ),
            Column(
                name="fundamento",
                meaning=_("Artículo de la regla"),
                example=_("artículo 121"),
                optional=True,
                fields=DUE,
                source=NORMS,
            ),
            Column(
                name="fundamento_confirmado",
                kind=Kind.BOOLEAN,
                meaning=_("falso mientras nadie haya comprobado la regla contra el texto legal: fuente por confirmar"),
                example="false",
                optional=True,
                fields=DUE,
                source=NORMS,
            ),
            day(
                "publicado",
                _("Día en que se publicó la primera edición, con la hora del centro de México"),
                "2026-10-20",
                "planning.Edition.published_at",
                optional=True,
            ),
            Column(
                name="puntualidad",
                meaning=_(
                    "a tiempo, tarde, sin publicar, sin regla (no se sabe cuándo vencía) o no obliga (programa de referencia). "
                    "La tabla no depende del día en que se lee: sin publicar está vencido si «vence» es anterior a hoy"
                ),
                example="a tiempo",
                fields=("planning.Edition.published_at", "planning.Plan.kind", *DUE),
            ),
            Column(
                name="dias_tras_el_plazo",
                kind=Kind.INTEGER,
                unit=_("días naturales"),
                meaning=_(
                    "Los que van de «vence» a «publicado»; negativo si se publicó antes. Vacío mientras no se publica: "
                    "si ya venció, los días de retraso son la fecha de hoy menos «vence»"
                ),
                example="-25",
                optional=True,
                fields=("planning.Edition.published_at", "planning.Plan.kind", *DUE),
            ),
        ),
        rows=period_rows,
    )
)
offer(
    Dataset(
        **COMMON,
        chains=("planning",),
        key="ediciones",
        title=_("Ediciones publicadas"),
        description=_("Cada registro publicado y cada fe de erratas, con las huellas de su paquete firmado."),
        words=("paquetes", "huellas", "erratas", "sellos"),
        keys=("plan", "periodo", "edicion"),
        check=Check.ATTESTED,
        check_note=_("La huella del paquete es la del archivo que se descarga; el libro de hechos la registró al publicarlo."),
        columns=(
            PLAN,
            PERIOD,
            NUMBER,
            Column(
                name="motivo",
                meaning=_("Por qué se corrigió; vacío en la primera"),
                example=_("La liga llevaba a otro documento."),
                optional=True,
                fields=("planning.Edition.reason",),
            ),
            day(
                "actualizado",
                _("Fecha de actualización que dice el registro"),
                "2026-09-30",
                "planning.Edition.updated_on",
                optional=True,
            ),
            day(
                "validado",
                _("Fecha de validación que dice el registro"),
                "2026-10-20",
                "planning.Edition.validated_on",
                optional=True,
            ),
            day(
                "sellado",
                _("Día en que otra persona lo selló, con la hora del centro de México"),
                "2026-10-20",
                "planning.Edition.sealed_at",
            ),
            Column(
                name="publicado",
                kind=Kind.INSTANT,
                meaning=_("Momento en que se publicó, en tiempo universal"),
                example="2026-10-20T16:00:00Z",
                fields=("planning.Edition.published_at",),
            ),
            Column(
                name="paquete",
                kind=Kind.INTEGER,
                meaning=_("Número del paquete: uno tras otro, sin huecos"),
                example="3",
                fields=("planning.Edition.bundle_number",),
            ),
            digest("raiz", _("Raíz del contenido sellado"), "content_root"),
            digest("huella_manifiesto", _("Huella del manifiesto firmado"), "manifest_sha256"),
            digest("huella_paquete", _("Huella del archivo paquete.zip"), "bundle_sha256"),
        ),
        rows=edition_rows,
        files=bundle_files,
    )
)
CAPTURED = tuple(f"planning.Edition.{name}" for name in (*APART, "further", "sealed_files"))
offer(
    Dataset(
        **COMMON,
        chains=("planning",),
        key="registros",
        title=_("Registros, columna por columna"),
        description=_("Las columnas de cada edición publicada, una celda por renglón, para compararlas entre periodos."),
        words=("columnas", "obligaciones", "formato"),
        keys=("plan", "periodo", "edicion", "columna"),
        check=Check.RECOUNTED,
        check_note=_("Cada celda está en data/record.csv de su paquete firmado: se compara con el verificador o a mano."),
        columns=(
            PLAN,
            PERIOD,
            NUMBER,
            Column(
                name="columna",
                kind=Kind.INTEGER,
                meaning=_("Número de la columna en el formato"),
                example="13",
                fields=("planning.Edition.sealed_files",),
            ),
            Column(
                name="nombre",
                meaning=_("Nombre de la columna en el formato"),
                example=_("Fecha de actualización"),
                fields=("planning.Edition.sealed_files",),
            ),
            Column(
                name="valor",
                meaning=_("Lo que se publicó, tal cual; puede llevar saltos de línea"),
                example="2026-10-05",
                optional=True,
                fields=(*CAPTURED, "planning.Plan.document"),
            ),
            Column(
                name="marca",
                meaning=_("Por qué está vacía la celda; vacío si tiene valor"),
                example=_("no reportado"),
                optional=True,
                fields=("planning.Plan.kind",),
            ),
        ),
        rows=record_rows,
    )
)
