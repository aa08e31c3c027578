"""What a term is, the rule that sets it, and the stage that it runs for (docs/spec/terms.md, sections 2 and 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from calpulli_core.calendars.periods import FIRST_YEAR, LAST_YEAR
from calpulli_core.law.rules import NoRule

MOST = 36_600
FULL_DAY = 24 * 60


class Unit(StrEnum):
    """What a term is counted in."""

    NATURAL_DAYS = "natural_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"

    @property
    def in_minutes(self) -> bool:
        """True when it runs from one instant to another, not from day to day."""
        return self in (Unit.HOURS, Unit.WORKING_HOURS)

    @property
    def of_work(self) -> bool:
        """True when only working days count."""
        return self in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)


class Roll(StrEnum):
    """Where a due day goes that is not a working day."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


def minute_of(moment: time | datetime) -> int:
    """Minutes since 00:00."""
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True, slots=True)
class Term:
    """How much time there is.

    ``roll`` None is what its unit asks for (`rolls`). What is ``received`` at the office is due when it closes.
    """

    amount: int
    unit: Unit
    takes_effect: int = 0
    day_zero: Literal["next", "same"] = "next"
    cut_off: time | None = None
    roll: Roll | None = None
    opens: time = time(9)
    closes: time = time(17)
    received: Literal["office"] | None = None

    @property
    def rolls(self) -> Roll:
        """The roll that holds: hours have none, and what counts days of work falls due on one unless the rule says another."""
        if self.unit.in_minutes:
            return Roll.NEXT if self.unit.of_work else Roll.NONE
        return self.roll or (Roll.NEXT if self.unit.of_work else Roll.NONE)

    @property
    def same_day(self) -> bool:
        """True when the day of the effect is counted too."""
        days = self.unit in (Unit.NATURAL_DAYS, Unit.WORKING_DAYS)
        return self.unit.in_minutes or (days and self.day_zero == "same")


@dataclass(frozen=True, slots=True)
class TermRule:
    """A version of the rule that sets a term: in force from ``valid_from`` to ``valid_until``, both included; None is open.

    ``running``: what has not fallen due by its first day is counted again with it.
    """

    key: str
    term: Term
    article: str
    source: str
    confirmed: bool
    valid_from: date | None = None
    valid_until: date | None = None
    running: bool = False

    def covers(self, on: date) -> bool:
        """True when it is in force on that day."""
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)


def version_on(versions: Iterable[TermRule], on: date) -> TermRule:
    """The version in force on that day; NoRule if there is none."""
    for version in versions:
        if version.covers(on):
            return version
    raise NoRule(
        f"No hay una versión de la regla vigente el {on:%d/%m/%Y}: "
        "agréguela, con su artículo, su fuente y su vigencia, y adóptela."
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, if it is known, a time to the minute: 0 to 1440, which is the end of the day."""

    on: date
    minute: int | None = None

    @classmethod
    def of(cls, start: date | datetime) -> Moment:
        """The moment of a day, or of an instant without time zone: it is the institute's."""
        if not isinstance(start, datetime):
            return cls(start)
        if start.tzinfo is not None:
            raise ValueError(f"El instante {start} trae zona horaria: déselo en la hora del instituto.")
        return cls(start.date(), minute_of(start))


@dataclass(frozen=True, slots=True)
class Stop:
    """From the day on which something was asked of the person to the day before it is answered; None: not answered yet."""

    made_on: date
    answered_on: date | None = None

    def covers(self, day: date) -> bool:
        """True when the term does not run on that day."""
        return self.made_on <= day and (self.answered_on is None or day < self.answered_on)


@dataclass(frozen=True, slots=True)
class Extension:
    """So much more of the same unit, for a reason."""

    amount: int
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What a term runs for: its scope, when it happened, what stopped it and what was added to it.

    Raises ValueError (in Spanish) for stops that overlap, or for what is dated before the stage.
    """

    scope: str
    began: Moment
    stops: tuple[Stop, ...] = ()
    extension: Extension | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.began.on.year <= LAST_YEAR:
            raise ValueError(f"El año {self.began.on.year} no se admite: use uno entre {FIRST_YEAR} y {LAST_YEAR}.")
        _check_stops(self.began.on, sorted(self.stops, key=lambda stop: (stop.made_on, stop.answered_on or date.max)))
        if self.extension is not None:
            _check_extension(self.began.on, self.extension)


def _check_stops(began_on: date, stops: list[Stop]) -> None:
    for stop in stops:
        if stop.made_on < began_on:
            raise ValueError(f"El plazo no puede detenerse el {stop.made_on:%d/%m/%Y}: empezó después, el {began_on:%d/%m/%Y}.")
        if stop.answered_on is not None and stop.answered_on < stop.made_on:
            raise ValueError(
                f"Un plazo detenido el {stop.made_on:%d/%m/%Y} no pudo reanudarse antes, "
                f"el {stop.answered_on:%d/%m/%Y}: corrija las fechas."
            )
    for one, other in pairwise(stops):
        if one.answered_on is None or other.made_on < one.answered_on:
            raise ValueError(
                f"El plazo ya estaba detenido desde el {one.made_on:%d/%m/%Y} cuando se detuvo otra vez el "
                f"{other.made_on:%d/%m/%Y}: cierre primero la anterior."
            )


def _check_extension(began_on: date, extension: Extension) -> None:
    if not 1 <= extension.amount <= MOST:
        raise ValueError(f"Una prórroga de {extension.amount} no se admite: use un entero de 1 a {MOST}.")
    if not extension.reason.strip():
        raise ValueError("Una prórroga lleva su motivo: escríbalo.")
    if extension.decided_on < began_on:
        raise ValueError(
            f"La prórroga no pudo decidirse el {extension.decided_on:%d/%m/%Y}: el plazo empezó después, el {began_on:%d/%m/%Y}."
        )
