"""The data set of rules: every version that was adopted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Row, offer

from .. import queries

RULES = ("norms.Adoption.rules",)


def _rows() -> Iterator[Row]:
    for adoption, rules in queries.adoptions():
        for place, rule in enumerate(rules, 1):
            yield (
                adoption.institute,
                adoption.number,
                place,
                rule.key,
                rule.value,
                rule.unit,
                rule.valid_from,
                rule.valid_until,
                rule.article,
                rule.source,
                rule.confirmed,
                adoption.adopted_at,
            )


def column(name: str, meaning: Any, example: Any, **more: Any) -> Column:
    """A column of what the norms themselves say."""
    return Column(**{"name": name, "meaning": meaning, "example": example, "fields": RULES} | more)


OPEN = {"kind": Kind.DATE, "example": "2025-01-01", "optional": True}
offer(
    Dataset(
        key="normas",
        title=_("Normas que sigue el sitio"),
        topic=_("Normas"),
        description=_("Cada regla con fecha por la que este sitio cuenta plazos, en cada versión que se adoptó."),
        words=("plazos", "reglas", "artículos", "fundamento"),
        chains=("norms",),
        area="norms",
        cadence=_("Cuando el instituto adopta una versión nueva"),
        check=Check.ATTESTED,
        check_note=_("Cada adopción es un hecho del libro, con la huella de todas sus reglas."),
        keys=("instituto", "version", "lugar"),
        columns=(
            column("instituto", _("De quién son las normas"), "demo", fields=("norms.Adoption.institute",)),
            column("version", _("1, 2, …: la más alta rige"), "1", kind=Kind.INTEGER, fields=("norms.Adoption.number",)),
            column("lugar", _("Lugar de la regla en su versión"), "1", kind=Kind.INTEGER),
            column("regla", _("Clave de la regla"), "record.quarterly"),
            column("valor", _("Lo que fija la regla"), "45", kind=Kind.INTEGER),
            column("unidad", _("En qué se mide; natural_days son días naturales; people, personas"), "natural_days"),
            column("rige_desde", _("Primer día en que rige; vacío si no se dice"), **OPEN),
            column("rige_hasta", _("Último día en que rige; vacío si sigue abierta"), **OPEN),
            column("articulo", _("Artículo de la regla"), _("artículo 121")),
            column("fuente", _("De dónde se tomó"), _("Gaceta Oficial")),
            column("confirmada", _("falso mientras nadie la haya cotejado con el texto legal"), "false", kind=Kind.BOOLEAN),
            column(
                "adoptada",
                _("Cuándo la adoptó este sitio"),
                "2026-01-05T16:00:00Z",
                kind=Kind.INSTANT,
                fields=("norms.Adoption.adopted_at",),
            ),
        ),
        rows=_rows,
    )
)
