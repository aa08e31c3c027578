"""The public board: how each line of the programme goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.charts import Bullet, Spark, bullet, spark
from calpulli_core.indicators.computing import written
from calpulli_core.indicators.moments import Grain, Moment

from ..queries.bands import Standing
from ..queries.board import Board, Entry, board_of, quarters_to_show
from ..queries.words import moment_words
from .files import csv_file
from .words import STANDINGS, standing_words

HEADERS = (
    "indicador",
    "nombre",
    "linea",
    "objetivo",
    "periodo",
    "valor",
    "unidad",
    "sin_datos_porque",
    "meta",
    "estado",
    "ficha_version",
)


@dataclass(frozen=True)
class Drawn:
    """An entry with its two small charts."""

    entry: Entry
    spark: Spark
    bullet: Bullet


@public
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every line by objective: its number, what was set, how it went; without a number, why."""
    found = board_of(_asked(request))
    context: dict[str, Any] = {"board": found, "quarters": [(str(one), moment_words(one)) for one in quarters_to_show()]}
    if found:
        context |= {"drawn": {entry.sheet.key: drawn(entry) for entry in found.entries}, "counts": _counts(found)}
        context |= {"period": moment_words(found.quarter), "words": standing_words}
    return render(request, "indicators/board.jinja", context)


@public
@require_safe
def board_file(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    found = board_of(_asked(request))
    rows = [_row(entry) for entry in found.entries] if found else []
    return csv_file(f"tablero-{found.quarter if found else 'vacio'}.csv", HEADERS, rows)


def _asked(request: HttpRequest) -> Moment | None:
    told = request.GET.get("trimestre", "")
    if not told:
        return None
    try:
        moment = Moment.parse(told)
    except ValueError as error:
        raise Http404 from error
    if moment.grain is not Grain.QUARTER or moment not in quarters_to_show():
        raise Http404
    return moment


def drawn(entry: Entry) -> Drawn:
    """The charts of an entry, on a scale that holds 100 where it is a percentage."""
    whole = 100.0 if entry.sheet.is_percentage else None
    values = [None if one.value is None else float(one.value) for one in entry.series]
    target = float(entry.now.target.value) if entry.now.target else None
    return Drawn(entry, spark(values, target=target, whole=whole), bullet(values[-1], target=target, whole=whole))


def _counts(found: Board) -> list[tuple[Standing, str, int]]:
    """How many lines stand where, by the first of their indicators; those of which there are none are left out."""
    firsts = [line.entries[0].now.standing for one in found.objectives for line in one.lines if line.entries]
    counted = Counter(firsts)
    return [(standing, standing_words(standing), counted[standing]) for standing in STANDINGS if counted[standing]]


def _row(entry: Entry) -> tuple[object, ...]:
    row, now = entry.sheet.row, entry.now
    value = "" if now.value is None else written(now.value)
    target = "" if now.target is None else written(now.target.value)
    return (
        row.key,
        row.name,
        row.line,
        row.objective,
        str(now.moment),
        value,
        row.unit,
        now.why,
        target,
        now.standing.value,
        row.version,
    )
