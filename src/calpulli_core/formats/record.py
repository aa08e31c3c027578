"""The record of Art. 121, fr. XXII b): composed from a programme and written as JSON and CSV.

docs/spec/record.md says cell by cell where each value comes from; docs/spec/bundle.md, section 6, is
the form that a stranger checks. Reading back is in ``record_input``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calpulli_core.board import canonical
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.columns import NOT_IN_SOURCE, NOT_REPORTED, RECORD_LAYOUT
from calpulli_core.formats.defects import Findings
from calpulli_core.formats.limits import LONGEST_LINK, length_fault
from calpulli_core.formats.plain_text import is_link, text_fault, write_day
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
class Captured:
    """What a person enters for one period. Blank texts and None are published with a mark."""

    poa_url: str = ""
    work_programme_url: str = ""
    updated_on: date | None = None
    validated_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one record; ``mark`` is None exactly when ``value`` is not empty."""

    number: int
    name: str
    value: str
    mark: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """The fifteen cells of one plan and period, and the programme that they follow from."""

    plan: str
    period: Period
    columns: tuple[Cell, ...]
    programme: Programme

    def cell(self, number: int) -> Cell:
        """The cell of a column, by its number from 1."""
        return self.columns[number - 1]

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


def compose(*, plan: Plan, period: Period, captured: Captured) -> Record:
    """The record of a plan for a quarter or a year.

    Raises RecordErrors with every defect of what was captured.
    """
    findings = Findings()
    check_captured(captured, period=period, findings=findings)
    findings.refuse_if_any()
    values = _values(plan.programme, period, captured)
    cells = tuple(
        Cell(column.number, column.name, value, None if value else plan.mark)
        for column, value in zip(RECORD_LAYOUT.columns, values, strict=True)
    )
    return Record(plan.key, period, cells, plan.programme)


def _values(programme: Programme, period: Period, captured: Captured) -> tuple[str, ...]:
    return (
        str(period.year),
        write_day(period.starts_on),
        write_day(period.ends_on),
        captured.poa_url,
        captured.work_programme_url,
        programme.mission,
        programme.vision,
        diagnosis(programme),
        objectives(programme),
        lines(programme),
        programme.note,
        programme.responsible_area,
        write_day(captured.updated_on) if captured.updated_on else "",
        write_day(captured.validated_on) if captured.validated_on else "",
        captured.note,
    )


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


def column_name(number: int) -> str:
    """A column as the errors name it: ``columna 13 (Fecha de ...)``."""
    return f"columna {number} ({RECORD_LAYOUT.names[number - 1]})"


def check_captured(captured: Captured, *, period: Period, findings: Findings) -> None:
    """Note what is wrong with the links, the dates and the remark that were captured."""
    for number, link in ((4, captured.poa_url), (5, captured.work_programme_url)):
        if fault := length_fault(link, most=LONGEST_LINK):
            findings.add(column_name(number), link, fault, "Use una dirección más corta.")
        elif link and not is_link(link):
            rule = "El hipervínculo es una dirección completa, sin espacios."
            remedy = "Escríbala desde https:// o deje la celda vacía."
            findings.add(column_name(number), link, rule, remedy)
    if captured.note and (fault := text_fault(captured.note, breaks=True)):
        findings.add(column_name(15), captured.note, fault, "Corrija la nota o déjela vacía.")
    if fault := length_fault(captured.note):
        findings.add(column_name(15), captured.note, fault, "Acorte la nota.")
    _check_dates(captured, period, findings)


def _check_dates(captured: Captured, period: Period, findings: Findings) -> None:
    updated, validated = captured.updated_on, captured.validated_on
    if validated is None:
        return
    if updated is not None and validated < updated:
        rule = f"La validación no puede ser anterior a la actualización ({write_day(updated)})."
        remedy = "Corrija la fecha que esté equivocada."
        findings.add(column_name(14), write_day(validated), rule, remedy)
    if validated <= period.ends_on:
        rule = f"La validación es posterior al fin del periodo ({write_day(period.ends_on)})."
        remedy = "Escriba el día en que la información se validó ya cerrado el periodo."
        findings.add(column_name(14), write_day(validated), rule, remedy)


def to_json(record: Record) -> bytes:
    """``data/record.json``: one canonical JSON value and a line feed."""
    columns = [{"mark": cell.mark, "name": cell.name, "number": cell.number, "value": cell.value} for cell in record.columns]
    value = {
        "columns": columns,
        "format": RECORD_LAYOUT.version,
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
    """The columns whose value changed, in order; ValueError for another plan or period."""
    if (old.plan, old.period) != (new.plan, new.period):
        raise ValueError("Solo se comparan dos ediciones del mismo plan y del mismo periodo.")
    return tuple(
        Difference(after.number, after.name, before.value, after.value)
        for before, after in zip(old.columns, new.columns, strict=True)
        if before.value != after.value
    )
