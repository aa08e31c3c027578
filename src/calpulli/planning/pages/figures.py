"""The figures of planning: what its numbers look like, in words and drawn."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calpulli.commons.charts import Bar, Figure, Legend, bars

from ..queries import PlanView, Punctuality


def punctuality_figure(plan: PlanView, found: list[Punctuality]) -> Figure | None:
    """How many days before or after its due date each record was published, or by how many it is overdue today.

    None while no period has ended.
    """
    if not found:
        return None
    return Figure(
        key=f"puntualidad-{plan.key}",
        title=_("Días entre el plazo y la publicación"),
        says=_("Hacia la izquierda, antes del plazo; hacia la derecha, después. Lo que falta por publicar se cuenta hasta hoy."),
        chart=bars([_bar(one) for one in found]),
        headers=(_("Periodo"), _("Vencía"), _("Se publicó"), _("Días después del plazo")),
        rows=tuple(_row(one) for one in found),
        meaning="dias-respecto-del-plazo",
        legend=Legend(_("Antes del plazo"), _("Después del plazo"), _("Día del plazo")),
    )


def _bar(one: Punctuality) -> Bar:
    url = reverse("record", kwargs={"plan_key": one.period.plan_key, "code": one.period.code})
    days = _days(one)
    return Bar(one.period.label.capitalize(), days, _words(one), url, is_hatched=(days or 0) > 0)


def _days(one: Punctuality) -> int | None:
    """Up to publication; of what is overdue, up to today; None while there is time."""
    return one.overdue_days or one.days


def _words(one: Punctuality) -> str:
    days = _days(one)
    if days is None:
        return _("sin publicar")
    if days == 0:
        return _("el mismo día")
    told = ngettext("%(count)s día", "%(count)s días", abs(days)) % {"count": abs(days)}
    if one.overdue_days:
        return _("%(days)s, sin publicar") % {"days": told}
    return _("%(days)s antes") % {"days": told} if days < 0 else _("%(days)s después") % {"days": told}


def _row(one: Punctuality) -> tuple[str | None, ...]:
    published = f"{one.published_on:%d/%m/%Y}" if one.published_on else (_("sin publicar") if one.is_due else None)
    days = _days(one)
    return one.period.label.capitalize(), f"{one.due_on:%d/%m/%Y}", published, None if days is None else str(days)
