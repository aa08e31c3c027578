"""What the money pays for: the annual programme of a year, as its package tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calpulli.annual import doors as annual
from calpulli.people.doors import area_cards
from calpulli.planning.doors import LineCard, find_card
from calpulli_core.goals import come_to


@dataclass(frozen=True)
class YearActivity:
    """An activity of the year. `goal`, `achieved`: thousandths of its unit, until `upto`: the last month known without a gap.

    `few`: some quarter until then was of fewer people than may be told, so that `achieved` is somewhat less than there were.
    """

    key: str
    name: str
    area: str
    programme: str
    unit: str
    shares: tuple[tuple[str, int], ...]  # line, hundredths of a percent; in the programme's order
    goal: int
    achieved: int | None
    upto: int
    cumulative: bool = True
    few: bool = False

    @property
    def units_done(self) -> int | None:
        """What was done, in thousandths, where months add up; a level that is reached again each month is no number of units.

        Nor is it known where some quarter was of too few people to be told.
        """
        return self.achieved if self.cumulative and not self.few else None

    @property
    def pending(self) -> int:
        """What is still to be done, in thousandths."""
        return max(0, self.goal - (self.achieved or 0))


@dataclass(frozen=True)
class YearProgramme:
    """The annual programme of a year; `invented`: what a page must say of it."""

    plan_key: str
    year: int
    is_approved: bool
    invented: str
    scope: str | None  # the area that answers for it
    activities: dict[str, YearActivity]
    programmes: dict[str, str]
    lines: tuple[LineCard, ...]
    areas: dict[str, str]

    def line(self, identifier: str) -> LineCard | None:
        """The line of that identifier."""
        return next((one for one in self.lines if one.identifier == identifier), None)


def programme_of(year: int, plan_key: str | None = None) -> YearProgramme | None:
    """That of the year, of the institute's own plan; None where nobody opened it."""
    for exercise in annual.exercises():
        if exercise.year == year and plan_key in (None, exercise.plan_key):
            return _told(exercise)
    return None


def published(year: int) -> YearProgramme | None:
    """That of the year, once it is approved: of a draft nothing is anybody's."""
    found = programme_of(year)
    return found if found and found.is_approved else None


def approved_years() -> frozenset[int]:
    """The years with an approved annual programme."""
    return frozenset(one.year for one in annual.exercises() if one.is_approved)


def open_years() -> list[int]:
    """The years with an annual programme, the newest first."""
    return sorted({one.year for one in annual.exercises()}, reverse=True)


def _told(exercise: annual.ExerciseCard) -> YearProgramme:
    plan = find_card(exercise.plan_key)
    lines = plan.lines if plan else ()
    order = {line.identifier: place for place, line in enumerate(lines)}
    done, until, cards = annual.achieved(exercise.id), annual.known_until(exercise.id), annual.activities(exercise.id)
    return YearProgramme(
        plan_key=exercise.plan_key,
        year=exercise.year,
        is_approved=exercise.is_approved,
        invented=exercise.invented,
        scope=plan.scope if plan else None,
        activities={card.key: year_activity(card, order, done.get(card.id, {}), until.get(card.id, 0)) for card in cards},
        programmes={card.programme: card.programme_name for card in cards},
        lines=lines,
        areas=area_names(),
    )


def year_activity(card: annual.ActivityCard, order: Mapping[str, int], done: Mapping[int, int], upto: int) -> YearActivity:
    """An activity with what is known of its year. `order`: the place of each line; `done`: what was reported, by month."""
    shares = sorted(card.shares.items(), key=lambda told: (order.get(told[0], len(order)), told[0]))
    goals = {one.month: one.holds for one in card.goals}
    known = {month: amount for month, amount in done.items() if month <= upto}
    return YearActivity(
        card.key,
        card.name,
        card.area,
        card.programme,
        card.unit,
        tuple(shares),
        come_to(goals, goals, cumulative=card.cumulative),
        come_to(known, goals, cumulative=card.cumulative) if upto else None,
        upto,
        card.cumulative,
        card.tells_people and 0 in known.values(),
    )


def area_names() -> dict[str, str]:
    """The names of the areas in force, by their keys."""
    return {card.key: card.name for card in area_cards()}
