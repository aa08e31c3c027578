"""When a stage falls due, as its rule and the book of days changed on the way (docs/spec/terms.md, sections 2, 5 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import NamedTuple

from calpulli_core.calendars.book import Book, Days
from calpulli_core.calendars.counting import Count, Ground, begin, count
from calpulli_core.calendars.days import DAY, SUSPENDED, Entry
from calpulli_core.calendars.stages import FULL_DAY, Extension, Moment, Roll, Stage, Term, TermRule, version_on
from calpulli_core.calendars.terms import written


@dataclass(frozen=True, slots=True)
class Move:
    """A due day that what was decided later moved: what it was as known when the stage began, and the entries that moved it."""

    former: Moment | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """When a stage falls due, by which version of its rule, how it was counted, what was added to it and what moved it.

    ``due`` is None while the term waits for a stop to end.
    """

    stage: Stage
    rule: TermRule
    count: Count
    extension: Extension | None = None
    move: Move | None = None

    @property
    def due(self) -> Moment | None:
        """The due day and the minute at which it ends."""
        return self.count.due

    @property
    def due_on(self) -> date | None:
        """The due day."""
        return self.due.on if self.due else None

    @property
    def due_at(self) -> datetime | None:
        """The due instant, local to the institute; 24:00 is 00:00 of the day after."""
        return _instant(self.due) if self.due else None

    @property
    def recounted_on(self) -> date | None:
        """The first day of a version that reached the term while it ran; None if it is of the one that it began with."""
        since = self.rule.valid_from
        return since if since and since > self.count.beginning.at.on else None

    @property
    def left(self) -> int:
        """How many days (or minutes, for hours) are missing while it waits."""
        return self.count.left


# None is a day on which entries of the book were decided.
Change = TermRule | Extension | None


class _Law(NamedTuple):
    """What a term is counted by, at some point of its life."""

    rule: TermRule
    known_on: date
    not_before: date | None = None
    extension: Extension | None = None

    @property
    def term(self) -> Term:
        """The term of the rule, with what was added to it."""
        term = self.rule.term
        return replace(term, amount=term.amount + self.extension.amount) if self.extension else term

    def passes_over(self, change: Change) -> bool:
        """True for a version in another unit than that in which the term was extended."""
        return self.extension is not None and isinstance(change, TermRule) and change.term.unit != self.rule.term.unit

    def after(self, on: date, change: Change) -> _Law:
        """What it is counted by from the day of a change on; no change makes it fall due before its own day."""
        match change:
            case TermRule():
                return self._replace(rule=change, not_before=on)
            case Extension():
                return self._replace(extension=change)
            case None:
                return self._replace(known_on=on, not_before=on)


def reckon(stage: Stage, versions: Sequence[TermRule], book: Book, *, known_on: date | None = None) -> Reckoning:
    """The due date of a stage, with what had been decided until ``known_on`` (None: with everything): book, rule, extension.

    Raises ValueError (in Spanish) for an extension that came too late, a time that is needed and not known and a count that
    does not end; NoRule if no version was in force.
    """
    return _Course(stage, versions, book, known_on).run()


def _instant(moment: Moment) -> datetime:
    day, minute = divmod(moment.minute or 0, FULL_DAY)
    return datetime.combine(moment.on + day * DAY, time(minute // 60, minute % 60))


class _Course:
    """A term from its beginning on: what is decided while it runs changes how it is counted, and what comes later does not."""

    def __init__(self, stage: Stage, versions: Sequence[TermRule], book: Book, known_on: date | None) -> None:
        self._stage, self._versions, self._book, self._until = stage, versions, book, known_on
        self._began_on = stage.began.on
        self._cutting = version_on(versions, self._began_on).term
        self._first = min(self._began_on, known_on or date.max)

    def run(self) -> Reckoning:
        """The due date, after everything that happened on the way."""
        begins_on = begin(self._cutting, self._stage.began, self._days(self._first)).at.on
        law = _Law(version_on(self._versions, begins_on), self._first)
        done = self._count(law)
        for on, change in self._changes(begins_on):
            if law.passes_over(change):
                continue
            if done.due is None or done.due.on >= on:
                law = law.after(on, change)
                done = self._count(law) if change or self._touched(law.term, on, done) else done
            elif isinstance(change, Extension):
                raise _too_late(change, done.due)
        return Reckoning(self._stage, law.rule, done, law.extension, self._move(law, done, begins_on))

    def _days(self, known_on: date, suspended_by: date | None = None) -> Days:
        return self._book.days(self._stage.scope, known_on, suspended_by)

    def _count(self, law: _Law) -> Count:
        """The count by what is known; what was suspended later does not bring it forward by a roll back over it."""
        days, plain = self._days(law.known_on), self._days(law.known_on, self._first)
        if law.term.rolls != Roll.PREVIOUS or plain is days:
            return self._counted(law, days)
        due = self._counted(law, plain).due
        return self._counted(law, days, due.on if due else None)

    def _counted(self, law: _Law, days: Days, back_to: date | None = None) -> Count:
        beginning = begin(self._cutting, self._stage.began, days)
        ground = Ground(days, self._stage.stops, law.not_before, back_to)
        return count(law.term, beginning, ground)

    def _touched(self, term: Term, decided_on: date, done: Count) -> bool:
        """True when something that was decided that day may change the count: it speaks of its days, and of what it looks at."""
        work = term.unit.of_work or term.rolls != Roll.NONE or term.takes_effect or self._cutting.cut_off
        last = max(done.due.on, done.reached.on) if done.due and done.reached else date.max
        return any(
            (entry.first or date.min) <= last and self._began_on <= (entry.last or date.max)
            for entry in self._book.entries
            if entry.decided_on == decided_on and entry.holds_for(self._stage.scope) and (work or entry.kind == SUSPENDED)
        )

    def _changes(self, begins_on: date) -> list[tuple[date, Change]]:
        """What happens after it began, in order; of one day the book first, then the rule, then the extension."""
        decided = self._book.decisions(self._stage.scope, self._began_on, self._until)
        last = self._until or date.max
        versions = [
            (version.valid_from, version)
            for version in self._versions
            if version.running and version.valid_from and begins_on < version.valid_from <= last
        ]
        extension = self._stage.extension
        extended = [(extension.decided_on, extension)] if extension and extension.decided_on <= last else []
        changes: list[tuple[date, Change]] = [*((on, None) for on in decided), *versions, *extended]
        return sorted(changes, key=lambda change: change[0])

    def _move(self, law: _Law, done: Count, begins_on: date) -> Move | None:
        """How the same term would fall due by the book as it was known when it began, if not on the same day."""
        if law.known_on == self._first:
            return None
        changed = law.rule.valid_from if law.rule.valid_from and law.rule.valid_from > begins_on else None
        former = self._count(law._replace(known_on=self._first, not_before=changed))
        if former.due == done.due:
            return None
        before, after = self._days(self._first), self._days(law.known_on)
        acted = (
            entry
            for day, entry in done.acted()
            if not entry.known_on(self._first) and before.of(day).state != after.of(day).state
        )
        return Move(former.due, tuple(dict.fromkeys(acted)))


def _too_late(extension: Extension, due: Moment) -> ValueError:
    return ValueError(
        f"La prórroga se decidió el {written(extension.decided_on)}, cuando el plazo ya había vencido, "
        f"el {written(due.on)}: no procede."
    )
