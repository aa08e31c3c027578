"""The facts of planning in words, and of which record or programme each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.page_parts import period_words
from calpulli.commons.registries.facts import About, tell


def _about(details: Mapping[str, Any]) -> About | None:
    plan, period = details.get("plan"), details.get("period")
    if not plan:
        return None
    if not period:
        return About(gettext("Programa"), reverse("plan", args=[plan]), note=plan)
    label = period_words(period).capitalize()
    if details.get("edition", 1) > 1:
        label += ", " + gettext("edición %(number)s") % {"number": details["edition"]}
    return About(label, reverse("record", args=[plan, period]), note=plan)


tell(
    "planning",
    _("Programa y registros"),
    {
        "plan_imported": _("Se cargó un programa"),
        "record_imported": _("Se importó un registro"),
        "period_opened": _("Se abrió un periodo"),
        "edition_captured": _("Se guardó un borrador"),
        "edition_submitted": _("Se envió a revisión"),
        "edition_withdrawn": _("Se retiró de revisión"),
        "edition_returned": _("Se devolvió para corregir"),
        "quarter_sealed": _("Se selló un registro"),
        "quarter_published": _("Se publicó un registro"),
        "erratum_opened": _("Se abrió una fe de erratas"),
    },
    _about,
)
