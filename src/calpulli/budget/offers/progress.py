"""The money of each line of action, for its own page: what is there for it this year, and what came of it so far."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons import clock
from calpulli.commons.registries.progress import Progress, ProgressSource, offer_progress
from calpulli_core.budget import Balance, pesos_words, share_of

from .. import queries
from ..queries.words import month_name, percent_words


def _of(plan_key: str, line: str) -> Iterator[Progress]:
    year = max((one for one in queries.years() if one <= clock.today().year), default=None)
    programme = queries.published(year) if year else None
    if year is None or programme is None or programme.plan_key != plan_key:
        return
    activities = queries.grouped(queries.purses(year), lambda one: one.activity)
    balance = queries.line_balances(programme, activities).get(line)
    if balance:
        yield _told(year, balance)


def _told(year: int, balance: Balance) -> Progress:
    told = {"accrued": pesos_words(balance.accrued), "modified": pesos_words(balance.modified)}
    month = queries.last_month(year)
    part = percent_words(share_of(balance.accrued, balance.modified))
    words = _("lo que ya se recibió y se debe (devengado), de lo que hay para ella en el año (modificado)")
    until = _("con datos hasta %(month)s") % {"month": month_name(month)} if month else ""
    return Progress(
        label=_("Dinero de la línea en %(year)s") % {"year": year},
        value=_("%(accrued)s de %(modified)s") % told,
        url=reverse("budget_by", args=[year, "linea"]),
        when=", ".join(filter(None, (f"{part}: {words}" if part else words, until))),
    )


offer_progress(ProgressSource("budget", _of, gettext_lazy("Con qué dinero")))
