"""The board: each line of the plan in force with its indicators, by objective, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calpulli.ledger.doors import remembered
from calpulli.planning.doors import LineCard, PlanCard, SealedCard, plan_in_force
from calpulli_core.indicators.moments import Grain, Moment

from .sealed import SealedValue, editions_of, sealed_value
from .sheets import SheetView, sheets_in_force
from .values import Shown, Values, last_ended, recent, values_of

SHOWN_PERIODS = 6


@dataclass(frozen=True)
class Entry:
    """An indicator on the board: its value in the period, and those before it, the oldest first."""

    sheet: SheetView
    now: Shown
    series: tuple[Shown, ...]
    sealed: SealedValue | None  # what the published edition of the period says


@dataclass(frozen=True)
class LineOnBoard:
    """A line with its indicators; the first of them is the one of its activities."""

    line: LineCard
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ObjectiveOnBoard:
    """An objective: its own indicators, and its lines with theirs."""

    number: int
    text: str
    entries: tuple[Entry, ...]
    lines: tuple[LineOnBoard, ...]


@dataclass(frozen=True)
class Board:
    """What the board shows of a quarter."""

    plan: PlanCard
    quarter: Moment
    objectives: tuple[ObjectiveOnBoard, ...]

    @property
    def entries(self) -> list[Entry]:
        """Every indicator that it shows."""
        of_lines = [entry for one in self.objectives for line in one.lines for entry in line.entries]
        return of_lines + [entry for one in self.objectives for entry in one.entries]


def quarters_to_show() -> list[Moment]:
    """Those that the board can be asked for, the newest first: the running one and the ones before it."""
    return list(reversed(recent(Grain.QUARTER, SHOWN_PERIODS + 1)))


def board_of(quarter: Moment | None = None) -> Board | None:
    """The board of a quarter, or of the last one that is over; None without a plan."""
    plan, asked = plan_in_force(), quarter or last_ended(Grain.QUARTER)
    if plan is None:
        return None
    sheets = _of_plan(plan.key)
    found = values_of([sheet.key for sheet in sheets], _periods(sheets, asked))
    shown, numbers = _Shown(found, asked, editions_of(plan.key)), dict.fromkeys(line.objective for line in plan.lines)
    return Board(plan, asked, tuple(_objective(plan, number, sheets, shown) for number in numbers))


@dataclass(frozen=True)
class _Shown:
    """What every entry is made of: the values, the quarter, and what was sealed."""

    values: Values
    quarter: Moment
    sealed: Sequence[SealedCard]


@remembered("indicators")
def _of_plan(plan_key: str) -> tuple[SheetView, ...]:
    """The sheets of a plan: what was done before what it changed."""
    sheets = [sheet for sheet in sheets_in_force().values() if sheet.row.plan_key == plan_key]
    return tuple(sorted(sheets, key=lambda sheet: (sheet.row.mark, sheet.key)))


def now_of(sheet: SheetView, quarter: Moment) -> Moment:
    """The period of a sheet that a quarter shows: the last of its grain that ends within it, or the year that it is of."""
    last_month = quarter.place * 3 + 2
    return Moment(sheet.grain, last_month // (12 // sheet.grain.value))


def _periods(sheets: Iterable[SheetView], quarter: Moment) -> list[Moment]:
    ends = {now_of(sheet, quarter) for sheet in sheets}
    return [moment for end in ends for moment in recent(end.grain, SHOWN_PERIODS, until=end)]


def _objective(plan: PlanCard, number: int, sheets: Sequence[SheetView], shown: _Shown) -> ObjectiveOnBoard:
    own = [sheet for sheet in sheets if not sheet.row.line and sheet.row.objective == number]
    lines = tuple(
        LineOnBoard(line, _entries([sheet for sheet in sheets if sheet.row.line == line.identifier], shown))
        for line in plan.lines
        if line.objective == number
    )
    return ObjectiveOnBoard(number, plan.objective(number), _entries(own, shown), lines)


def _entries(sheets: Iterable[SheetView], shown: _Shown) -> tuple[Entry, ...]:
    return tuple(_entry(sheet, shown, now_of(sheet, shown.quarter)) for sheet in sheets)


def _entry(sheet: SheetView, shown: _Shown, now: Moment) -> Entry:
    series = tuple(shown.values[sheet.key, moment] for moment in recent(now.grain, SHOWN_PERIODS, until=now))
    return Entry(sheet, series[-1], series, sealed_value(series[-1].result, shown.sealed))
