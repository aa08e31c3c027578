"""The public board: how each line of the programme goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons.access import public
from calpulli.commons.charts import Bullet, Spark, bullet, spark
from calpulli.commons.files import csv_file
from calpulli_core.indicators.computing import written
from calpulli_core.indicators.moments import Grain, Moment

from ..models import Sheet
from ..queries.bands import Standing
from ..queries.board import Board, Entry, LineOnBoard, ObjectiveOnBoard, board_of, now_of, quarters_to_show
from ..queries.sealed import sealed_of
from ..queries.sheets import SheetView, retired_sheets
from ..queries.words import moment_words
from .words import STANDINGS, counted_words, standing_words

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
    "sellado",
    "sellado_en",
)


MOST = 4  # indicators of a line that are drawn
Count = tuple[Standing, str, int]


@dataclass(frozen=True)
class Fold:
    """An objective as it is folded: the lines that are shown of it, a column for each of its lines, and how many stand where."""

    objective: ObjectiveOnBoard
    lines: tuple[LineOnBoard, ...]
    columns: tuple[Upright, ...]
    counts: list[Count]


@dataclass(frozen=True)
class Upright:
    """A line as a column, in percents of its height; None without a value or a target."""

    standing: Standing
    height: float | None
    target: float | None


@dataclass(frozen=True)
class Drawn:
    """An entry with its two small charts."""

    entry: Entry
    spark: Spark
    bullet: Bullet


@public
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every line, folded by objective: its number, what was set, how it went, or why not. Or only those that stand alike."""
    found, standing = board_of(_asked(request)), _standing_asked(request)
    context: dict[str, Any] = {
        "board": found,
        "quarters": [(str(one), moment_words(one)) for one in quarters_to_show()],
        "most": MOST,
    }
    if found:
        context |= {"drawn": {entry.sheet.key: drawn(entry) for entry in _drawn_of(found)}, "folds": _folds(found, standing)}
        context |= {"period": moment_words(found.quarter), "words": standing_words, "chosen": standing}
        context |= {"retired": _retired(found)}
        context |= {"counts": _counts(_standings(found)), "is_open": bool(standing) or "abiertas" in request.GET}
    return render(request, "indicators/board.jinja", context)


@public
@require_safe
def board_file(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    found = board_of(_asked(request))
    rows = [_row(entry) for entry in found.entries] if found else []
    rows += [_retired_row(row, found.quarter) for gone in _retired(found).values() for row in gone] if found else []
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


def _standing_asked(request: HttpRequest) -> Standing | None:
    """Only the lines that stand like that, if the address asks for it."""
    told = request.GET.get("estado", "")
    if told and told not in set(Standing):
        raise Http404
    return Standing(told) if told else None


def _drawn_of(found: Board) -> list[Entry]:
    """Those of whole objectives, and of each line the first ones: what remains stands in the table."""
    of_lines = [entry for one in found.objectives for line in one.lines for entry in line.entries[:MOST]]
    return of_lines + [entry for one in found.objectives for entry in one.entries]


def _folds(found: Board, standing: Standing | None) -> list[Fold]:
    folds = [_fold(one, standing) for one in found.objectives]
    return [one for one in folds if one.lines or standing is None]


def _fold(one: ObjectiveOnBoard, standing: Standing | None) -> Fold:
    shown = tuple(line for line in one.lines if standing in (None, _of_line(line)))
    columns = tuple(_upright(line) for line in one.lines)
    return Fold(one, shown, columns, _counts([column.standing for column in columns]))


def _upright(line: LineOnBoard) -> Upright:
    """On a scale that ends at 100 or, of something else than a percentage, at the larger of value and target."""
    now = line.entries[0].now if line.entries else None
    if now is None or now.value is None:
        return Upright(now.standing if now else Standing.NO_VALUE, None, None)
    target = now.target.value if now.target else None
    scale = max(now.value, target or Fraction(0), Fraction(100 if now.sheet.is_percentage else 0)) or Fraction(1)
    height = float(max(now.value, Fraction(0)) * 100 / scale)
    return Upright(now.standing, height, None if target is None else float(target * 100 / scale))


def _retired(found: Board) -> dict[str, list[Sheet]]:
    """What was retired of each line, by its identifier, and of each whole objective, by its number."""
    gone: dict[str, list[Sheet]] = {}
    for row in retired_sheets().values():
        if row.plan_key == found.plan.key:
            gone.setdefault(row.line or f"objetivo-{row.objective}", []).append(row)
    return gone


def _of_line(line: LineOnBoard) -> Standing:
    """How a line stands: as the first of its indicators, that of its activities."""
    return line.entries[0].now.standing if line.entries else Standing.NO_VALUE


def _standings(found: Board) -> list[Standing]:
    return [_of_line(line) for one in found.objectives for line in one.lines]


def _counts(standings: Iterable[Standing]) -> list[Count]:
    """How many stand where; those of which there are none are left out."""
    counted = Counter(standings)
    return [
        (standing, counted_words(standing, counted[standing]), counted[standing]) for standing in STANDINGS if counted[standing]
    ]


def _retired_row(row: Sheet, quarter: Moment) -> tuple[object, ...]:
    """Why nothing is computed of it, with what was sealed of the period while it was."""
    sheet = SheetView(row)
    moment = now_of(sheet, quarter)
    told = {"on": f"{row.decided_on:%d/%m/%Y}" if row.decided_on else "", "reason": row.reason}
    why, sealed = _("se retiró el %(on)s: %(reason)s") % told, sealed_of(sheet, moment)
    named = (row.key, row.name, row.line, row.objective, str(moment), "", row.unit, why, "", "retired", row.version)
    return (*named, *(sealed.in_file if sealed else ("", "")))


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
        *(entry.sealed.in_file if entry.sealed else ("", "")),
    )
