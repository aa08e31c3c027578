"""An indicator: what it is, what it comes to, how that follows, and a sheet to do it again by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons import clock
from calpulli.commons.access import public
from calpulli.commons.charts import Figure, Legend, Series, lines
from calpulli.commons.files import csv_file
from calpulli.people.doors import area_cards
from calpulli.planning.doors import find_card
from calpulli_core.indicators.computing import written
from calpulli_core.indicators.moments import Moment

from ..queries.explaining import Explained, explained, given_of
from ..queries.kept import computed_at, history_of
from ..queries.reporting import Reported, reported
from ..queries.sealed import sealed_of, sealed_value
from ..queries.sheets import SheetView, retired_sheets, sheets_in_force, targets_told, versions_of
from ..queries.ticking import tick_lists
from ..queries.values import Shown, last_ended, recent, values_of
from ..queries.words import exact_words, moment_words, value_words
from .sealed import sealed_before, sealed_words
from .words import CRITERIA, standing_words

SHOWN = 8
HEADERS = (
    "indicador",
    "periodo",
    "valor",
    "unidad",
    "sin_datos_porque",
    "meta_programada",
    "meta",
    "estado",
    "ficha_version",
    "guardado",
    "sellado",
    "sellado_en",
)


@public
@require_safe
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet whole, the last period that is over, and the ones before it."""
    if key in retired_sheets():
        return _retired(request, key)
    sheet = _sheet(key)
    return _page(request, sheet, last_ended(sheet.grain))


@public
@require_safe
def value(request: HttpRequest, key: str, period: str) -> HttpResponse:
    """The same for the period of the address."""
    if key in retired_sheets():
        return _retired(request, key)
    sheet = _sheet(key)
    return _page(request, sheet, _moment(sheet, period))


def _page(request: HttpRequest, sheet: SheetView, moment: Moment) -> HttpResponse:
    series = _series(sheet, moment)
    plan = find_card(sheet.row.plan_key)
    context: dict[str, Any] = {"sheet": sheet, "row": sheet.row, "shown": series[-1], "series": series, "plan": plan}
    context |= {"line": plan.line(sheet.row.line) if plan else None, "area": _area(sheet), "figure": _figure(sheet, series)}
    context |= {"explained": explained(series[-1]), "versions": versions_of(sheet.key), "criteria": _criteria(sheet)}
    context |= {"sealed": sealed_words(series[-1]), "value_words": value_words}
    context |= {
        "history": [(one, computed_at(one)) for one in history_of(sheet.key, str(moment))],
        "targets": targets_told(sheet.key, moment),
        "periods": _others(sheet, moment),
        "standing_words": standing_words,
    }
    return render(request, "indicators/indicator.jinja", context | {"exact_words": exact_words})


def _retired(request: HttpRequest, key: str) -> HttpResponse:
    """What stays of an indicator that is computed no more: why, its kept values and its versions."""
    kept = [(one, sealed_before(one.sheet, one.moment)) for one in _kept_of(key)]
    context = {"row": retired_sheets()[key], "kept": kept, "versions": versions_of(key)}
    context |= {"was_sealed": any(sealed for _one, sealed in kept)}
    return render(request, "indicators/retired.jinja", context | {"standing_words": standing_words})


def _kept_of(key: str) -> list[Reported]:
    return sorted((one for one in reported() if one.kept.indicator == key), key=lambda one: one.kept.period, reverse=True)


def _kept_row(one: Reported) -> tuple[object, ...]:
    target = ("", "") if one.target is None else (written(one.target.programmed), written(one.target.value))
    named = (one.kept.indicator, one.kept.period, one.kept.value, one.sheet.row.unit, one.why)
    sealed = sealed_of(one.sheet, one.moment)
    said = sealed.in_file if sealed else ("", "")
    return (*named, *target, one.standing.value, one.kept.version, one.computed_at.isoformat(), *said)


def _sheet(key: str) -> SheetView:
    """The sheet in force; of one that waits, nothing is computed."""
    sheet = sheets_in_force().get(key)
    if sheet is None:
        raise Http404
    return sheet


def _moment(sheet: SheetView, period: str) -> Moment:
    try:
        moment = Moment.parse(period)
    except ValueError as error:
        raise Http404 from error
    if moment.grain is not sheet.grain:
        raise Http404
    return moment


def _series(sheet: SheetView, moment: Moment) -> list[Shown]:
    moments = recent(sheet.grain, SHOWN, until=moment)
    found = values_of([sheet.key], moments)
    return [found[sheet.key, one] for one in moments if one.exists]


def _others(sheet: SheetView, moment: Moment) -> list[tuple[str, str]]:
    """The periods that one may go to from here."""
    near = {*recent(sheet.grain, SHOWN), moment}
    return [(str(one), moment_words(one)) for one in sorted(near, key=lambda one: -one.place)]


def _area(sheet: SheetView) -> str:
    return next((card.name for card in area_cards() if card.key == sheet.row.area), sheet.row.area)


def _criteria(sheet: SheetView) -> list[tuple[str, int | None, str]]:
    told = sheet.row.cremaa
    return [(words(), told.get(key, {}).get("score"), told.get(key, {}).get("reason", "")) for key, words in CRITERIA.items()]


def _figure(sheet: SheetView, series: Iterable[Shown]) -> Figure:
    shown = list(series)
    values = tuple(None if one.value is None else float(one.value) for one in shown)
    drawn = [Series(_("Valor"), values)]
    if any(one.target for one in shown):
        drawn.append(Series(_("Meta"), tuple(float(one.target.value) if one.target else None for one in shown)))
    return Figure(
        key="serie",
        title=_("Cómo ha ido"),
        says=_("Cada punto es un periodo; donde no hay datos queda un hueco, y al lado se dice por qué."),
        chart=lines([_short(one.moment) for one in shown], drawn),
        headers=(_("Periodo"), _("Valor"), _("Meta"), _("Cómo está")),
        rows=tuple(
            (one.period_words.capitalize(), one.words or one.why, one.target_words or None, standing_words(one.standing))
            for one in shown
        ),
        meaning="valor-de-indicador",
        legend=Legend(),
    )


def _short(moment: Moment) -> str:
    """As it fits under a drawing: `T3 26`."""
    return str(moment).replace("-Q", " T").replace("-M", "/")


@public
@require_safe
def series_file(request: HttpRequest, key: str) -> HttpResponse:
    """The series as a table; of an indicator that is computed no more, what is kept of it."""
    if key in retired_sheets():
        return csv_file(f"{key}.csv", HEADERS, [_kept_row(one) for one in _kept_of(key)])
    sheet = _sheet(key)
    rows = [_row(one) for one in _series(sheet, last_ended(sheet.grain))]
    return csv_file(f"{key}.csv", HEADERS, rows)


def _row(one: Shown) -> tuple[object, ...]:
    row, target = one.sheet.row, one.target
    told = ("" if target is None else written(target.programmed), "" if target is None else written(target.value))
    at = one.kept_at.isoformat() if one.kept_at and one.is_kept else ""
    value = "" if one.value is None else written(one.value)
    sealed = sealed_value(one.result)
    said = sealed.in_file if sealed else ("", "")
    return (row.key, str(one.moment), value, row.unit, one.why, *told, one.standing.value, row.version, at, *said)


@public
@require_safe
def worksheet(request: HttpRequest, key: str, period: str) -> HttpResponse:
    """A sheet of paper to do the number again: what is given, a blank for each step, and on another page what comes out."""
    if key in retired_sheets():
        return redirect("indicator_value", key=key, period=period)
    sheet = _sheet(key)
    moment = _moment(sheet, period)
    shown = values_of([key], [moment])[key, moment]
    found: Explained = explained(shown)
    context: dict[str, Any] = {
        "sheet": sheet,
        "row": sheet.row,
        "shown": shown,
        "explained": found,
        "given": given_of(shown),
        "exact_words": exact_words,
        "lists": tick_lists(shown),
        "sealed": sealed_words(shown),
        "now": clock.now(),
        "site": request.build_absolute_uri("/").rstrip("/"),
        "moment_words": moment_words,
    }
    return render(request, "indicators/worksheet.jinja", context)
