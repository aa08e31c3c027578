"""The figures of planning: what its numbers look like, in words and drawn."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calpulli.commons.charts import Bar, Figure, Legend, bars

from .. import queries
from ..queries import PlanView, Punctuality


def punctuality_figure(plan: PlanView) -> Figure | None:
    """How many days before or after its due date each record was published; None while no period has ended."""
    found = queries.punctuality_of(plan)
    if not found:
        return None
    return Figure(
        key=f"puntualidad-{plan.key}",
        title=_("Días entre el plazo y la publicación"),
        says=_says(found),
        chart=bars([_bar(one) for one in found]),
        headers=(_("Periodo"), _("Vencía"), _("Se publicó"), _("Días después del plazo")),
        rows=tuple(_row(one) for one in found),
        meaning="dias-respecto-del-plazo",
        legend=Legend(_("Antes del plazo"), _("Después del plazo"), _("Día del plazo")),
    )


def _says(found: list[Punctuality]) -> str:
    published = [one.days for one in found if one.days is not None]
    if not published:
        return _("Ningún registro de este programa se ha publicado todavía.")
    on_time = sum(days <= 0 for days in published)
    said = ngettext("De un registro publicado, ", "De %(count)s registros publicados, ", len(published)) % {
        "count": len(published)
    }
    said += ngettext("%(count)s salió dentro de su plazo.", "%(count)s salieron dentro de su plazo.", on_time) % {
        "count": on_time
    }
    sides = _("Hacia la izquierda, antes del plazo; hacia la derecha, después.")
    return f"{said} {sides}"


def _bar(one: Punctuality) -> Bar:
    url = reverse("record", kwargs={"plan_key": one.period.plan_key, "code": one.period.code})
    label = one.period.span.label.capitalize()
    return Bar(label, one.days, _words(one), url, is_hatched=(one.days or 0) > 0)


def _words(one: Punctuality) -> str:
    days = one.days
    if days is None:
        return _("sin publicar")
    if days == 0:
        return _("el mismo día")
    told = ngettext("%(count)s día", "%(count)s días", abs(days)) % {"count": abs(days)}
    return _("%(days)s antes") % {"days": told} if days < 0 else _("%(days)s después") % {"days": told}


def _row(one: Punctuality) -> tuple[str | None, ...]:
    published = f"{one.published_on:%d/%m/%Y}" if one.published_on else None
    return one.period.span.label.capitalize(), f"{one.due_on:%d/%m/%Y}", published, None if one.days is None else str(one.days)
