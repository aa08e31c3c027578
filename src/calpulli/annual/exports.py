"""The annual programme as files: what comes in is read by the core, what goes out is what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from calpulli.commons.act import Problem, Refused
from calpulli.commons.registries.bringing import GIVERS, Arrival
from calpulli.people import doors as people
from calpulli.planning import doors as planning
from calpulli_core.formats.annual import writing
from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.annual.rows import (
    ActivityRow,
    AnnualFile,
    GoalRow,
    Level,
    MatrixRow,
    ProgrammeKind,
    ProgrammeRow,
    ShareRow,
)
from calpulli_core.formats.annual.tables import BUDGET, DELIVERIES, POA, TABLES
from calpulli_core.formats.sheets.declared import Table
from calpulli_core.formats.sheets.findings import Fault
from calpulli_core.formats.sheets.writing import Listed

from .models import Activity, Exercise

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MONTHS = range(1, 13)
BOOKS: Mapping[str, Sequence[Table]] = {"poa": POA, "presupuesto": (BUDGET,), "entregas": (DELIVERIES,)}


@dataclass(frozen=True)
class Reading:
    """Files that hold: what they bring, and what is worth a look before it is taken."""

    arrival: Arrival
    warnings: tuple[Fault, ...]


def chosen_plan(key: str) -> planning.PlanCard:
    """The plan of that key, or the one in force; Refused with those that there are."""
    found = planning.find_card(key) if key else planning.plan_in_force()
    if found is None:
        known = ", ".join(card.key for card in planning.own_plans()) or "ninguno"
        raise Refused(Problem("plan", f"No hay un programa institucional «{key}». Los que hay: {known}."))
    return found


def read(files: Sequence[Brought], *, plan_key: str) -> Reading:
    """What the files bring for a plan. Raises RecordErrors with every defect."""
    found: dict[int, AnnualFile | None] = {}

    def before(year: int) -> AnnualFile | None:
        exercise = Exercise.objects.filter(plan_key=plan_key, year=year).first()
        found[year] = file_of(exercise) if exercise else None
        return found[year]

    outcome = read_files(files, before=before)
    return Reading(Arrival(plan_key, outcome.file, found.get(outcome.file.year or 0), tuple(files)), outcome.warnings)


def file_of(exercise: Exercise) -> AnnualFile:
    """All that an exercise says, as its files would."""
    programmes = exercise.programmes.order_by("key").prefetch_related("matrix")
    activities = list(exercise.activities.order_by("key").select_related("programme").prefetch_related("shares", "goals"))
    numbers = _line_numbers(exercise.plan_key)
    year = exercise.year
    return AnnualFile(
        year=year,
        programmes=tuple(
            ProgrammeRow(0, year, one.key, one.name, ProgrammeKind(one.kind), one.needs_matrix) for one in programmes
        ),
        matrix=tuple(
            MatrixRow(*(0, year, one.key, place, Level(row.level), row.summary, row.indicator, row.verification, row.assumptions))
            for one in programmes
            for place, row in enumerate(one.matrix.all(), start=1)
        ),
        activities=tuple(_activity(one, year) for one in activities),
        shares=tuple(
            ShareRow(0, year, one.key, numbers.get(share.line, share.line), share.share)
            for one in activities
            for share in one.shares.all()
        ),
        goals=tuple(_goals(activities, year)),
    )


def _line_numbers(plan_key: str) -> dict[str, str]:
    card = planning.find_card(plan_key)
    return {line.identifier: line.number for line in card.lines} if card else {}


def _activity(one: Activity, year: int) -> ActivityRow:
    return ActivityRow(
        row=0,
        year=year,
        key=one.key,
        programme=one.programme.key,
        name=one.name,
        description=one.description,
        area=one.area,
        post=one.post,
        unit=one.unit,
        population=one.population,
        districts=tuple(one.districts),
        gender=one.gender,
        rights=one.rights,
        cumulative=one.cumulative,
        counted=one.counted,
        of_people=one.of_people,
    )


def _goals(activities: Sequence[Activity], year: int) -> Iterator[GoalRow]:
    for one in activities:
        months = {goal.month: goal.programmed for goal in one.goals.all()}
        if months:
            yield GoalRow(0, year, one.key, one.unit, tuple(months.get(month) for month in MONTHS))


def template(name: str) -> bytes | None:
    """A workbook to fill in (`poa`, `presupuesto`, `entregas`), with the institute's own catalogues; None if it is none."""
    tables = BOOKS.get(name)
    return writing.xlsx_template(tables, _catalogues()) if tables else None


def csv_template(sheet: str, *, example: bool) -> bytes | None:
    """A table as CSV: its headings, or an example; None if there is no such sheet. Names without capitals or accents."""
    table = next((one for one in TABLES if file_name(one) == sheet), None)
    if table is None:
        return None
    return writing.csv_example(table) if example else writing.csv_template(table)


def file_name(table: Table) -> str:
    """How the file of a table is called, without its ending."""
    return table.sheet.lower().replace("í", "i")


def _catalogues() -> dict[str, Listed]:
    cards, plan = people.area_cards(), planning.plan_in_force()
    return {
        "areas": Listed("Clave del área", [(card.key, card.name) for card in cards if not card.is_district]),
        "posts": Listed("Clave del puesto", [(key, f"{title}, {card.name}") for card in cards for key, title in card.posts]),
        "districts": Listed(
            "Distritos",
            [("Toda la ciudad", "Ninguno en particular"), *((card.key, card.name) for card in cards if card.is_district)],
        ),
        "lines": Listed("Línea", [(line.number, line.text) for line in plan.lines] if plan else []),
    }


def to_xlsx(exercise: Exercise) -> bytes:
    """The exercise as the workbook that can be brought again."""
    return writing.write_xlsx(file_of(exercise))


def given_back() -> tuple[Table, ...]:
    """The tables that other packages give back: those that came by the same road and are no part of the programme."""
    return tuple(table for table in TABLES if GIVERS.get(table.key))


def entries_of(exercise: Exercise, tables: Sequence[Table]) -> AnnualFile:
    """What other packages hold of those tables for the exercise, as the files that would bring it again."""
    givers = {table.key: GIVERS.get(table.key) for table in tables}
    rows = {key: giver.rows(exercise.plan_key, exercise.year) for key, giver in givers.items() if giver}
    return AnnualFile(exercise.year, **rows)


def to_csv(exercise: Exercise, table: Table) -> bytes:
    """One of its tables, or of those that other packages give back."""
    file = file_of(exercise) if table in POA else entries_of(exercise, [table])
    return writing.write_csv(file, table)


def entries_xlsx(exercise: Exercise) -> bytes:
    """The tables that other packages give back, as a workbook."""
    return writing.write_xlsx(entries_of(exercise, given_back()))
