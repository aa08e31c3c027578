"""The acts of planning in words, for whoever did them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.desk import Deed
from calpulli_core.calendars.periods import Period as Span

from .. import queries

DONE = {
    "planning.record_imported": _("Usted importó el registro"),
    "planning.period_opened": _("Usted abrió el periodo"),
    "planning.edition_captured": _("Usted guardó el borrador"),
    "planning.edition_submitted": _("Usted lo envió a revisión"),
    "planning.edition_withdrawn": _("Usted lo retiró de revisión"),
    "planning.edition_returned": _("Usted lo devolvió a quien lo capturó"),
    "planning.quarter_sealed": _("Usted lo aprobó y selló"),
    "planning.quarter_published": _("Usted lo publicó"),
    "planning.erratum_opened": _("Usted abrió una fe de erratas"),
}
FOLLOWS = {
    "planning.record_imported": _("Todavía no lo ve nadie de fuera. Revíselo y envíelo a revisión."),
    "planning.period_opened": _("Captúrelo y envíelo a revisión cuando el periodo termine."),
    "planning.edition_captured": _("Todavía no lo ve nadie más. Cuando esté completo, envíelo a revisión."),
    "planning.edition_submitted": _("Ahora le toca a otra persona revisarlo."),
    "planning.edition_withdrawn": _("Está abierto otra vez: cámbielo y envíelo de nuevo."),
    "planning.edition_returned": _("Quien lo capturó verá el motivo y lo corregirá."),
    "planning.quarter_sealed": _("Su contenido ya no cambia. Falta publicarlo."),
    "planning.quarter_published": _("Ya lo puede ver y comprobar cualquier persona."),
    "planning.erratum_opened": _("Captúrela y envíela a revisión."),
}
PUBLISHED = "planning.quarter_published"


def deed_of(name: str, details: Mapping[str, Any]) -> Deed | None:
    """The act, of which record it was, and where that record is; None for an act that people do not do on the site."""
    if name not in DONE or not {"plan", "period"} <= set(details):
        return None
    url, link = _place(name, details)
    title = gettext("%(act)s: %(label)s") % {"act": DONE[name], "label": _label(details)}
    return Deed(title, str(FOLLOWS[name]), url, link)


def _label(details: Mapping[str, Any]) -> str:
    label = Span.parse(details["period"]).label
    number = details.get("edition", 1)
    return gettext("%(label)s, edición %(number)s") % {"label": label, "number": number} if number > 1 else label


def _place(name: str, details: Mapping[str, Any]) -> tuple[str, str]:
    if name == PUBLISHED:
        words = {"plan_key": details["plan"], "code": details["period"]}
        return reverse("record", kwargs=words), gettext("Ver la página pública")
    edition = queries.edition_key(details["plan"], details["period"], details.get("edition", 1))
    return (reverse("edition", args=[edition]), gettext("Ver dónde está")) if edition else ("", "")
