"""The same aggregates from the same columns, by polars: an oracle for every cell, and the rival in what they cost.

Written from what each measure says that it counts, not from the engine. The columns are read out of PostgreSQL once, which is
not counted; deliveries are first added up by activity, month and district, once for all that only needs those sums.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl
import psycopg

from calpulli.indicators.queries.cells import Cell

Group = tuple[str, tuple[str, ...], int]  # measure, dimensions, months in a period
Made = dict[Group, pl.DataFrame]
TABLES = {
    "deliveries": "SELECT d.activity_id, d.month, d.district, d.units FROM annual_delivery d "
    "JOIN annual_deliverybatch b ON b.id = d.batch_id WHERE b.state = 'counted'",
    "activities": "SELECT a.id AS activity_id, a.key AS activity, a.area, p.key AS programme, e.year FROM annual_activity a "
    "JOIN annual_programme p ON p.id = a.programme_id JOIN annual_exercise e ON e.id = a.exercise_id WHERE e.state = 'approved'",
    "shares": "SELECT activity_id, line FROM annual_share",
    "goals": "SELECT activity_id, month, programmed, coalesce(adjusted, programmed) AS adjusted FROM annual_goal",
    "reports": "SELECT id AS report_id, activity_id, quarter, coalesce(met_on <= due_on, false) AS in_term, "
    "done >= goal AS reaches, "
    "EXISTS (SELECT 1 FROM annual_evidence v WHERE v.report_id = r.id) AS shown FROM annual_report r WHERE counts",
    "achieved": "SELECT report_id, month, amount FROM annual_achieved",
    "entries": "SELECT year, month, area, programme, activity, source, partida, moment, cents FROM budget_budgetentry",
}
TEXTS = dict.fromkeys(("district", "activity", "area", "programme", "line", "source", "partida", "moment"), pl.String)
FLAGS = dict.fromkeys(("in_term", "reaches", "shown"), pl.String)
MONEY = {name: (name,) for name in ("approved", "committed", "accrued", "exercised", "paid")} | {
    "modified": ("approved", "change")
}
OF_DELIVERIES = {"deliveries_made": pl.col("made").sum(), "deliveries_units": pl.col("units").sum()}


@dataclass(frozen=True)
class Columns:
    """The columns, as frames."""

    deliveries: pl.DataFrame
    activities: pl.DataFrame
    shares: pl.DataFrame
    goals: pl.DataFrame
    reports: pl.DataFrame
    achieved: pl.DataFrame
    entries: pl.DataFrame

    @classmethod
    def read(cls, connection: psycopg.Connection[tuple[object, ...]]) -> Columns:
        """All of them out of the database."""
        return cls(**{name: _read(connection, query) for name, query in TABLES.items()})


def _read(connection: psycopg.Connection[tuple[object, ...]], query: str) -> pl.DataFrame:
    written = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)".encode()) as copy:
        for data in copy:
            written.write(data)
    frame = pl.read_csv(written.getvalue(), schema_overrides=TEXTS | FLAGS)
    return frame.with_columns([pl.col(name) == "t" for name in FLAGS if name in frame.columns])


def groups_of(cells: Iterable[Cell]) -> list[Group]:
    """The ways of grouping that the cells need."""
    return sorted({group_of(cell) for cell in cells})


def group_of(cell: Cell) -> Group:
    """The measure, its dimensions, and how many months are in its period."""
    return cell.measure, cell.dimensions, 12 // cell.moment.grain.value


def aggregated(columns: Columns, groups: list[Group]) -> Made:
    """Every group of the measures, in one collection of lazy frames."""
    rows = _rows(columns)
    asked = [_grouped(rows, group) for group in groups]
    return dict(zip(groups, pl.collect_all(asked), strict=True))


def _rows(columns: Columns) -> Callable[[str], tuple[pl.LazyFrame, pl.Expr]]:
    """Of a measure, its rows with every column that it can be asked by, and what is made of them."""
    tally = columns.deliveries.group_by("activity_id", "month", "district").agg(made=pl.len(), units=pl.col("units").sum()).lazy()
    activities = columns.activities.lazy()
    goals = columns.goals.lazy().join(activities, on="activity_id").with_columns(month=pl.col("year") * 12 + pl.col("month") - 1)
    due = (
        goals.filter(pl.col("adjusted") > 0).group_by("activity_id", pl.col("month") // 3).agg(pl.col("month").min().alias("at"))
    )
    due = due.select("activity_id", month="at").join(activities, on="activity_id")
    reports = columns.reports.lazy().filter(pl.col("shown")).join(activities, on="activity_id")
    reports = reports.with_columns(quarters=pl.col("year") * 4 + pl.col("quarter") - 1).select(
        "activity_id", "quarters", "in_term", "reaches"
    )
    shown = due.with_columns(quarters=pl.col("month") // 3).join(reports, on=["activity_id", "quarters"])
    said = columns.achieved.lazy().join(columns.reports.lazy().select("report_id", "activity_id"), on="report_id")
    said = said.join(activities, on="activity_id").with_columns(month=pl.col("year") * 12 + pl.col("month") - 1)
    months = pl.col("year") * 12 + pl.col("month") - 1
    chapter = pl.col("partida").str.slice(0, 1) + "000"
    entries = columns.entries.lazy().with_columns(month=months, chapter=chapter)
    known = {
        "annual.activities_due": (due, pl.len()),
        "annual.activities_fulfilled": (shown.filter(pl.col("in_term") & pl.col("reaches")), pl.len()),
        "annual.activities_accounted": (shown, pl.len()),
        "annual.goal_programmed": (goals, pl.col("programmed").sum()),
        "annual.goal_adjusted": (goals, pl.col("adjusted").sum()),
        "annual.goal_achieved": (said, pl.col("amount").sum()),
        "annual.deliveries_median": (columns.deliveries.lazy().join(activities, on="activity_id"), pl.col("units").median()),
        "annual.districts_reached": (
            tally.filter(pl.col("district") != "").join(activities, on="activity_id"),
            pl.col("district").n_unique(),
        ),
    } | {f"annual.{key}": (tally.join(activities, on="activity_id"), made) for key, made in OF_DELIVERIES.items()}
    known |= {
        f"budget.{key}": (entries.filter(pl.col("moment").is_in(moments)), pl.col("cents").sum())
        for key, moments in MONEY.items()
    }
    shares = columns.shares.lazy()

    def rows(measure: str, *, lines: bool) -> tuple[pl.LazyFrame, pl.Expr]:
        frame, made = known[measure]
        return (frame.join(shares, on="activity_id") if lines else frame), made

    return rows


def _grouped(rows: Callable[..., tuple[pl.LazyFrame, pl.Expr]], group: Group) -> pl.LazyFrame:
    measure, dimensions, months = group
    frame, made = rows(measure, lines="line" in dimensions)
    return frame.group_by((pl.col("month") // months).alias("period"), *dimensions).agg(made.alias("made"))


def values(columns: Columns, made: Made, cells: Iterable[Cell]) -> dict[Cell, Fraction | None]:
    """What each of the cells should hold; None where nothing was recorded, or there is no middle of nothing."""
    found: Mapping[Group, Mapping[tuple[object, ...], object]] = {
        group: {row[:-1]: row[-1] for row in frame.iter_rows()} for group, frame in made.items()
    }
    begins = {
        "annual": columns.activities["year"].min() * 12,
        "budget": columns.entries["year"].min() * 12,
    }
    return {cell: _value(cell, found[group_of(cell)], begins[cell.measure.partition(".")[0]]) for cell in cells}


def _value(cell: Cell, found: Mapping[tuple[object, ...], object], begins: int) -> Fraction | None:
    if cell.moment.place * (12 // cell.moment.grain.value) < begins:
        return None
    value = found.get((cell.moment.place, *cell.values))
    if value is None:
        return None if cell.measure.endswith("_median") else Fraction(0)
    return Fraction(value) / _scale(cell.measure)


def _scale(measure: str) -> int:
    """Cents to pesos, thousandths to units."""
    return 100 if measure.startswith("budget.") else 1000 if measure.startswith("annual.goal_") else 1
