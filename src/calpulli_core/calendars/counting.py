"""The count of a term: one pass over the days, each asked of the book (docs/spec/terms.md, sections 3 to 5).

Days and minutes are counted alike: of each day the term runs a span, of one (the day) or of up to 1440 minutes.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import NamedTuple

from calpulli_core.calendars.book import Days
from calpulli_core.calendars.days import DAY, ELECTORAL, Entry, EveryDay, Reading
from calpulli_core.calendars.periods import LAST_YEAR
from calpulli_core.calendars.stages import FULL_DAY, Moment, Roll, Stop, Term, Unit, minute_of

Span = tuple[int, int]
_NOTHING, _ONE, _ALL_HOURS = (0, 0), (0, 1), (0, FULL_DAY)
LAST_DAY = date(LAST_YEAR, 12, 31)


class Passed(NamedTuple):
    """A day that was gone over: how much of the term ran on it (days or minutes), and what left it out, if anything did."""

    on: date
    reading: Reading
    ran: int
    why: Entry | Stop | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a term runs on: the days, the stops that keep it from running, and two bounds.

    It does not fall due before ``not_before``, and does not roll back to before ``back_to``.
    """

    days: Days
    stops: tuple[Stop, ...] = ()
    not_before: date | None = None
    back_to: date | None = None

    def stop_on(self, day: date) -> Stop | None:
        """The stop that holds on that day."""
        for stop in self.stops:
            if stop.covers(day):
                return stop
        return None

    def resumed(self) -> tuple[date, Ground]:
        """The day from which it is stopped without end, and the ground as it would be without that stop."""
        ended = tuple(stop for stop in self.stops if stop.answered_on is not None)
        (endless,) = (stop for stop in self.stops if stop.answered_on is None)
        return endless.made_on, replace(self, stops=ended)


@dataclass(frozen=True, slots=True)
class Beginning:
    """When a term begins; if its cut-off put it off, which, and the days that were passed to get there."""

    began: Moment
    at: Moment
    late: tuple[Passed, ...] = ()
    cut_off: time | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A term counted: where each step led, and the days gone over in it.

    ``reached`` is where the count arrived before it rolled (for days, without time). ``due`` is None while a stop has no
    end: ``left`` days (or minutes) are missing then. ``held_to`` is the day before which it may not fall due, if that moved
    it; ``back_to``, the day before which it may not roll back, if that is later than ``first_on``.
    """

    term: Term
    beginning: Beginning
    effect_on: date
    effect: tuple[Passed, ...]
    first_on: date
    run: tuple[Passed, ...]
    reached: Moment | None
    rolled: tuple[Passed, ...]
    due: Moment | None
    left: int = 0
    held_to: date | None = None
    back_to: date | None = None

    @property
    def counted(self) -> tuple[date, ...]:
        """The days on which it ran, in order."""
        return tuple(passed.on for passed in self.run if passed.ran)

    @property
    def start(self) -> Moment:
        """Where the count starts: for hours, the instant from which they run."""
        wait = not self.term.unit.in_minutes or self.term.takes_effect
        return Moment(self.first_on, 0 if wait else self.beginning.at.minute)

    @property
    def target_on(self) -> date:
        """For months and years, the day of the same number."""
        return months_after(self.effect_on, self.term.amount * (12 if self.term.unit == Unit.YEARS else 1))

    @property
    def need(self) -> int:
        """How many days or minutes must run. So many months are the days until that of the same number."""
        if self.term.unit in (Unit.MONTHS, Unit.YEARS):
            return (self.target_on - self.effect_on).days
        return self.term.amount * (60 if self.term.unit.in_minutes else 1)

    def acted(self) -> Iterator[tuple[date, Entry]]:
        """Each entry of the book that made a difference, with the day on which it did."""
        walks = (
            (self.beginning.late, True),
            (self.effect, True),
            (self.run, self.term.unit.of_work),
            (self.rolled, self.term.rolls != Roll.NONE),
        )
        for walk, of_work in walks:
            for passed in walk:
                entry = passed.why if passed.why else gave(passed.reading, self.term) if of_work else None
                if isinstance(entry, Entry):
                    yield passed.on, entry


def gave(reading: Reading, term: Term) -> Entry | None:
    """The entry that made a working day of a day that would not be one, or longer than it would be."""
    over = reading.over
    longer = reading.kind == ELECTORAL and term.unit == Unit.WORKING_HOURS
    return reading.entry if reading.works and over is not None and (longer or not over.works) else None


def begin(term: Term, began: Moment, days: Days) -> Beginning:
    """Step 1: what comes after the cut-off is taken as of the next working day. ValueError if its time is needed and unknown."""
    if began.minute is None and (term.cut_off or term.unit.in_minutes):
        raise ValueError(f"Falta la hora del {began.on:%d/%m/%Y}: este plazo la necesita, escríbala.")
    if term.cut_off is None or began.minute is None or began.minute <= minute_of(term.cut_off):
        return Beginning(began, began)
    on, late = _nth_working(days, began.on, 1)
    return Beginning(began, Moment(on, 0), late, term.cut_off)


def count(term: Term, beginning: Beginning, ground: Ground) -> Count:
    """Steps 2 to 5. Raises ValueError when it does not end before the year 2200."""
    effect_on, effect = _nth_working(ground.days, beginning.at.on, term.takes_effect)
    first_on = effect_on if term.same_day else effect_on + DAY
    done = Count(term, beginning, effect_on, effect, first_on, (), Moment(effect_on), (), None)
    if done.need or term.unit.in_minutes:
        run, reached, left = _run(term, ground, done.start, done.need)
        done = replace(done, run=run, reached=reached, due=reached, left=left)
    done = _settled(done, ground)
    waits = done.due is None and term.unit in (Unit.MONTHS, Unit.YEARS)
    return replace(done, left=_left_of_months(done, ground)) if waits else done


def _left_of_months(done: Count, ground: Ground) -> int:
    """The days from the first one that is stopped without end to the due day as it would be without that stop."""
    asked_on, running = ground.resumed()
    due = count(done.term, done.beginning, running).due
    return (due.on - asked_on).days + 1 if due else 0


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month. ValueError from the year 2200 on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > LAST_YEAR:
        raise _endless()
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _endless() -> ValueError:
    return ValueError(f"El plazo no termina antes de {LAST_YEAR + 1}: revise la regla y el libro de días.")


def _from(day: date) -> Iterator[date]:
    """That day and those that follow, until the last that is counted."""
    yield from EveryDay().within(day, LAST_DAY)
    raise _endless()


def _nth_working(days: Days, after: date, number: int) -> tuple[date, tuple[Passed, ...]]:
    """The nth working day after a day, and the days that were passed to reach it."""
    passed: list[Passed] = []
    on = after
    for on in _from(after + DAY) if number else ():
        reading = days.of(on)
        passed.append(Passed(on, reading, int(reading.works), None if reading.works else reading.entry))
        number -= reading.works
        if not number:
            break
    return on, tuple(passed)


def _spans(term: Term) -> Callable[[Reading], Span]:
    """What part of a day runs, by what the day is: from one minute to another, or the day as one."""
    office = minute_of(term.opens), minute_of(term.closes)

    def of_office(reading: Reading) -> Span:
        if reading.kind == ELECTORAL:
            return _ALL_HOURS
        return office if reading.works else _NOTHING

    if term.unit == Unit.WORKING_HOURS:
        return of_office
    if term.unit == Unit.WORKING_DAYS:
        return lambda reading: _ONE if reading.works else _NOTHING
    whole = _ALL_HOURS if term.unit == Unit.HOURS else _ONE
    return lambda reading: _NOTHING if reading.suspended else whole


def _run(term: Term, ground: Ground, start: Moment, need: int) -> tuple[tuple[Passed, ...], Moment | None, int]:
    """Step 4: day by day until nothing is missing, or until a stop without end. The days, the moment reached, what is missing."""
    passed: list[Passed] = []
    of, stop_on, span_of, minute = ground.days.of, ground.stop_on, _spans(term), start.minute or 0
    for on in _from(start.on):
        reading, stop = of(on), stop_on(on)
        if stop and stop.answered_on is None:
            return tuple(passed), None, need
        opens, closes = _NOTHING if stop else span_of(reading)
        why = stop or (None if closes else reading.entry)
        if minute:
            opens, minute = max(opens, minute), 0
        ran = min(closes - opens, need) if opens < closes else 0
        need -= ran
        passed.append(Passed(on, reading, ran, why))
        if not need and opens < closes:
            break
    return tuple(passed), Moment(on, opens + ran if term.unit.in_minutes else None), 0


def _settled(done: Count, ground: Ground) -> Count:
    """Step 5, and again from the day before which it may not fall due."""
    if done.reached and not done.term.unit.in_minutes:
        back_to = ground.back_to if ground.back_to and ground.back_to > done.first_on else None
        done = _landed(replace(done, back_to=back_to), done.reached.on, ground, back_to or done.first_on)
    held = ground.not_before
    if held is None or done.due is None or done.due.on >= held:
        return done
    return _landed(replace(done, held_to=held), held, ground, held)


def _landed(done: Count, day: date, ground: Ground, earliest: date) -> Count:
    """The due day where the roll leads from a day; none if a stop without end holds there. What is held goes on, not back."""
    rolled: list[Passed] = []
    back = done.term.rolls == Roll.PREVIOUS
    if back and not done.held_to:
        day, rolled = _back(day, ground, earliest)
    work = done.term.rolls == Roll.NEXT or (back and done.held_to is not None)
    for on in _from(day):
        reading, stop = ground.days.of(on), ground.stop_on(on)
        if stop and stop.answered_on is None:
            return replace(done, rolled=tuple(rolled), due=None)
        out = stop or (reading.entry if reading.suspended or (work and not reading.works) else None)
        rolled.append(Passed(on, reading, 0, out))
        if not out:
            break
    return replace(done, rolled=tuple(rolled), due=Moment(on, _end(done.term, reading)))


def _back(day: date, ground: Ground, earliest: date) -> tuple[date, list[Passed]]:
    """The last working day until that day, and those passed back; the day itself if there is none from the earliest on."""
    passed: list[Passed] = []
    back = day
    while back >= earliest:
        reading = ground.days.of(back)
        if reading.works:
            return back, passed
        passed.append(Passed(back, reading, 0, reading.entry))
        back -= DAY
    return day, []


def _end(term: Term, reading: Reading) -> int:
    """The minute at which a due day ends: as the office closes, on its days of work, for what is received there."""
    office = term.received and reading.works and reading.kind != ELECTORAL
    return minute_of(term.closes) if office else FULL_DAY
