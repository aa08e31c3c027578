"""Measures: what each counts, and from a number to its rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons import institutes
from calpulli.commons.access import actor_of, public
from calpulli.commons.act import Actor
from calpulli.commons.files import csv_file
from calpulli.commons.registries.measures import MEASURES, Aggregate, Candidates, Measure
from calpulli_core.indicators.moments import Moment

from ..queries.cells import Why
from ..queries.drilling import Drilled, Told, choices, drill, grain_of, has_value
from ..queries.sheets import sheets_in_force
from ..queries.values import last_ended, recent
from ..queries.words import cause_words, exact_words, is_rounded, moment_words, unit_words, value_words

SHOWN = 8
MOST_PAGES = 10_000


@public
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure, with the indicators that read it."""
    read_by: dict[str, list[tuple[str, str]]] = {}
    for key, sheet in sheets_in_force().items():
        for name in {binding.measure for binding in sheet.bindings.values() if binding.measure}:
            read_by.setdefault(name, []).append((key, sheet.row.name))
    context = {"measures": [(one, read_by.get(one.key, [])) for one in MEASURES], "aggregate": aggregate_words}
    return render(request, "indicators/measures.jinja", context)


@public
@require_safe
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """What it counts, the number of the cell that the address asks for, and its rows."""
    found = MEASURES.get(key)
    if found is None:
        raise Http404
    moment, where = _moment(request, found), _where(request, found)
    drilled = drill(found, where, moment, actor=_viewer(request), page=_page(request))
    told = {"drilled": drilled, "measure": found, "where": where, "period": moment_words(moment), "aggregate": aggregate_words}
    told |= {"left_out": _left_out(drilled), "moment_words": _period_words, "unit": unit_words(found.unit, drilled.reading.value)}
    return render(
        request,
        "indicators/measure.jinja",
        told | _beside(found, moment, where) | _words(drilled.reading.value, drilled.reading.why),
    )


@public
@require_safe
def measure_file(request: HttpRequest, key: str) -> HttpResponse:
    """All the rows that a cell counts, exactly, with the pages that they lead to."""
    found = MEASURES.get(key)
    if found is None:
        raise Http404
    moment = _moment(request, found)
    drilled = drill(found, _where(request, found), moment, actor=None, page=None)
    if drilled.rows is None or not drilled.rows.fits_a_file:
        raise Http404
    headers = (*drilled.rows.headers, _("Página"))
    rows = [(*(one.plain or one.text for one in row), _first_url(request, row)) for row in drilled.rows.rows]
    return csv_file(f"{key}-{moment}.csv", headers, rows)


def _first_url(request: HttpRequest, row: tuple[Told, ...]) -> str:
    return next((request.build_absolute_uri(one.url) for one in row if one.url), "")


def _left_out(drilled: Drilled) -> Candidates | None:
    """What the cell might have counted and did not; None where that cannot be known, or is not to be."""
    measure, reading = drilled.measure, drilled.reading
    if measure.candidates is None or (reading.value is None and reading.why is not Why.NOT_DUE):
        return None
    found = measure.candidates(dict(drilled.cell.where), drilled.cell.moment)
    return Candidates(found.headers, tuple(one for one in found.items if one.why))


def _period_words(code: str) -> str:
    return moment_words(Moment.parse(code))


def _beside(found: Measure, moment: Moment, where: dict[str, str]) -> dict[str, Any]:
    """What one may ask for besides, who answers, and the address of the page without its number."""
    filters = [(one, choices(one, moment.year)) for one in found.dimensions]
    near = sorted({*recent(grain_of(found), SHOWN), moment}, key=lambda one: -one.place)
    owner = institutes.open_data().areas.get(found.owner) or institutes.current().name
    query = urlencode([("periodo", str(moment)), *where.items()])
    return {
        "filters": filters,
        "periods": [(str(one), moment_words(one)) for one in near],
        "owner": owner,
        "query": query,
        "code": str(moment),
    }


def _words(value: Any, why: Any) -> dict[str, Any]:
    if value is None:
        return {"value": "", "exact": "", "why": cause_words(why)}
    return {"value": value_words(value), "exact": exact_words(value) if is_rounded(value) else "", "why": ""}


def _moment(request: HttpRequest, found: Measure) -> Moment:
    told = request.GET.get("periodo", "")
    if not told:
        return last_ended(grain_of(found))
    try:
        moment = Moment.parse(told)
    except ValueError as error:
        raise Http404 from error
    if moment.grain.value > found.grain.value:
        raise Http404
    return moment


def _where(request: HttpRequest, found: Measure) -> dict[str, str]:
    """What the address asks for; a value that does not exist is not there, and is no 0."""
    asked = {one: told for one in found.dimensions if (told := request.GET.get(one.key, ""))}
    if not all(has_value(found, one, told) for one, told in asked.items()):
        raise Http404
    return {one.key: told for one, told in asked.items()}


def _page(request: HttpRequest) -> int:
    told = request.GET.get("pagina", "1")
    if not (told.isascii() and told.isdecimal() and len(told) <= len(str(MOST_PAGES))) or not 1 <= int(told) <= MOST_PAGES:
        raise Http404
    return int(told)


def _viewer(request: HttpRequest) -> Actor | None:
    return actor_of(request) if request.user.is_authenticated else None


def aggregate_words(found: Measure) -> str:
    """How its number is made, in a sentence."""
    return {
        Aggregate.COUNT: _("Se cuentan los renglones."),
        Aggregate.SUM: _("Se suma la última columna de los renglones."),
        Aggregate.DISTINCT: _("Se cuentan los valores distintos de una columna."),
        Aggregate.SHARE: _("De los renglones, qué parte cumple una condición."),
        Aggregate.MEDIAN: _("El valor de en medio: la mitad tiene ese o menos."),
        Aggregate.PERCENTILE: _("El valor que no pasan %(percent)s de cada cien renglones.") % {"percent": found.percent},
    }[found.aggregate]
