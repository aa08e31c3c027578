"""What a period seals of the annual programme: activities, goals and reports (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils import timezone

from calpulli.commons.registries.sealing import Sealed, seal
from calpulli_core.board.layout import ACTIVITIES, GOALS, REPORTS
from calpulli_core.board.year import Cell, table
from calpulli_core.calendars.periods import Period

from ..models import Achieved, Activity, Exercise, Goal, Programme, Report
from ..queries import deadline_of, find_deadline, is_due

KINDS = {Programme.Kind.INSTITUTIONAL: "institucional", Programme.Kind.SPECIFIC: "específico"}
STATES = {Report.State.APPROVED: "aprobado", Report.State.SUBMITTED: "en revisión", Report.State.RETURNED: "devuelto"}


def _files(plan_key: str, period: Period) -> Mapping[str, bytes]:
    """The three tables; nothing without an approved exercise of that year, or where no rule says when its reports are due."""
    exercise = Exercise.objects.filter(plan_key=plan_key, year=period.year, state=Exercise.State.APPROVED).first()
    if exercise is None or find_deadline(plan_key, period.year, period.ends_on.month // 3) is None:
        return {}
    said = _Said(exercise, period.ends_on.month // 3)
    return {
        ACTIVITIES: table(ACTIVITIES, said.activities()),
        GOALS: table(GOALS, said.goals()),
        REPORTS: table(REPORTS, said.reports()),
    }


class _Said:
    """What an exercise says up to a quarter, read once."""

    def __init__(self, exercise: Exercise, until: int) -> None:
        self._exercise, self._until = exercise, until
        found = Activity.objects.filter(exercise=exercise).select_related("programme").order_by("key")
        self._activities = list(found.prefetch_related("shares", "goals"))
        self._versions = self._read_versions()
        self._achieved = self._read_achieved()

    def _read_versions(self) -> dict[tuple[int, int], list[Report]]:
        """The versions of each activity and quarter, the first one first."""
        versions: dict[tuple[int, int], list[Report]] = {}
        told = Report.objects.filter(activity__exercise=self._exercise, quarter__lte=self._until).order_by("version")
        for report in told.prefetch_related("evidence"):
            versions.setdefault((report.activity_id, report.quarter), []).append(report)
        return versions

    def _read_achieved(self) -> dict[tuple[int, int], int]:
        """What the report that counts says of each activity and month."""
        counted = Achieved.objects.filter(
            report__activity__exercise=self._exercise, report__counts=True, report__quarter__lte=self._until
        )
        return {
            (activity, month): amount for activity, month, amount in counted.values_list("report__activity", "month", "amount")
        }

    def activities(self) -> Iterator[tuple[Cell, ...]]:
        """Rows of activities.csv."""
        for one in self._activities:
            lines = ";".join(f"{share.line}:{share.share}" for share in sorted(one.shares.all(), key=lambda share: share.line))
            about = one.key, one.programme.key, KINDS[Programme.Kind(one.programme.kind)], one.area, one.name, one.unit
            yield *about, _answer(one.cumulative), _answer(one.counted), lines, _answer(one.tells_people)

    def goals(self) -> Iterator[tuple[Cell, ...]]:
        """Rows of goals.csv: every month with a goal, or of which something was told."""
        for one in self._activities:
            goals = {goal.month: goal for goal in one.goals.all()}
            for month in sorted(goals.keys() | {month for activity, month in self._achieved if activity == one.pk}):
                goal = goals.get(month, Goal(programmed=0))
                at = f"{self._exercise.year}-{month:02}"
                yield one.key, at, goal.programmed, goal.adjusted, self._achieved.get((one.pk, month))

    def reports(self) -> Iterator[tuple[Cell, ...]]:
        """Rows of reports.csv: what was due, and what was told besides."""
        for one in self._activities:
            goals = {goal.month: goal.holds for goal in one.goals.all()}
            for quarter in range(1, self._until + 1):
                versions = self._versions.get((one.pk, quarter), [])
                if versions or is_due(goals, quarter):
                    yield one.key, f"{self._exercise.year}-Q{quarter}", *self._report(versions, quarter)

    def _report(self, versions: list[Report], quarter: int) -> tuple[Cell, ...]:
        """What counts; or else only how the last version stands, since what it says is not told before it is approved."""
        counts = next((report for report in versions if report.counts), None)
        if counts is None:
            due = (versions[-1].again_on or versions[-1].due_on) if versions else self._due_on(quarter)
            state = STATES[Report.State(versions[-1].state)] if versions else "sin enviar"
            return (due.isoformat(), state, *[None] * 8)
        shown = " ".join(sorted(piece.sha256 for piece in counts.evidence.all()))
        days = counts.due_on.isoformat(), "aprobado", counts.version, _day(counts.submitted_at), _decided_on(counts)
        met_on = counts.met_on.isoformat() if counts.met_on else None
        return (*days, counts.goal, counts.done, shown, counts.cause, met_on)

    def _due_on(self, quarter: int) -> dt.date:
        return deadline_of(self._exercise.plan_key, self._exercise.year, quarter).due_on


def _answer(is_so: bool) -> str:
    return "sí" if is_so else "no"


def _decided_on(report: Report) -> str:
    return _day(report.decided_at or report.submitted_at)


def _day(at: dt.datetime) -> str:
    """The institute's."""
    return timezone.localtime(at).date().isoformat()


seal(Sealed("annual", ("annual",), _files))
