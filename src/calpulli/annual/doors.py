"""What other packages may call of the annual programme: exercises and activities by their keys, what was to be done and was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from calpulli.ledger.doors import remembered

from .models import Achieved, Activity, Exercise, Goal, Report, Share
from .queries import activity_page, find_deadline, quarter_of
from .queries.again import Again, awaited_again

__all__ = [
    "ActivityCard",
    "Again",
    "ExerciseCard",
    "GoalCard",
    "achieved",
    "activities",
    "activity_ids",
    "activity_page",
    "awaited_again",
    "exercises",
    "find_exercise",
    "known_until",
    "reports_due_on",
    "shares_of_line",
]


@dataclass(frozen=True)
class ExerciseCard:
    """The annual programme of a year of a plan. `invented`: what a page must say of it; empty where it is no demonstration's."""

    id: int
    plan_key: str
    year: int
    state: str  # draft, in_review, approved
    is_approved: bool
    agreement: str
    invented: str


@dataclass(frozen=True)
class GoalCard:
    """What is to be done in a month (1 to 12), in thousandths of the unit; `holds` after the last adjustment."""

    month: int
    programmed: int
    holds: int


@dataclass(frozen=True)
class ActivityCard:
    """An activity. `shares`: hundredths of a percent by identifier of the line; they sum to 10,000 once it is approved."""

    id: int
    exercise_id: int
    key: str
    name: str
    area: str  # key of the organisation
    unit: str
    programme: str  # its key
    programme_name: str
    cumulative: bool
    counted: bool
    tells_people: bool  # what it did is told once a quarter, and 0 says fewer people than may be told
    shares: Mapping[str, int]
    goals: tuple[GoalCard, ...]


def exercises() -> list[ExerciseCard]:
    """Every exercise, the newest year first."""
    return list(_exercises())


@remembered("annual")
def _exercises() -> tuple[ExerciseCard, ...]:
    return tuple(_card(one) for one in Exercise.objects.order_by("-year", "plan_key"))


def find_exercise(plan_key: str, year: int) -> ExerciseCard | None:
    """The exercise of that plan and year; None when nobody opened it."""
    return next((one for one in _exercises() if (one.plan_key, one.year) == (plan_key, year)), None)


@remembered("annual")
def activities(exercise_id: int) -> tuple[ActivityCard, ...]:
    """The activities of an exercise, by key."""
    found = Activity.objects.filter(exercise_id=exercise_id).select_related("programme").prefetch_related("shares", "goals")
    return tuple(_activity(one) for one in found.order_by("key"))


def activity_ids(exercise_id: int) -> dict[str, int]:
    """The identifier of each activity of an exercise by its key."""
    return dict(Activity.objects.filter(exercise_id=exercise_id).values_list("key", "pk"))


def shares_of_line(exercise_id: int, line: str) -> dict[int, int]:
    """How much of each activity serves a line, in hundredths of a percent, by the activity's identifier."""
    return dict(Share.objects.filter(activity__exercise_id=exercise_id, line=line).values_list("activity_id", "share"))


def reports_due_on(plan_key: str, year: int, quarter: int) -> dt.date | None:
    """The last day to report that quarter; None where no rule says it."""
    found = find_deadline(plan_key, year, quarter)
    return found.due_on if found else None


def achieved(exercise_id: int) -> dict[int, dict[int, int]]:
    """What approved reports say was done: thousandths by month (1 to 12), by the activity's identifier."""
    rows = Achieved.objects.filter(report__counts=True, report__activity__exercise_id=exercise_id)
    return _by_activity(rows.values_list("report__activity_id", "month", "amount"))


def known_until(exercise_id: int) -> dict[int, int]:
    """Until which month (1 to 12) it is known what each activity did; of none of which nothing is.

    A report tells its whole quarter: known is what lies before the first quarter with something to do and no report that counts.
    """
    told = Report.objects.filter(counts=True, activity__exercise_id=exercise_id).values_list("activity_id", "quarter")
    goals = Goal.objects.annotate(now=Coalesce("adjusted", "programmed")).filter(activity__exercise_id=exercise_id, now__gt=0)
    due = {(activity, quarter_of(month)) for activity, month in goals.values_list("activity_id", "month")}
    gaps: dict[int, int] = {}
    for activity, quarter in sorted(due - set(told), reverse=True):
        gaps[activity] = quarter
    found: dict[int, int] = {}
    for activity, quarter in sorted(told):
        if quarter < gaps.get(activity, 5):
            found[activity] = 3 * quarter
    return found


def _by_activity(rows: Iterable[tuple[int, int, int]]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for activity, month, amount in rows:
        found.setdefault(activity, {})[month] = amount
    return found


def _card(one: Exercise) -> ExerciseCard:
    approved = one.state == Exercise.State.APPROVED
    return ExerciseCard(one.pk, one.plan_key, one.year, one.state, approved, one.agreement, one.invented)


def _activity(one: Activity) -> ActivityCard:
    return ActivityCard(
        id=one.pk,
        exercise_id=one.exercise_id,
        key=one.key,
        name=one.name,
        area=one.area,
        unit=one.unit,
        programme=one.programme.key,
        programme_name=one.programme.name,
        cumulative=one.cumulative,
        counted=one.counted,
        tells_people=one.tells_people,
        shares={share.line: share.share for share in one.shares.all()},
        goals=tuple(GoalCard(goal.month, goal.programmed, goal.holds) for goal in one.goals.all()),
    )
