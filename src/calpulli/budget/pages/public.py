"""The public pages of a year's budget."""

from __future__ import annotations

from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.files import csv_file
from calpulli_core.budget import Balance, cents_shown, pesos_words, share_of, unit_cost

from .. import queries
from ..queries import YearActivity
from ..queries.words import ENTERED, MOMENTS, disorder_words, month_name, units_words
from . import figures, views
from .views import GROUPINGS, NAMES, YearMoney, line_row, the_year

MOST_DRAWN = 40  # bars: more of them are read in a table
SHOWN_ENTRIES = 50


@public
@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """The years that have a budget."""
    years = [money for year in queries.years() if (money := _year(year))]
    return render(request, "budget/years.jinja", {"years": years})


def _year(year: int) -> YearMoney | None:
    try:
        return the_year(year)
    except Http404:
        return None


@public
@require_safe
def budget_year(request: HttpRequest, year: int) -> HttpResponse:
    """A year: its six moments, by chapter and by line, and the ways into it."""
    money, flags = the_year(year), queries.flags(year)
    chapters, lines = GROUPINGS["capitulo"], GROUPINGS["linea"]
    decided = [one for one in queries.decided(year) if one.is_approved]
    context = {
        "money": money,
        "last": _last(year),
        "moments": figures.moments_figure("momentos", money.total, _("Los seis momentos del año")),
        "chapters": figures.groups_figure("capitulos", chapters.rows(money), str(chapters.title), str(chapters.name)),
        "lines": figures.groups_figure("lineas", lines.rows(money), str(lines.title), str(lines.name)),
        "groupings": list(GROUPINGS.values()),
        "open_flags": sum(not one.disorder.is_settled for one in flags),
        "classifier": queries.classifier(),
        "changes": sum(one.is_adecuacion for one in decided),
        "of_approved": sum(not one.is_adecuacion for one in decided),
    }
    return render(request, "budget/year.jinja", context)


def _last(year: int) -> str:
    month = queries.last_month(year)
    return month_name(month) if month else ""


@public
@require_safe
def budget_by(request: HttpRequest, year: int, by: str) -> HttpResponse:
    """The year added up in one way."""
    money, grouping = the_year(year), _grouping(by)
    rows = grouping.rows(money)
    drawn = rows if len(rows) <= MOST_DRAWN else []
    figure = figures.groups_figure("grupos", drawn, _("Qué parte ya se devengó"), str(grouping.name))
    context = {"money": money, "grouping": grouping, "rows": rows, "figure": figure, "total": money.total, "last": _last(year)}
    return render(request, "budget/by.jinja", context | {"names": NAMES, "moments": MOMENTS, "classifier": queries.classifier()})


@public
@require_safe
def budget_by_file(request: HttpRequest, year: int, by: str) -> HttpResponse:
    """The same rows as CSV, in pesos with two decimals."""
    money, grouping = the_year(year), _grouping(by)
    headers = ("clave", by, "aprobado", "modificado", "comprometido", "devengado", "ejercido", "pagado")
    rows = ((row.key, row.name, *(_plain(row.balance.at(name)) for name in NAMES)) for row in grouping.rows(money))
    return csv_file(f"presupuesto-{year}-{by}.csv", headers, rows)


def _plain(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"


def _grouping(by: str) -> views.Grouping:
    if by not in GROUPINGS:
        raise Http404
    return GROUPINGS[by]


@public
@require_safe
def budget_activity(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """The money of an activity: by month, against what was done, by unit, by line, and its entries."""
    money = the_year(year)
    activity = money.programme.activities.get(key)
    if activity is None:
        raise Http404
    purses = [one for one in money.purses if one.activity == key]
    months, balance = queries.months(year, key), queries.total(purses)
    accrued = sum(one.accrued for month, one in months.items() if month <= activity.upto)
    context = {
        "money": money,
        "activity": activity,
        "balance": balance,
        "has_money": bool(purses),
        "moments": figures.moments_figure("momentos", balance, _("Sus seis momentos")),
        "months": figures.months_figure(months, queries.last_month(year)),
        "progress": figures.progress_figure(activity, accrued, balance.modified),
        "cost": _cost(activity, accrued),
        "points": _points(activity, accrued, balance),
        "lines": _lines(money, activity, balance),
        "tied": [line_row(money.programme, one, balance) for one in queries.share_activity(activity, balance).tied],
        "flags": [one for one in queries.flags(year) if one.purse[1] == key],
        "entries": queries.entries_of(year, key, SHOWN_ENTRIES),
        "purses": purses,
        "entered": ENTERED,
        "disorder_words": disorder_words,
        "month_name": month_name,
        "classifier": queries.classifier(),
    }
    return render(request, "budget/activity.jinja", context)


def _cost(activity: YearActivity, accrued: int) -> dict[str, str] | None:
    """What each unit cost, to the cent, and the division that gives it."""
    cost = unit_cost(accrued, activity.units_done)
    if cost is None:
        return None
    division = f"{pesos_words(accrued)} ÷ {units_words(activity.units_done or 0)}"
    exact = f"{cost.numerator}/{cost.denominator}" if cost.denominator > 1 else ""
    return {"shown": pesos_words(cents_shown(cost)), "division": division, "exact": exact, "until": month_name(activity.upto)}


def _points(activity: YearActivity, accrued: int, balance: Balance) -> str:
    """By how many points the money is ahead of, or behind, what was done."""
    money, done = share_of(accrued, balance.modified), share_of(activity.achieved, activity.goal)
    if money is None or done is None or activity.few or not activity.upto:
        return ""
    tenths = cents_shown((money - done) * 1000)
    told = {"points": f"{abs(tenths) / 10:.1f}"}
    if tenths == 0:
        return _("El dinero y el avance van a la par.")
    ahead, behind = (
        _("El dinero va %(points)s puntos adelante del avance."),
        _("El dinero va %(points)s puntos atrás del avance."),
    )
    return (ahead if Fraction(tenths) > 0 else behind) % told


def _lines(money: YearMoney, activity: YearActivity, balance: Balance) -> list[dict[str, object]]:
    shares = dict(activity.shares)
    return [
        {"row": line_row(money.programme, one.line, one.balance), "share": shares[one.line]}
        for one in queries.share_activity(activity, balance).lines
    ]


@public
@require_safe
def budget_flags(request: HttpRequest, year: int) -> HttpResponse:
    """Where the moments are out of order: questions, each with its source and its innocent explanations."""
    money, flags = the_year(year), queries.flags(year)
    context = {
        "money": money,
        "open": [one for one in flags if not one.disorder.is_settled],
        "settled": [one for one in flags if one.disorder.is_settled],
        "classifier": queries.classifier(),
        "disorder_words": disorder_words,
        "month_name": month_name,
    }
    return render(request, "budget/flags.jinja", context)
