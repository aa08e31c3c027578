"""What a quarter reports of indicators, in the format of its year: with its own headings, for whoever must hand it over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.files import declared_file
from calpulli_core.formats import indicators as formats
from calpulli_core.formats.sheets.writing import Values
from calpulli_core.indicators.moments import Grain, Moment

from ..queries.reporting import format_values, of_quarter
from ..queries.tables import MARKS

NOTICE = "Formato {version}: fuente por confirmar. Periodo {period}."


@public
@require_safe
def format_file(request: HttpRequest, format_key: str, quarter: str, kind: str) -> HttpResponse:
    """The rows of a quarter, by the columns of its format."""
    moment = Moment.parse(quarter)
    if moment.grain is not Grain.QUARTER or format_key not in MARKS:
        raise Http404
    found = formats.format_of(format_key, moment.year)
    with translation.override("es-mx"):
        rows = _rows(found, moment)
    notice = "" if formats.IS_CONFIRMED else NOTICE.format(version=found.version, period=quarter)
    return declared_file(f"indicadores-de-{format_key}-{quarter}", kind, found.table, rows, notice=notice)


def _rows(found: formats.Format, quarter: Moment) -> list[Values]:
    told = [format_values(one) for one in of_quarter(quarter, [MARKS[found.key]])]
    return [[values[column.key] for column in found.table.columns] for values in told]
