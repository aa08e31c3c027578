"""The data sets of the organisation: areas and posts. Who holds a post is of a person, and is on the page of its area alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Row, offer

from ..models import Area, Post

KINDS = {Area.Kind.CENTRAL: "área central", Area.Kind.DISTRICT: "oficina de distrito", Area.Kind.BODY: "órgano colegiado"}
COMMON: dict[str, Any] = {
    "topic": _("Organización"),
    "area": "organisation",
    "chains": ("people",),
    "cadence": _("Cuando cambia la organización del instituto"),
    "check": Check.ATTESTED,
    "check_note": _("Cada renglón tiene su huella en el libro, en el hecho people.organisation_imported que lo trajo."),
}


def area_rows() -> Iterator[Row]:
    """Every area, also those that were closed."""
    for one in Area.objects.all():
        kind = KINDS[Area.Kind(one.kind)]
        yield one.key, one.name, kind, one.parent_id, one.number, one.answers_for, one.source, one.since, one.until


def post_rows() -> Iterator[Row]:
    """Every post of every area, without who holds it."""
    for one in Post.objects.all():
        yield one.key, one.area_id, one.position, one.title, one.is_public


def of_area(name: str, meaning: Any, example: Any, field: str, **more: Any) -> Column:
    """A column that comes from a field of the area."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"people.Area.{field}",), **more)


def of_post(name: str, meaning: Any, example: Any, field: str, **more: Any) -> Column:
    """A column that comes from a field of the post."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"people.Post.{field}",), **more)


offer(
    Dataset(
        **COMMON,
        key="areas",
        title=_("Áreas del instituto"),
        description=_("El organigrama: cada área, oficina de distrito y órgano colegiado, de quién depende y de qué responde."),
        words=("organigrama", "distritos", "unidades", "direcciones", "quien responde"),
        keys=("area",),
        columns=(
            of_area("area", _("Clave del área: no cambia nunca"), "secretaria-administrativa", "key"),
            of_area("nombre", _("Nombre del área; con otro nombre es otra área"), _("Secretaría Administrativa"), "name"),
            of_area("tipo", _("área central, oficina de distrito u órgano colegiado"), "área central", "kind"),
            of_area("depende_de", _("Clave del área de la que depende"), "secretaria-ejecutiva", "parent_id", optional=True),
            of_area("distrito", _("Número del distrito"), "7", "number", kind=Kind.INTEGER, optional=True),
            of_area("responde_de", _("De qué responde"), _("El presupuesto y el personal"), "answers_for", optional=True),
            of_area("fuente", _("Dónde se dice que el instituto tiene esta área"), _("Acuerdo 12/2026"), "source", optional=True),
            of_area("inicia", _("Primer día"), "2026-01-01", "since", kind=Kind.DATE, optional=True),
            of_area("termina", _("Primer día sin ella, si se cerró"), "2027-01-01", "until", kind=Kind.DATE, optional=True),
        ),
        rows=area_rows,
    )
)
offer(
    Dataset(
        **COMMON,
        key="puestos",
        title=_("Puestos del instituto"),
        description=_("Los puestos de cada área. Quién los ocupa está en la página de su área, si el instituto lo hace público."),
        words=("cargos", "titulares", "organigrama"),
        sensitivity=_("pública: puestos, sin el nombre de quien los ocupa"),
        keys=("puesto",),
        columns=(
            of_post("puesto", _("Clave del puesto"), "secretaria-administrativa-titular", "key"),
            of_post("area", _("Clave del área en que está"), "secretaria-administrativa", "area_id"),
            of_post("lugar", _("Lugar entre los puestos de su área, desde 1"), "1", "position", kind=Kind.INTEGER),
            of_post("nombre", _("Cómo se llama el puesto"), _("Titular"), "title"),
            of_post(
                "nombre_publico",
                _("verdadero si el instituto hace público el nombre de quien lo ocupa"),
                "true",
                "is_public",
                kind=Kind.BOOLEAN,
            ),
        ),
        rows=post_rows,
    )
)
