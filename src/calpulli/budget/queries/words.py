"""The budget in words: moments, months, amounts, and what is out of order, said as a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.charts import number_words
from calpulli.commons.page_parts import ENGLISH_MONTHS, MONTHS, page_language
from calpulli_core.budget import Disorder, cents_shown, pesos_words

from ..inputs import Movement
from .programme import YearActivity

MOMENTS = {
    "approved": gettext_lazy("Aprobado"),
    "modified": gettext_lazy("Modificado"),
    "committed": gettext_lazy("Comprometido"),
    "accrued": gettext_lazy("Devengado"),
    "exercised": gettext_lazy("Ejercido"),
    "paid": gettext_lazy("Pagado"),
}
# Of an entry, where what is modified is told by what was added or taken.
ENTERED = {name: words for name, words in MOMENTS.items() if name != "modified"} | {"change": gettext_lazy("Adecuación")}


def reason_words(reason: str) -> str:
    """Why an adecuación is asked for; of a file, which does not say it, that."""
    return reason or _("Llegó en un archivo, que no dice el motivo: está en su documento.")


def past_months(year: int, on: dt.date, movements: Iterable[Movement]) -> str:
    """The names of the months of these movements that were over that day; empty when none was."""
    months = sorted({one.month for one in movements if (year, one.month) < (on.year, on.month)})
    return ", ".join(month_name(month) for month in months)


def month_name(month: int) -> str:
    """`enero`, or `January` on a page in English."""
    return (MONTHS if page_language() == "es-MX" else ENGLISH_MONTHS)[month - 1]


def percent_words(value: Fraction | None) -> str:
    """`61.3 %`; empty where there is no whole to compare with. What is not the whole never looks like it: 99.96, not 100.0."""
    if value is None:
        return ""
    places = 1
    while value != 1 and cents_shown(value * 100 * 10**places) == 100 * 10**places:
        places += 1
    return f"{number_words(Decimal(cents_shown(value * 100 * 10**places)).scaleb(-places), places)} %"


def units_words(thousandths: int) -> str:
    """Units as they are counted, with up to three decimals."""
    text = f"{thousandths / 1000:,.3f}".rstrip("0").rstrip(".")
    return text or "0"


def done_words(activity: YearActivity) -> str:
    """What an activity did until `upto`; where some of it was of too few people to be told, that there was more or little."""
    if not activity.few:
        return units_words(activity.achieved or 0)
    if activity.achieved:
        return _("%(count)s o pocas más") % {"count": units_words(activity.achieved)}
    return _("muy pocas para decirlo")


def disorder_words(one: Disorder, *, last: bool = True) -> str:
    """`Pagado ($600.00) pasa de ejercido ($500.00).`, in the last month or in the first one."""
    lesser, greater = one.last if last else one.cents
    told = {"lesser": MOMENTS[one.lesser], "cents": pesos_words(lesser)}
    if not one.greater:
        return _("%(lesser)s quedó en %(cents)s, debajo de cero.") % told
    told |= {"greater": str(MOMENTS[one.greater]).lower(), "other": pesos_words(greater)}
    return _("%(lesser)s (%(cents)s) pasa de %(greater)s (%(other)s).") % told
