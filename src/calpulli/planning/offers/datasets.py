"""The data sets of the programme: plans, objectives, lines, diagnosis. Only what its pages already show to anyone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Row, Shelf, offer

from .. import queries

TOPIC = _("Programa")
COMMON: dict[str, Any] = {
    "topic": TOPIC,
    "shelf": Shelf.ASKED,
    "chains": ("planning",),
    "area": "planning",
    "cadence": _("Cuando el instituto aprueba una generación nueva de su programa"),
    "check": Check.RECOUNTED,
    "check_note": _("Cada paquete publicado lleva el programa completo: se compara renglón por renglón con data/record.json."),
}
PLAN = Column(
    name="plan",
    meaning=_("Clave del programa y de su generación"),
    example="demo-2026",
    fields=("planning.Plan.key",),
)


def identifier(model: str, example: str) -> Column:
    """The column of the identifier that stays from one generation to the next."""
    return Column(
        name="identificador",
        meaning=_("Nombre que conserva de una generación a otra; sirve para compararlas"),
        example=example,
        fields=(f"planning.{model}.identifier",),
    )


def text(model: str, example: Any) -> Column:
    """The column of the text, verbatim."""
    return Column(name="texto", meaning=_("Texto tal cual"), example=example, fields=(f"planning.{model}.text",))


def plan_rows() -> Iterator[Row]:
    """Every public plan."""
    for plan in queries.plan_views():
        kind = "propio" if plan.is_own else "referencia"
        programme = plan.programme
        yield plan.key, plan.family, plan.generation, kind, plan.institution, plan.acronym, programme.mission, programme.vision


def objective_rows() -> Iterator[Row]:
    """Every objective of every public plan."""
    for plan in queries.plan_views():
        yield from ((plan.key, one.number, one.identifier, one.text) for one in plan.objectives)


def line_rows() -> Iterator[Row]:
    """Every line of action of every public plan."""
    for plan in queries.plan_views():
        for one in plan.objectives:
            for place, line in enumerate(one.lines, start=1):
                yield plan.key, one.number, place, line.number, line.identifier, line.text


GROUPS = {"strengths": "fortaleza", "opportunities": "oportunidad", "weaknesses": "debilidad", "threats": "amenaza"}


def swot_rows() -> Iterator[Row]:
    """Every item of the diagnosis of every public plan."""
    for plan in queries.plan_views():
        for group in plan.swot:
            yield from ((plan.key, GROUPS[group.key], item.number, item.identifier, item.text) for item in group.items)


DOCUMENT = ("planning.Plan.document",)
PLANS = offer(
    Dataset(
        **COMMON,
        key="programas",
        title=_("Programas"),
        description=_(
            "Cada generación del programa institucional y los de referencia, con su misión y su visión. Los textos de uno de "
            "referencia son de la institución que dice su renglón; la licencia no habla por ella."
        ),
        words=("planes", "mision", "vision"),
        keys=("plan",),
        columns=(
            PLAN,
            Column(
                name="familia",
                meaning=_("Las generaciones de un mismo programa comparten familia"),
                example="demo",
                fields=("planning.Plan.family",),
            ),
            Column(
                name="generacion",
                kind=Kind.INTEGER,
                unit=_("año"),
                meaning=_("Año desde el que rige"),
                example="2026",
                fields=("planning.Plan.generation",),
            ),
            Column(
                name="tipo",
                meaning=_("propio: del instituto; referencia: el de otro instituto, copiado para compararlo"),
                example="propio",
                fields=("planning.Plan.kind",),
            ),
            Column(name="institucion", meaning=_("De quién es"), example=_("Nombre de la institución"), fields=DOCUMENT),
            Column(name="siglas", meaning=_("Siglas de la institución"), example="ABC", fields=DOCUMENT),
            Column(name="mision", meaning=_("Misión, tal cual"), example=_("Garantizar elecciones…"), fields=DOCUMENT),
            Column(name="vision", meaning=_("Visión, tal cual"), example=_("Ser un instituto…"), fields=DOCUMENT),
        ),
        rows=plan_rows,
    )
)
OBJECTIVES = offer(
    Dataset(
        **COMMON,
        key="objetivos",
        title=_("Objetivos"),
        description=_("Los objetivos estratégicos de cada programa: la columna 9 del registro, uno por renglón."),
        words=("objetivos estrategicos", "columna 9"),
        keys=("plan", "numero"),
        columns=(
            PLAN,
            Column(
                name="numero",
                kind=Kind.INTEGER,
                meaning=_("Número del objetivo en su programa"),
                example="2",
                fields=("planning.Objective.number",),
            ),
            identifier("Objective", "objetivo-2"),
            text("Objective", _("Organizar procesos electorales…")),
        ),
        rows=objective_rows,
    )
)
LINES = offer(
    Dataset(
        **COMMON,
        key="lineas-de-accion",
        title=_("Líneas de acción"),
        description=_("Cómo se cumple cada objetivo: la columna 10 del registro, una línea por renglón."),
        words=("lineas", "acciones", "columna 10"),
        keys=("plan", "objetivo", "lugar"),
        columns=(
            PLAN,
            Column(
                name="objetivo",
                kind=Kind.INTEGER,
                meaning=_("Número del objetivo al que responde"),
                example="1",
                fields=("planning.Objective.number",),
            ),
            Column(
                name="lugar",
                kind=Kind.INTEGER,
                meaning=_("Lugar de la línea en su objetivo"),
                example="3",
                fields=("planning.Line.position",),
            ),
            Column(name="numero", meaning=_("Objetivo y lugar, con punto"), example="1.3", fields=("planning.Line.number",)),
            identifier("Line", "linea-1.3"),
            text("Line", _("Promover la participación…")),
        ),
        rows=line_rows,
    )
)
SWOT = offer(
    Dataset(
        **COMMON,
        key="foda",
        title=_("Diagnóstico (FODA)"),
        description=_("Fortalezas, oportunidades, debilidades y amenazas de cada programa: la columna 8 del registro."),
        words=("fortalezas", "oportunidades", "debilidades", "amenazas", "columna 8"),
        keys=("plan", "grupo", "numero"),
        columns=(
            PLAN,
            Column(
                name="grupo",
                meaning=_("fortaleza, oportunidad, debilidad o amenaza"),
                example="debilidad",
                fields=("planning.SwotItem.group",),
            ),
            Column(
                name="numero",
                kind=Kind.INTEGER,
                meaning=_("Número del punto en su grupo"),
                example="4",
                fields=("planning.SwotItem.number",),
            ),
            identifier("SwotItem", "debilidad-4"),
            text("SwotItem", _("Falta de…")),
        ),
        rows=swot_rows,
    )
)
