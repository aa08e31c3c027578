"""The figures of the budget: the six moments, how much of each group is accrued, and the months of an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from calpulli.commons.charts import Bar, Figure, Series, bars, lines
from calpulli_core.budget import Balance, pesos_words, share_of

from ..queries import YearActivity
from ..queries.words import MOMENTS, done_words, month_name, percent_words, units_words
from .views import NAMES, Row


def moments_figure(key: str, balance: Balance, title: str) -> Figure:
    """The six moments of a balance."""
    words = {name: pesos_words(balance.at(name)) for name in NAMES}
    return Figure(
        key=key,
        title=title,
        says=_(
            "De lo que se aprobó a lo que ya se pagó. Desde lo modificado, cada paso debería ser igual o menor que el anterior."
        ),
        chart=bars([Bar(str(MOMENTS[name]), balance.at(name) / 100, words[name]) for name in NAMES]),
        headers=(_("Momento"), _("Pesos")),
        rows=tuple((str(MOMENTS[name]), words[name]) for name in NAMES),
        meaning="presupuesto-por-momento",
    )


def groups_figure(key: str, rows: Sequence[Row], title: str, name: str) -> Figure | None:
    """How much of each group's money is accrued, with the table of its six moments; None without groups."""
    if not rows:
        return None
    return Figure(
        key=key,
        title=title,
        says=_("Qué parte de lo modificado ya se recibió y se debe (devengado)."),
        chart=bars([_spent(row) for row in rows], whole=100),
        headers=(name, *(str(MOMENTS[moment]) for moment in NAMES), _("Devengado de lo modificado")),
        rows=tuple((row.label, *(pesos_words(row.balance.at(moment)) for moment in NAMES), row.spent or None) for row in rows),
        meaning="devengado-de-lo-modificado",
    )


def _spent(row: Row) -> Bar:
    share = share_of(row.balance.accrued, row.balance.modified)
    words = _("%(percent)s de %(cents)s") % {"percent": row.spent, "cents": pesos_words(row.balance.modified)}
    return Bar(row.drawn, None if share is None else float(share * 100), "" if share is None else words, row.url)


def months_figure(months: Mapping[int, Balance], last: int | None) -> Figure | None:
    """What was modified, accrued and paid up to each month; None without entries."""
    if not months:
        return None
    upto = _cumulated(months)
    names = [month_name(month)[:3] for month in range(1, 13)]
    shown = [Series(str(MOMENTS[name]), _values(upto, name, last)) for name in ("modified", "accrued", "paid")]
    return Figure(
        key="meses",
        title=_("Mes por mes, acumulado"),
        says=_("Cuánto había, cuánto se debía y cuánto se había pagado al terminar cada mes. Sin línea: todavía no hay datos."),
        chart=lines(names, shown),
        headers=(_("Mes"), *(str(MOMENTS[name]) for name in NAMES)),
        rows=tuple(_row(month, upto[month], last) for month in range(1, 13)),
        meaning="presupuesto-por-momento",
    )


def _cumulated(months: Mapping[int, Balance]) -> dict[int, Balance]:
    running, upto = Balance(), {}
    for month in range(1, 13):
        running += months.get(month, Balance())
        upto[month] = running
    return upto


def _values(upto: Mapping[int, Balance], name: str, last: int | None) -> tuple[float | None, ...]:
    known = 12 if name == "modified" else (last or 0)
    return tuple(upto[month].at(name) / 100 if month <= known else None for month in range(1, 13))


def _row(month: int, balance: Balance, last: int | None) -> tuple[str | None, ...]:
    given = ("approved", "modified")
    cells = (pesos_words(balance.at(name)) if name in given or month <= (last or 0) else None for name in NAMES)
    return (month_name(month).capitalize(), *cells)


def progress_figure(activity: YearActivity, accrued: int, modified: int) -> Figure | None:
    """Money against what was done, up to the same month; None before anything was reported."""
    if not activity.upto:
        return None
    goal = f"{units_words(activity.goal)} {activity.unit}"
    money = (_("Dinero devengado"), pesos_words(accrued), pesos_words(modified), share_of(accrued, modified))
    share = None if activity.few else share_of(activity.achieved, activity.goal)
    done = (_("Meta alcanzada"), done_words(activity), goal, share)
    month = {"month": month_name(activity.upto)}
    return Figure(
        key="avance",
        title=_("Dinero y avance, hasta %(month)s") % month,
        says=_("La parte de su año que lleva cada uno. Pagar antes o después de hacer es normal: la diferencia se pregunta."),
        chart=bars([_bar(*money), _bar(*done)], whole=100),
        headers=(_("Qué"), _("Hasta %(month)s") % month, _("De todo el año"), _("Parte")),
        rows=tuple((name, part, whole, percent_words(share) or None) for name, part, whole, share in (money, done)),
        meaning="avance-y-gasto",
    )


def _bar(name: str, part: str, whole: str, share: Fraction | None) -> Bar:
    if share is None:
        return Bar(name, None)
    words = _("%(percent)s: %(part)s de %(whole)s") % {"percent": percent_words(share), "part": part, "whole": whole}
    return Bar(name, float(share * 100), words)
