"""What the tables of the year say of each other (faults `indicator`), and the whole of them as the recount reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from calpulli_core.board import layout
from calpulli_core.verify.lines import span_of
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault
from calpulli_core.verify.rows import fields_of
from calpulli_core.verify.year.cells import lines_of
from calpulli_core.verify.year.tables import Row, last_month, month_number

Rows = list[tuple[int, Row]]


@dataclass(frozen=True, slots=True)
class Year:
    """The tables that can be relied on, by path; `lines`: the identifiers of lines.csv, None where it cannot be."""

    period: str
    tables: Mapping[str, Rows]
    lines: frozenset[str] | None

    @property
    def activities(self) -> dict[str, Row] | None:
        """By key."""
        rows = self.tables.get(layout.ACTIVITIES)
        return None if rows is None else {row["activity"]: row for _, row in rows}

    def of_quarters(self, path: str) -> dict[tuple[str, int], list[Row]]:
        """The rows of goals.csv or reports.csv by activity and by the last month of their quarter."""
        found: dict[tuple[str, int], list[Row]] = {}
        for _, row in self.tables[path]:
            ends = last_month(row["quarter"]) if "quarter" in row else (month_number(row["month"]) + 2) // 3 * 3
            found.setdefault((row["activity"], ends), []).append(row)
        return found


def line_identifiers(bundle: Bundle) -> frozenset[str]:
    """The first cells of the rows of lines.csv that can be read."""
    read = (fields_of(record) for record in bundle.rows[layout.LINES][1:])
    return frozenset(fields[0] for fields in read if fields)


def holds(row: Row) -> int:
    """The goal of a month, in thousandths."""
    return int(row["adjusted"] or row["programmed"])


def goal_of(months: Sequence[Row], *, adds_up: bool) -> int:
    """What the goals of months, in their order, come to."""
    amounts = [holds(month) for month in months]
    return sum(amounts) if adds_up else next((one for one in reversed(amounts) if one > 0), _last(amounts))


def done_of(months: Sequence[Row], *, adds_up: bool) -> int:
    """What was done in months, in their order, comes to; those of which nothing is told do not count."""
    told = [(int(month["achieved"]), holds(month)) for month in months if month["achieved"]]
    amounts = [amount for amount, _ in told]
    if adds_up:
        return sum(amounts)
    return next((amount for amount, goal in reversed(told) if goal > 0), _last(amounts))


def _last(amounts: Sequence[int]) -> int:
    """The last that is not 0; 0 if all are."""
    return next((one for one in reversed(amounts) if one), 0)


def check_agreement(year: Year) -> Iterator[Fault]:
    """Every rule between two tables of which both can be relied on."""
    yield from _lines(year)
    yield from _activities(year)
    if {layout.GOALS, layout.REPORTS} <= year.tables.keys():
        yield from _achieved(year)
        if year.activities is not None:
            yield from _to_report(year)
            yield from _done(year, year.activities)
    if layout.GOALS in year.tables and year.activities is not None:
        yield from _of_people(year, year.activities)


def _fault(path: str, number: int | None, why: str) -> Fault:
    return Fault("indicator", path, number, why)


def _lines(year: Year) -> Iterator[Fault]:
    for number, row in year.tables.get(layout.ACTIVITIES, []) if year.lines is not None else []:
        strange = [name for name in lines_of(row["lines"]) if name not in (year.lines or ())]
        if strange:
            yield _fault(layout.ACTIVITIES, number, f"sirve a la línea «{strange[0]}», que data/lines.csv no tiene")


def _activities(year: Year) -> Iterator[Fault]:
    known = year.activities
    for path in (layout.GOALS, layout.REPORTS, layout.MONEY) if known is not None else ():
        for number, row in year.tables.get(path, []):
            if row["activity"] not in (known or {}) and (row["activity"] or path != layout.MONEY):
                yield _fault(path, number, f"es de la actividad «{row['activity']}», que data/activities.csv no tiene")


def _achieved(year: Year) -> Iterator[Fault]:
    approved = {key for key, rows in year.of_quarters(layout.REPORTS).items() if rows[0]["state"] == "aprobado"}
    for number, row in year.tables[layout.GOALS]:
        ends = (month_number(row["month"]) + 2) // 3 * 3
        if row["achieved"] and (row["activity"], ends) not in approved:
            yield _fault(layout.GOALS, number, "dice lo que se hizo, y ningún reporte aprobado lo dice")


def _of_people(year: Year, activities: Mapping[str, Row]) -> Iterator[Fault]:
    """Of people, one number a quarter: a second month tells what may not be told."""
    told: set[tuple[str, int]] = set()
    for number, row in year.tables[layout.GOALS]:
        activity, ends = activities.get(row["activity"]), (month_number(row["month"]) + 2) // 3 * 3
        if activity is None or activity["people"] == "no" or not row["achieved"]:
            continue
        if (row["activity"], ends) in told:
            yield _fault(layout.GOALS, number, "su unidad son personas, y de ese trimestre ya otro mes dice lo que se hizo")
        told.add((row["activity"], ends))


def _to_report(year: Year) -> Iterator[Fault]:
    told, last = year.of_quarters(layout.REPORTS), span_of(year.period)[1]
    due = {
        key
        for key, rows in year.of_quarters(layout.GOALS).items()
        if key[0] in (year.activities or {}) and key[1] <= last and any(holds(row) > 0 for row in rows)
    }
    if lacking := sorted(due - told.keys()):
        activity, ends = lacking[0]
        more = f" ni de {len(lacking) - 1} más" if len(lacking) > 1 else ""
        yield _fault(layout.REPORTS, None, f"no dice nada de la actividad «{activity}» en el trimestre {ends // 3}{more}")


def _done(year: Year, activities: Mapping[str, Row]) -> Iterator[Fault]:
    goals = year.of_quarters(layout.GOALS)
    for number, row in year.tables[layout.REPORTS]:
        activity = activities.get(row["activity"])
        if activity is None or row["state"] != "aprobado":
            continue
        months = goals.get((row["activity"], last_month(row["quarter"])), [])
        adds_up = activity["cumulative"] == "sí"
        goal, done = goal_of(months, adds_up=adds_up), done_of(months, adds_up=adds_up)
        if goal != int(row["goal"]):
            yield _fault(
                layout.REPORTS, number, f"dice que la meta era {row['goal']}, y data/goals.csv da {goal} en su trimestre"
            )
        elif done != int(row["done"]):
            yield _fault(layout.REPORTS, number, f"dice que se hizo {row['done']}, y data/goals.csv da {done} en su trimestre")
