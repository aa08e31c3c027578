"""Terms of natural days, with a proof that a person can follow with a calendar in hand.

Day one is the day after the period's last day, and the due date does not roll when it falls on a
day of rest (docs/spec/bundle.md, section 7, rules.jsonl).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from calpulli_core.calendars.periods import Period
from calpulli_core.law.rules import UNCONFIRMED, Rule

WEEK = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a proof (Spanish) and the day that it reaches, if any."""

    text: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date, the rule that sets it, the count that leads to it and the grounds of the rule."""

    due_on: date
    rule: Rule
    counting: tuple[Step, ...]
    grounds: tuple[Step, ...]

    @property
    def proof(self) -> tuple[Step, ...]:
        """The count and then the grounds: all that a paper needs to stand alone."""
        return self.counting + self.grounds


def natural_days_after(*, period: Period, rule: Rule) -> Deadline:
    """Due date of something owed ``rule.value`` natural days after a period ends.

    Raises ValueError when the rule counts something other than natural days.
    """
    if rule.unit != "natural_days":
        raise ValueError(f"La regla «{rule.key}» no cuenta días naturales sino «{rule.unit}».")
    due_on = period.ends_on + timedelta(days=rule.value)
    steps = (
        *_opening(period),
        *_months(period.ends_on, due_on),
        Step(f"Día {rule.value}: {written(due_on)}.", due_on),
        Step("Son días naturales: el plazo no se recorre aunque venza en un día inhábil."),
    )
    return Deadline(due_on, rule, steps, _grounds(rule))


def _opening(period: Period) -> tuple[Step, ...]:
    end, first = period.ends_on, period.ends_on + timedelta(days=1)
    return (
        Step(f"El {period.label} termina el {written(end)}.", end),
        Step(f"Día cero: {end:%d/%m/%Y}. No se cuenta.", end),
        Step(f"Día 1: {written(first)}.", first),
    )


def _months(end: date, due_on: date) -> Iterator[Step]:
    """A step for each month crossed, with the running count of days."""
    first, count = end + timedelta(days=1), 0
    while first <= due_on:
        length = calendar.monthrange(first.year, first.month)[1]
        last = min(first.replace(day=length), due_on)
        days = last.day - first.day + 1
        count += days
        yield Step(_month(first, last, length, days, count), last)
        first = last + timedelta(days=1)


def _month(first: date, last: date, length: int, days: int, count: int) -> str:
    name = f"{MONTHS[first.month - 1].capitalize()} de {first.year} (tiene {length} días)"
    span = "se cuenta el día" if days == 1 else "se cuentan del día"
    reach = f"{first.day}" if days == 1 else f"{first.day} al {last.day}"
    unit = "día" if days == 1 else "días"
    return f"{name}: {span} {reach}, {days} {unit}; van {count}."


def _grounds(rule: Rule) -> tuple[Step, ...]:
    unit = "día natural" if rule.value == 1 else "días naturales"
    mark = "" if rule.confirmed else f" ({UNCONFIRMED})"
    return (
        Step(f"Regla: {rule.value} {unit}{mark}."),
        Step(ended(f"Fundamento: {rule.article}")),
        Step(ended(f"Fuente: {rule.source}")),
    )


def ended(sentence: str) -> str:
    """A sentence with its full stop."""
    return sentence if sentence.endswith((".", ".»")) else f"{sentence}."


def written(day: date) -> str:
    """A day as ``lunes 15/05/2023``."""
    return f"{WEEK[day.weekday()]} {day:%d/%m/%Y}"
