"""An exercise as its pages show it: activities with their goals, what was done by month, and how each report stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calpulli.commons import clock
from calpulli.ledger.doors import remembered
from calpulli.people import doors as people
from calpulli.planning import doors as planning
from calpulli.planning.doors import LineCard
from calpulli_core.calendars.terms import Deadline
from calpulli_core.goals import come_to

from ..models import Activity, Adjustment, Exercise, Programme, Report, Share
from .counting import is_due, of_quarter, period_of
from .floors import asked_months
from .terms import find_deadline

State = Report.State


@dataclass(frozen=True)
class QuarterView:
    """The report of an activity in a quarter, as far as it has come."""

    activity: Activity
    year: int
    quarter: int
    goal: int  # thousandths
    is_due: bool  # whether there was something to do
    told_months: tuple[int, ...]  # those of which its report tells
    deadline: Deadline | None
    counting: Report | None  # the approved version that counts
    last: Report | None

    @property
    def label(self) -> str:
        """`2026-Q3`, to be put in words by the page."""
        return str(period_of(self.year, self.quarter))

    @property
    def ended(self) -> bool:
        """Whether it can be reported."""
        return clock.today() > self.ends_on

    @property
    def ends_on(self) -> dt.date:
        """Its last day."""
        return period_of(self.year, self.quarter).ends_on

    @property
    def due_on(self) -> dt.date | None:
        """By when: what its report carries (one that came in time and was returned, its own), or else what the norms say now."""
        if self.last:
            return self.last.again_on or self.last.due_on
        return self.deadline.due_on if self.deadline else None

    @property
    def waits_for_area(self) -> bool:
        """Whether its area has something to send."""
        waiting = self.last is None or self.last.state == State.RETURNED
        return self.ended and waiting and (self.is_due or self.last is not None) and self.counting is None

    @property
    def is_untold(self) -> bool:
        """Whether it ended with something to do, and no approved report tells of it."""
        return self.is_due and self.ended and self.counting is None

    @property
    def is_late(self) -> bool:
        """Whether it should have been sent and was not, or was returned and not sent again by its own term."""
        return self.waits_for_area and self.due_on is not None and clock.today() > self.due_on

    @property
    def state(self) -> str:
        """As page parts draw it."""
        if self.last and self.last.state == State.SUBMITTED:
            return "in_review"
        if self.counting:
            return "published"
        if self.last:
            return "returned"
        return "open" if self.waits_for_area else "unopened"

    @property
    def words(self) -> str:
        """How it stands, in few words."""
        if self.last and self.last.state == State.SUBMITTED:
            return _("En revisión")
        if self.counting:
            return _("Aprobado")
        if self.last:
            return _("Devuelto, con atraso") if self.is_late else _("Devuelto")
        if not self.is_due:
            return _("Sin meta")
        if not self.ended:
            return _("Aún no termina")
        return _("Atrasado") if self.is_late else _("Por reportar")

    @property
    def standing(self) -> str:
        """How it stands against its term, in a sentence; empty where it has none."""
        if self.counting:
            return self._came(self.counting)
        if self.due_on is None or not self.waits_for_area:
            return ""
        if self.last and self.last.on_time:
            return self._again(self.last)
        days = (clock.today() - self.due_on).days
        if days > 0:
            return ngettext("Venció hace %(num)s día.", "Venció hace %(num)s días.", days) % {"num": days}
        return _("Vence el %(date)s.") % {"date": f"{self.due_on:%d/%m/%Y}"}

    def _came(self, counting: Report) -> str:
        """Of one that counts: when it came, and whether anything came after it."""
        if not counting.on_time:
            return _("Se envió después del plazo.")
        if counting.correction:
            return _("Se envió a tiempo y se corrigió después.")
        if counting.version > 1:
            return _("Se envió a tiempo; se devolvió y volvió a enviarse en su propio plazo.")
        return _("Se envió a tiempo.")

    def _again(self, returned: Report) -> str:
        """Of one that came in time and was returned: the delay, if any, is that of sending it again."""
        due_on = self.due_on
        told = {"date": f"{clock.day_of(returned.decided_at):%d/%m/%Y}", "due": f"{due_on:%d/%m/%Y}"}
        if due_on and clock.today() > due_on:
            return _("Se envió a tiempo y se devolvió el %(date)s; había que volver a enviarlo hasta el %(due)s.") % told
        return _("Se envió a tiempo y se devolvió el %(date)s; puede volver a enviarse hasta el %(due)s.") % told

    @property
    def is_fulfilled(self) -> bool:
        """Approved by another person, with evidence and as much as the goal; and all of that was so in its term."""
        one = self.counting
        return bool(self.is_due and one and one.met_on and one.met_on <= one.due_on)

    @property
    def came_late(self) -> bool:
        """Whether it is not fulfilled only because what lacked came after its term."""
        one = self.counting
        return bool(self.is_due and one and one.met_on and one.met_on > one.due_on)


@dataclass(frozen=True)
class MonthView:
    """A month of an activity, in thousandths; `done` is None while no approved report tells it."""

    month: int
    programmed: int
    holds: int
    done: int | None


@dataclass(frozen=True)
class ShareView:
    """How much of an activity serves a line."""

    line: LineCard
    share: int


@dataclass(frozen=True)
class ActivityView:
    """An activity with all that its pages show."""

    activity: Activity
    year: int
    area_name: str
    post_title: str
    district_names: tuple[str, ...]
    shares: tuple[ShareView, ...]
    deadlines: Mapping[int, Deadline | None]

    @cached_property
    def goals(self) -> dict[int, int]:
        """What is to be done now, by month."""
        return {goal.month: goal.holds for goal in self.activity.goals.all()}

    @cached_property
    def quarters(self) -> tuple[QuarterView, ...]:
        """The four of the year."""
        return tuple(map(self.quarter, (1, 2, 3, 4)))

    def quarter(self, number: int) -> QuarterView:
        """One of them."""
        reports = [one for one in self.activity.reports.all() if one.quarter == number]
        counting = next((one for one in reports if one.counts), None)
        goal = of_quarter(self.goals, number, cumulative=self.activity.cumulative, goals=self.goals)
        due, last = is_due(self.goals, number), max(reports, key=lambda one: one.version, default=None)
        months = asked_months(self.activity, number, self.goals)
        return QuarterView(self.activity, self.year, number, goal, due, months, self.deadlines.get(number), counting, last)

    @cached_property
    def months(self) -> tuple[MonthView, ...]:
        """The twelve of the year."""
        programmed = {goal.month: goal.programmed for goal in self.activity.goals.all()}
        done = self.done
        return tuple(
            MonthView(month, programmed.get(month, 0), self.goals.get(month, 0), done.get(month)) for month in range(1, 13)
        )

    @cached_property
    def done(self) -> dict[int, int]:
        """What approved reports say that was done, by month."""
        counting = [one for one in self.activity.reports.all() if one.counts]
        return {row.month: row.amount for report in counting for row in report.achieved.all()}

    @property
    def year_goal(self) -> int:
        """What the year is worth now."""
        return come_to(self.goals, self.goals, cumulative=self.activity.cumulative)

    @property
    def year_programmed(self) -> int:
        """What it was worth when it was approved."""
        programmed = {month.month: month.programmed for month in self.months}
        return come_to(programmed, programmed, cumulative=self.activity.cumulative)

    @property
    def year_done(self) -> int:
        """What was done so far."""
        return come_to(self.done, self.goals, cumulative=self.activity.cumulative)

    @property
    def adjustments(self) -> list[Adjustment]:
        """Those that were decided, the newest first."""
        decided = [one for one in self.activity.adjustments.all() if one.state != Adjustment.State.PROPOSED]
        return sorted(decided, key=lambda one: -one.pk)

    @property
    def waiting_adjustment(self) -> Adjustment | None:
        """The one that waits to be decided."""
        return next((one for one in self.activity.adjustments.all() if one.state == Adjustment.State.PROPOSED), None)


@dataclass(frozen=True)
class ProgrammeView:
    """A programme with its activities."""

    programme: Programme
    activities: tuple[ActivityView, ...]


@dataclass(frozen=True)
class Count:
    """How many activities had something to do in a quarter, and how many were fulfilled."""

    quarter: int
    due: int
    fulfilled: int


@dataclass(frozen=True)
class ExerciseView:
    """The annual programme of a year."""

    exercise: Exercise
    plan_name: str
    activities: tuple[ActivityView, ...]

    @cached_property
    def programmes(self) -> tuple[ProgrammeView, ...]:
        """By key; also those that have no activities yet."""
        found = self.exercise.programmes.prefetch_related("matrix")
        return tuple(
            ProgrammeView(one, tuple(view for view in self.activities if view.activity.programme_id == one.pk)) for one in found
        )

    def activity(self, key: str) -> ActivityView | None:
        """The activity of that key."""
        return next((one for one in self.activities if one.activity.key == key), None)

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """Of the quarters that have ended."""
        return tuple(filter(None, (self._count(number) for number in (1, 2, 3, 4))))

    def _count(self, number: int) -> Count | None:
        views = [view.quarter(number) for view in self.activities]
        due = [one for one in views if one.is_due]
        ended = clock.today() > period_of(self.exercise.year, number).ends_on
        return Count(number, len(due), sum(one.is_fulfilled for one in due)) if ended else None


def exercise_list(*, public: bool) -> list[Exercise]:
    """Every exercise, the newest year first; for anyone, those that are approved."""
    found = Exercise.objects.order_by("-year", "plan_key")
    return list(found.filter(state=Exercise.State.APPROVED) if public else found)


@remembered("annual")
def published_years() -> frozenset[tuple[str, int]]:
    """(plan, year) of every approved annual programme."""
    return frozenset(Exercise.objects.filter(state=Exercise.State.APPROVED).values_list("plan_key", "year"))


def running_year(plan_key: str) -> int | None:
    """The running year of a plan; where it has no approved programme, the last one before it that has. None without any."""
    today = clock.today().year
    return max((year for plan, year in published_years() if plan == plan_key and year <= today), default=None)


def find_exercise(plan_key: str, year: int) -> ExerciseView | None:
    """The approved annual programme of that plan and year."""
    found = Exercise.objects.filter(plan_key=plan_key, year=year, state=Exercise.State.APPROVED).first()
    return view_of(found) if found else None


def view_of(exercise: Exercise) -> ExerciseView:
    """An exercise with all its activities, in a handful of questions."""
    return ExerciseView(exercise, planning.name_of_plan(exercise.plan_key), _activities(exercise, _whole(exercise)))


def activity_view(activity: Activity) -> ActivityView:
    """One activity, read again with all that belongs to it."""
    return _activities(activity.exercise, _whole(activity.exercise, activity.pk))[0]


def activities_of_line(plan_key: str, year: int, line: str) -> tuple[ActivityView, ...]:
    """Those of an approved year that serve a line, the ones that serve it most first."""
    exercise = Exercise.objects.filter(plan_key=plan_key, year=year, state=Exercise.State.APPROVED).first()
    shares = Share.objects.filter(activity__exercise=exercise, line=line) if exercise else Share.objects.none()
    order = {one.activity_id: (-one.share, one.activity_id) for one in shares}
    found = _activities(exercise, _whole(exercise, *order)) if exercise and order else ()
    return tuple(sorted(found, key=lambda view: order[view.activity.pk]))


def _whole(exercise: Exercise, *keys: int) -> Iterable[Activity]:
    reports = Report.objects.prefetch_related("achieved", "evidence")
    found = Activity.objects.filter(exercise=exercise).select_related("programme", "exercise").order_by("key")
    chosen = found.filter(pk__in=keys) if keys else found
    return chosen.prefetch_related("shares", "goals", "adjustments", Prefetch("reports", reports))


def _activities(exercise: Exercise, found: Iterable[Activity]) -> tuple[ActivityView, ...]:
    cards = {card.key: card for card in people.area_cards()}
    plan = planning.find_card(exercise.plan_key)
    lines = {line.identifier: line for line in plan.lines} if plan else {}
    deadlines = {number: find_deadline(exercise.plan_key, exercise.year, number) for number in (1, 2, 3, 4)}
    views = []
    for one in found:
        area = cards.get(one.area)
        shares = (ShareView(lines[share.line], share.share) for share in one.shares.all() if share.line in lines)
        views.append(
            ActivityView(
                activity=one,
                year=exercise.year,
                area_name=area.name if area else one.area,
                post_title=dict(area.posts).get(one.post, one.post) if area else one.post,
                district_names=tuple(cards[key].name if key in cards else key for key in one.districts),
                shares=tuple(sorted(shares, key=lambda share: (-share.share, share.line.number))),
                deadlines=deadlines,
            )
        )
    return tuple(views)
