"""The record of Art. 121, fr. XXII b): composed from a programme and written as JSON and CSV.

docs/spec/record.md says cell by cell where each value comes from; docs/spec/bundle.md, section 6, is
the form that a stranger checks. Reading back is in ``record_input``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from calpulli_core.board import canonical
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured, check_captured
from calpulli_core.formats.columns import NOT_IN_SOURCE, NOT_REPORTED, Column, Kind, Layout, layout_of
from calpulli_core.formats.defects import Findings
from calpulli_core.formats.plain_text import write_day
from calpulli_core.formats.programme import GROUPS, Programme

PLAN_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Plan:
    """A generation of a programme: its key (``demo-2026``) and whether it is a reference.

    A blank in a reference plan is a blank of its source; in an own plan, something not reported.
    """

    key: str
    programme: Programme
    reference: bool

    def __post_init__(self) -> None:
        if not PLAN_KEY.fullmatch(self.key):
            raise ValueError(f"La clave de plan «{self.key}» no es de letras minúsculas y guiones.")

    @property
    def mark(self) -> str:
        """What a blank of this plan is called."""
        return NOT_IN_SOURCE if self.reference else NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one record; ``mark`` is None exactly when ``value`` is not empty."""

    column: Column
    value: str
    mark: str | None

    @property
    def number(self) -> int:
        """The column's, from 1."""
        return self.column.number

    @property
    def name(self) -> str:
        """The column's, as it is printed."""
        return self.column.name

    @property
    def kind(self) -> Kind:
        """The column's."""
        return self.column.kind


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one plan and period, and the programme that they follow from."""

    plan: str
    period: Period
    columns: tuple[Cell, ...]
    programme: Programme
    layout: Layout

    def cell(self, number: int) -> Cell:
        """The cell of a column, by its number from 1."""
        return self.columns[number - 1]

    @property
    def captured(self) -> Captured:
        """What people typed of it."""
        return Captured(**{cell.column.key: cell.value for cell in self.columns if cell.column.is_typed})

    @property
    def values(self) -> tuple[str, ...]:
        """The values in order."""
        return tuple(cell.value for cell in self.columns)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in a column from one record to the next."""

    number: int
    name: str
    before: str
    after: str

    def as_json(self) -> dict[str, str | int]:
        """The difference as a line of ``data/differences.jsonl``."""
        return {
            "after": self.after,
            "before": self.before,
            "name": self.name,
            "number": self.number,
        }


def captured_from_source(programme: Programme, *, period: Period) -> Captured:
    """What the source itself gives for a period: its two dates, if that is the one it reports."""
    if programme.dates is None or programme.reported_period() != period:
        return Captured()
    dates = programme.dates
    return Captured(updated_on=dates.updated_on, validated_on=dates.validated_on)


def compose(*, plan: Plan, period: Period, captured: Captured, layout: Layout | None = None) -> Record:
    """The record of a plan for a quarter or a year, in the format of that year, or in the `layout` that it was sealed in.

    Raises RecordErrors with every defect of what was captured.
    """
    layout, findings = layout or layout_of(period), Findings()
    check_captured(captured, layout=layout, period=period, findings=findings)
    findings.refuse_if_any()
    cells = (_cell(column, _value(column, plan.programme, period, captured), plan) for column in layout.columns)
    return Record(plan.key, period, tuple(cells), plan.programme, layout)


def _cell(column: Column, value: str, plan: Plan) -> Cell:
    return Cell(column, value, None if value else plan.mark)


def _value(column: Column, programme: Programme, period: Period, captured: Captured) -> str:
    return captured[column.key] if column.is_typed else _COMPUTED[column.key](programme, period)


def diagnosis(programme: Programme) -> str:
    """Column 8: each group's heading, then its items ``N. text``; groups apart by an empty line."""
    return "\n\n".join(
        "\n".join((programme.swot_headings.group(name), *_numbered(programme.swot.group(name)))) for name in GROUPS
    )


def objectives(programme: Programme) -> str:
    """Column 9: ``N. text`` for each objective."""
    return "\n".join(_numbered(objective.text for objective in programme.objectives))


def lines(programme: Programme) -> str:
    """Column 10: ``N.M text`` for each line of each objective."""
    return "\n".join(f"{line.number} {line.text}" for objective in programme.objectives for line in objective.lines)


def _numbered(texts: Iterable[str]) -> list[str]:
    return [f"{number}. {text}" for number, text in enumerate(texts, start=1)]


# The columns that nobody types, by their key.
_COMPUTED: Mapping[str, Callable[[Programme, Period], str]] = {
    "year": lambda _, period: str(period.year),
    "starts_on": lambda _, period: write_day(period.starts_on),
    "ends_on": lambda _, period: write_day(period.ends_on),
    "mission": lambda programme, _: programme.mission,
    "vision": lambda programme, _: programme.vision,
    "diagnosis": lambda programme, _: diagnosis(programme),
    "objectives": lambda programme, _: objectives(programme),
    "lines": lambda programme, _: lines(programme),
    "general_programme": lambda programme, _: programme.note,
    "responsible_area": lambda programme, _: programme.responsible_area,
}


def to_json(record: Record) -> bytes:
    """``data/record.json``: one canonical JSON value and a line feed."""
    columns = [{"mark": cell.mark, "name": cell.name, "number": cell.number, "value": cell.value} for cell in record.columns]
    value = {
        "columns": columns,
        "format": record.layout.version,
        "period": str(record.period),
        "plan": record.plan,
        "programme": record.programme.as_json(),
    }
    return canonical.encode(value) + b"\n"


def to_csv(record: Record) -> bytes:
    """``data/record.csv``: the names and the values, every field in quotes, rows end in LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(cell.name for cell in record.columns)
    writer.writerow(record.values)
    return out.getvalue().encode()


def differences(old: Record, new: Record) -> tuple[Difference, ...]:
    """The columns whose value changed, in order; a column that one of the two lacks is empty there.

    ValueError for another plan or period.
    """
    if (old.plan, old.period) != (new.plan, new.period):
        raise ValueError("Solo se comparan dos ediciones del mismo plan y del mismo periodo.")
    before, after = ({cell.number: cell for cell in record.columns} for record in (old, new))
    cells = before | after
    pairs = ((cells[number], _said(before, number), _said(after, number)) for number in sorted(cells))
    return tuple(Difference(cell.number, cell.name, was, now) for cell, was, now in pairs if was != now)


def _said(cells: Mapping[int, Cell], number: int) -> str:
    return cells[number].value if number in cells else ""
