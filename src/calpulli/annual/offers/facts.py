"""The facts of the annual programme in words, and of which exercise or activity each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.facts import About, tell

from .. import queries


def _about(details: Mapping[str, Any]) -> About | None:
    if not {"plan", "year"} <= set(details):
        return None
    label = gettext("Programa anual %(year)s") % {"year": details["year"]}
    if "activity" not in details:
        return About(label, _address("poa_year", details), details["plan"])
    address = _address("poa_activity", details, details["activity"])
    label = gettext("Actividad %(key)s, %(year)s") % {"key": details["activity"], "year": details["year"]}
    if "quarter" in details:
        label = gettext("%(label)s, trimestre %(quarter)s") % {"label": label, "quarter": details["quarter"]}
    return About(label, address, details["plan"])


def _address(page: str, details: Mapping[str, Any], *more: str) -> str:
    """Of what is public; a draft has no page for anyone."""
    year = (details["plan"], details["year"])
    return reverse(page, args=[*year, *more]) if year in queries.published_years() else ""


tell(
    "annual",
    _("Programa anual"),
    {
        "exercise_opened": _("Se abrió un programa anual"),
        "exercise_submitted": _("Se envió a revisión el programa anual"),
        "exercise_returned": _("Se devolvió el programa anual"),
        "exercise_approved": _("Se aprobó el programa anual"),
        "programme_written": _("Se escribió un programa"),
        "programme_dropped": _("Se quitó un programa"),
        "poa_imported": _("Se trajo el programa anual de un archivo"),
        "activity_written": _("Se escribió una actividad"),
        "activity_dropped": _("Se quitó una actividad"),
        "adjustment_proposed": _("Se propuso un ajuste de metas"),
        "adjustment_approved": _("Se aprobó un ajuste de metas"),
        "adjustment_refused": _("No se aprobó un ajuste de metas"),
        "report_submitted": _("Se envió el reporte de una actividad"),
        "report_returned": _("Se devolvió el reporte de una actividad"),
        "report_approved": _("Se aprobó el reporte de una actividad"),
        "report_corrected": _("Se corrigió el reporte de una actividad"),
        "deliveries_recorded": _("Se registraron entregas"),
        "deliveries_withdrawn": _("Se retiró un registro de entregas"),
    },
    _about,
)
