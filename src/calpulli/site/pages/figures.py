"""The figures of the house's own pages."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calpulli.commons.charts import Bar, Figure, bars, number_words
from calpulli.commons.page_parts import MONTHS
from calpulli.ledger import doors as ledger

SHOWN_MONTHS = 12


def acts_figure() -> Figure | None:
    """How many facts each of the last months left; None while there are none. A month without acts counts zero."""
    found = dict(ledger.facts_by_month())
    if not found:
        return None
    counted = [(month, found.get(month, 0)) for month in _months(max(found), min(found))]
    named = [(f"{MONTHS[month.month - 1].capitalize()} de {month.year}", count) for month, count in counted]
    return Figure(
        key="hechos-por-mes",
        title=_("Hechos por mes"),
        says=_("Cuántos actos dejaron su hecho en cada uno de los últimos meses."),
        chart=bars([Bar(name, count, _words(count)) for name, count in named]),
        headers=(_("Mes"), _("Hechos")),
        rows=tuple((name, number_words(count)) for name, count in named),
        meaning="hechos-del-libro",
    )


def _words(count: int) -> str:
    return ngettext("%(count)s hecho", "%(count)s hechos", count) % {"count": number_words(count)}


def _months(last: dt.date, first: dt.date) -> list[dt.date]:
    """First days of the months up to the last one, the oldest first, and no more than are shown."""
    found = [last]
    while found[0] > first and len(found) < SHOWN_MONTHS:
        found.insert(0, (found[0] - dt.timedelta(days=1)).replace(day=1))
    return found
