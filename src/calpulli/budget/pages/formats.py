"""A year in the formats that ask for it, with their own headings, for whoever must hand it over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.files import KINDS, declared_file
from calpulli_core.formats import egresos as formats

from .. import queries
from .views import the_year


@public
@require_safe
def budget_format(request: HttpRequest, year: int, key: str, kind: str) -> HttpResponse:
    """Egresos by moment, or the budget by chapter, by the columns of the format of that year."""
    the_year(year)
    if key not in (formats.EGRESOS, formats.CHAPTERS) or kind not in KINDS:
        raise Http404
    found = formats.format_of(key, year)
    rows = [[told[column.key] for column in found.table.columns] for told in queries.reported(key, year)]
    notice = "" if formats.IS_CONFIRMED else f"Formato {found.version}: fuente por confirmar."
    return declared_file(f"{key}-{year}", kind, found.table, rows, notice=notice)
