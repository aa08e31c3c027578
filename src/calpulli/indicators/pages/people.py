"""What was told of people: each edition with its cells, what is kept back, and why, in plain words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.files import csv_file
from calpulli.commons.page_parts import period_words
from calpulli.commons.registries.measures import MEASURES
from calpulli.commons.registries.people_tables import PEOPLE_TABLES, PeopleTable

from ..queries.tellings import ALL
from ..queries.told import ToldTable, editions_told, key_told, told_table

HEADERS = ("tabla", "edicion", "dicha", "minimo", "periodo", "lugar", "categoria", "personas")


@public
@require_safe
def people_tables(request: HttpRequest) -> HttpResponse:
    """Every table of people, with the editions that were told of it."""
    told = [(table, [one for one in editions_told() if one.table == table.key]) for table in PEOPLE_TABLES]
    return render(request, "indicators/people_tables.jinja", {"tables": told})


@public
@require_safe
def people_told(request: HttpRequest, key: str, year: str) -> HttpResponse:
    """An edition: the last, or the one that the address asks for; a period of it at a time."""
    found = _found(request, key, year)
    period = request.GET.get("periodo", "") or found.periods[-1]
    if period not in found.periods:
        raise Http404
    others = [one for one in editions_told() if (one.table, one.year) == (key, int(year))]
    context: dict[str, Any] = {"told": found, "table": found.table, "edition": found.edition, "period": period, "others": others}
    context |= {"periods": [(one, period_words(one)) for one in found.periods], "period_words": period_words(period)}
    context |= {"rows": _rows(found, period), "headers": _headers(found.table), "empty": _empty(found, period)}
    context |= {"kept_back": _kept_back(found, period), "measures": [one for one in MEASURES if one.table == key]}
    return render(request, "indicators/people_told.jinja", context)


@public
@require_safe
def people_file(request: HttpRequest, key: str, year: str) -> HttpResponse:
    """The edition whole, every period of it."""
    found = _found(request, key, year)
    edition = found.edition
    head = (key, edition.number, edition.told_at.isoformat(timespec="seconds"), edition.floor)
    rows = (
        (*head, period, key_told(place), key_told(category), "" if count is None else count)
        for (period, place, category), count in found.cells.items()
    )
    return csv_file(f"{key.replace('.', '-')}-{year}-edicion-{edition.number}.csv", HEADERS, rows)


def _found(request: HttpRequest, key: str, year: str) -> ToldTable:
    asked = request.GET.get("edicion", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= 4):
        raise Http404
    found = told_table(key, int(year), int(asked) if asked else None)
    if found is None:
        raise Http404
    return found


def _headers(table: PeopleTable) -> list[str]:
    return [str(table.place.name), _("Todas las personas"), *(str(words) for _key, words in table.categories)]


def place_words(table: PeopleTable, place: str) -> str:
    """A place as people read it."""
    if place == ALL:
        return _("Todos juntos")
    return table.place.values().get(place, place) if place else _("En ninguno en particular")


def _rows(found: ToldTable, period: str) -> list[tuple[str, list[int | None]]]:
    """Each place with anybody, or of which something is kept back."""
    counts = ((place, [found.cells.get((period, place, who)) for who in found.categories]) for place in found.places)
    return [(place_words(found.table, place), told) for place, told in counts if place == ALL or any(one != 0 for one in told)]


def _empty(found: ToldTable, period: str) -> int:
    return len(found.places) - len(_rows(found, period))


def _kept_back(found: ToldTable, period: str) -> int:
    return sum(count is None for (when, _place, _who), count in found.cells.items() if when == period)
