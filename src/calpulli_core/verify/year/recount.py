"""Cells of measures.jsonl counted again from the tables (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import add
from typing import Any

from calpulli_core.board import layout
from calpulli_core.verify.formulas import Moment, write_value
from calpulli_core.verify.formulas.moments import IN_A_YEAR, MONTH
from calpulli_core.verify.report import Fault
from calpulli_core.verify.year.agreement import Year, holds
from calpulli_core.verify.year.cells import lines_of
from calpulli_core.verify.year.tables import Row, last_month, month_number

Json = dict[str, Any]
Months = list[int]  # of January to December; what is of a quarter stands in its last month
Where = tuple[tuple[str, str], ...]

_OF_ACTIVITIES = frozenset({"line", "area", "programme", "activity"})
_OF_MONEY = frozenset({"area", "activity", "programme"})
_MOMENTS = {name: (name,) for name in ("approved", "committed", "accrued", "exercised", "paid")} | {
    "modified": ("approved", "change"),
}
_WHOLE_QUARTERS = ("annual.activities_due", "annual.activities_fulfilled")


@dataclass(frozen=True, slots=True)
class Item:
    """What is picked or not by a `where`: for each of its names, the values that pick it; and what it adds to each month."""

    picked_by: Mapping[str, tuple[str, ...]]
    months: Months


class Family:
    """The items of one measure, added up for each `where` that is asked."""

    def __init__(self, items: list[Item], scale: int) -> None:
        self._items, self._scale = items, scale
        self._groups: dict[tuple[str, ...], dict[Where, Months]] = {}

    def sum(self, where: Where, first: int, last: int) -> Fraction:
        """Of the months from `first` to `last`, both counted."""
        names = tuple(name for name, _ in where)
        if names not in self._groups:
            self._groups[names] = self._grouped(names)
        months = self._groups[names].get(where, [])
        return Fraction(sum(months[first - 1 : last]), self._scale)

    def _grouped(self, names: tuple[str, ...]) -> dict[Where, Months]:
        groups: dict[Where, Months] = {}
        for item in self._items:
            wheres: list[Where] = [()]
            for name in names:
                wheres = [(*where, (name, value)) for where in wheres for value in item.picked_by.get(name, ())]
            for where in wheres:
                known = groups.get(where)
                groups[where] = item.months if known is None else list(map(add, known, item.months))
        return groups


class Recount:
    """The measures that can be counted again, with the tables that can be relied on."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self._families: dict[str, Family | None] = {}

    def of(self, line: Json) -> Fraction | None:
        """What the cell of a line must be; None where it is not recounted."""
        moment = Moment.read(line["period"])
        names = line["where"].keys()
        if line["period"][:4] != self._year.period[:4] or (line["measure"] in _WHOLE_QUARTERS and moment.grain == MONTH):
            return None
        if not names <= (_OF_MONEY if line["measure"].startswith("budget.") else _OF_ACTIVITIES):
            return None
        family = self._family(line["measure"], with_activities="programme" in names)
        if family is None:
            return None
        months = 12 // IN_A_YEAR[moment.grain]
        last = moment.in_year * months
        return family.sum(tuple(sorted(line["where"].items())), last - months + 1, last)

    def is_of_wholes(self, line: Json) -> bool:
        """Whether it adds up what says nothing together: activities in their own units, or months that each tell the whole."""
        if line["measure"] not in _AMOUNTS or "activity" not in line["where"]:
            return line["measure"] in _AMOUNTS
        activity = (self._year.activities or {}).get(line["where"]["activity"])
        return activity is not None and activity["cumulative"] == "no" and Moment.read(line["period"]).grain != MONTH

    def is_of_few(self, line: Json) -> bool:
        """Whether it would tell people by month, or in a period with a quarter of so few that it says 0."""
        activity = (self._year.activities or {}).get(line["where"].get("activity", ""))
        if line["measure"] != "annual.goal_achieved" or activity is None or activity["people"] == "no":
            return False
        moment = Moment.read(line["period"])
        months = 12 // IN_A_YEAR[moment.grain]
        last = moment.in_year * months
        few = self._few.get(activity["activity"], [])
        return moment.grain == MONTH or any(last - months < month <= last for month in few)

    @cached_property
    def _few(self) -> dict[str, Months]:
        """The months in which goals.csv says 0 of an activity."""
        found: dict[str, Months] = {}
        for _, row in self._year.tables[layout.GOALS]:
            if row["achieved"] == "0":
                found.setdefault(row["activity"], []).append(month_number(row["month"]))
        return found

    def _family(self, measure: str, *, with_activities: bool) -> Family | None:
        package, _, name = measure.partition(".")
        if package == "budget" and with_activities and self._year.activities is None:
            return None
        if measure not in self._families:
            made = _budget(self._year, name) if package == "budget" else _annual(self._year, measure)
            self._families[measure] = made
        return self._families[measure]


def _budget(year: Year, name: str) -> Family | None:
    if name not in _MOMENTS or layout.MONEY not in year.tables:
        return None
    known = year.activities or {}
    items = []
    for _, row in year.tables[layout.MONEY]:
        if row["moment"] in _MOMENTS[name]:
            picks = {"area": (row["area"],), "activity": (row["activity"],)}
            if row["activity"] in known:
                picks["programme"] = (known[row["activity"]]["programme"],)
            items.append(Item(picks, _at(month_number(row["month"]), int(row["cents"]))))
    return Family(items, 100)


def _at(month: int, amount: int) -> Months:
    return [amount if here == month else 0 for here in range(1, 13)]


def _annual(year: Year, measure: str) -> Family | None:
    if measure not in _AMOUNTS and measure not in _WHOLE_QUARTERS:
        return None
    needed = {layout.ACTIVITIES, layout.GOALS} | ({layout.REPORTS} if measure == _WHOLE_QUARTERS[1] else set())
    if not needed <= year.tables.keys():
        return None
    months = _of_goals(year, _AMOUNTS[measure]) if measure in _AMOUNTS else _of_quarters(year, measure)
    items = [Item(_picks(row), months[key]) for key, row in (year.activities or {}).items() if key in months]
    return Family(items, 1000 if measure in _AMOUNTS else 1)


_AMOUNTS: Mapping[str, Callable[[Row], int]] = {
    "annual.goal_programmed": lambda row: int(row["programmed"]),
    "annual.goal_adjusted": holds,
    "annual.goal_achieved": lambda row: int(row["achieved"] or 0),
}


def _picks(row: Row) -> dict[str, tuple[str, ...]]:
    alone = {name: (row[name],) for name in ("area", "programme", "activity")}
    return alone | {"line": tuple(lines_of(row["lines"]))}


def _of_goals(year: Year, amount: Callable[[Row], int]) -> dict[str, Months]:
    found: dict[str, Months] = {}
    for _, row in year.tables[layout.GOALS]:
        found.setdefault(row["activity"], [0] * 12)[month_number(row["month"]) - 1] += amount(row)
    return found


def _of_quarters(year: Year, measure: str) -> dict[str, Months]:
    """1 in the last month of each quarter in which the activity was due; or in which it was fulfilled too."""
    due = {key for key, rows in year.of_quarters(layout.GOALS).items() if any(holds(row) > 0 for row in rows)}
    if measure == _WHOLE_QUARTERS[1]:
        due &= {(row["activity"], last_month(row["quarter"])) for _, row in year.tables[layout.REPORTS] if _is_fulfilled(row)}
    found: dict[str, Months] = {}
    for activity, ends in due:
        found.setdefault(activity, [0] * 12)[ends - 1] = 1
    return found


def _is_fulfilled(row: Row) -> bool:
    """Where met_on stands there is evidence and the goal is reached: the form of the row asks it."""
    return row["met_on"] != "" and row["met_on"] <= row["due_on"]


def check_recount(year: Year, measures: list[Json]) -> Iterator[Fault | int]:
    """A fault for each line that is not what the tables give; the number of each line that is."""
    recount = Recount(year)
    for number, line in enumerate(measures):
        wanted = recount.of(line)
        if wanted is None:
            continue
        why = _fault_of(recount, line, wanted)
        yield number if why is None else Fault("indicator", layout.MEASURES, number, why)


def _fault_of(recount: Recount, line: Json, wanted: Fraction) -> str | None:
    if recount.is_of_wholes(line):
        return _silence(line, "no-data", "lo que junta no se suma: no hay datos")
    if recount.is_of_few(line):
        return _silence(line, "privacy", "son personas, y así no se dice cuántas: se calla por privacidad")
    return _difference(line, wanted)


def _silence(line: Json, reason: str, why: str) -> str | None:
    told = line["value"] or line["reason"]
    return None if told == reason else f"dice {told[:40]}, y {why}"


def _difference(line: Json, wanted: Fraction) -> str | None:
    told = write_value(wanted)
    if line["reason"] == "privacy":
        return f"dice que se calla por privacidad, y de las tablas sale {told}"
    if line["reason"] == "no-data":
        return None if wanted == 0 else f"dice que no hay datos, y de las tablas sale {told}"
    return None if line["value"] == told else f"dice {line['value'][:40]}, y de las tablas sale {told[:40]}"
