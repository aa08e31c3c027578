"""Terms in words: amounts of time, lists of days, and why a day does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from calpulli_core.calendars.counting import Passed
from calpulli_core.calendars.days import DAY, ELECTORAL, OPEN, SUSPENDED, WEEKLY, YEARLY, Entry
from calpulli_core.calendars.stages import Moment, Stop, Unit
from calpulli_core.calendars.terms import WEEK, written
from calpulli_core.law.rules import UNCONFIRMED

_UNITS = {
    Unit.NATURAL_DAYS: ("día natural", "días naturales"),
    Unit.WORKING_DAYS: ("día hábil", "días hábiles"),
    Unit.MONTHS: ("mes", "meses"),
    Unit.YEARS: ("año", "años"),
    Unit.HOURS: ("hora", "horas"),
    Unit.WORKING_HOURS: ("hora hábil", "horas hábiles"),
}
_KINDS = {
    SUSPENDED: "los plazos están suspendidos",
    ELECTORAL: "todos los días y horas son hábiles",
    OPEN: "es hábil por acuerdo",
    YEARLY: "es descanso cada año",
    WEEKLY: "es descanso de la semana",
}
_CLOSED = "es inhábil por acuerdo"
_PLURALS = tuple(name if name.endswith("s") else f"{name}s" for name in WEEK)


def of(amount: int, one: str, many: str) -> str:
    """An amount and its noun."""
    return f"{amount} {one if amount == 1 else many}"


def in_unit(amount: int, unit: Unit) -> str:
    """An amount of a unit: ``5 días hábiles``."""
    return of(amount, *_UNITS[unit])


def ran(amount: int, unit: Unit) -> str:
    """So many days, or minutes told as hours: ``3 días``, ``2 horas y 30 minutos``."""
    if not unit.in_minutes:
        return of(amount, "día", "días")
    hours, minutes = divmod(amount, 60)
    parts = [of(hours, "hora", "horas")] if hours or not minutes else []
    return " y ".join([*parts, of(minutes, "minuto", "minutos")] if minutes else parts)


def clock(minute: int) -> str:
    """A minute of the day as ``09:30``; its end is ``24:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def moment(at: Moment) -> str:
    """A day, with its time if it is known."""
    return written(at.on) if at.minute is None else f"{written(at.on)} a las {clock(at.minute)}"


def listed(items: Sequence[str]) -> str:
    """Items with commas and an ``y``."""
    return " y ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def numbers(days: Iterable[date]) -> str:
    """Days of one month: ``1 a 3, 6 y 8``."""
    return listed([number for run in runs(days) for number in _short(run)])


def _short(run: list[date]) -> list[str]:
    return [f"{run[0].day} a {run[-1].day}"] if len(run) > 2 else [f"{day.day}" for day in run]


def runs(days: Iterable[date]) -> list[list[date]]:
    """Days that follow one another, together."""
    found: list[list[date]] = []
    for day in days:
        if found and found[-1][-1] + DAY == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found


class Lead(NamedTuple):
    """How a sentence begins that says of one day, of several, or of one or several of the week what they are not."""

    one: str
    many: str
    of_week: tuple[str, str]


UNCOUNTED = Lead("No se cuenta el", "No se cuentan del", ("No se cuenta", "No se cuentan"))
NO_WORK = Lead("No es hábil el", "No son hábiles del", ("No es hábil", "No son hábiles"))
COUNTED = Lead("Sí se cuenta el", "Sí se cuentan del", ("Sí se cuenta", "Sí se cuentan"))
NOT_DUE = Lead("No puede vencer el", "No puede vencer del", ("No puede vencer en", "No puede vencer en"))


def left_out(passed: Iterable[Passed], lead: Lead) -> Iterator[tuple[str, date]]:
    """A sentence for each stretch of days that something leaves out, with its last day; of days of the week, how many."""
    out = [one for one in passed if one.why is not None]
    for why, group in groupby((one for one in out if not _weekly(one)), key=lambda one: one.why):
        for run in runs(one.on for one in group):
            yield f"{_span(run, lead)}: {because(why)}.", run[-1]
    weekly = [one for one in out if _weekly(one)]
    if weekly:
        yield f"{_of_the_week(weekly, lead)}.", weekly[-1].on


def let_in(given: Iterable[tuple[date, Entry]]) -> Iterator[tuple[str, date]]:
    """A sentence for each stretch of days that count because something says so."""
    for entry, group in groupby(given, key=lambda one: one[1]):
        for run in runs(day for day, _ in group):
            yield f"{_span(run, COUNTED)}: {because(entry)}.", run[-1]


def _weekly(passed: Passed) -> bool:
    return isinstance(passed.why, Entry) and passed.why.kind == WEEKLY


def because(why: Entry | Stop | None) -> str:
    """Why days do not count, or count: what they are and who says so."""
    if isinstance(why, Entry):
        return f"{_KINDS.get(why.kind, _CLOSED)} ({why.article})"
    return "el plazo está detenido"


def _span(run: list[date], lead: Lead) -> str:
    if len(run) == 1:
        return f"{lead.one} {written(run[0])}"
    return f"{lead.many} {written(run[0])} al {written(run[-1])}"


def _of_the_week(weekly: list[Passed], lead: Lead) -> str:
    found = Counter(one.on.weekday() for one in weekly)
    days = listed([of(found[number], WEEK[number], _PLURALS[number]) for number in sorted(found)])
    articles = dict.fromkeys(one.why.article for one in weekly if isinstance(one.why, Entry))
    count = of(len(weekly), "día de descanso de la semana", "días de descanso de la semana")
    return f"{lead.of_week[len(weekly) > 1]} {count}: {days} ({listed(list(articles))})"


def unconfirmed(entry: Entry) -> str:
    """The source of an entry, saying so where nobody confirmed it."""
    told = entry.confirmed or UNCONFIRMED in entry.source.lower()
    return entry.source if told else f"{entry.source} ({UNCONFIRMED})"
