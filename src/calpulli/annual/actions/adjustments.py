"""Changes of goals after the approval: proposed with a reason by one person, decided by another."""

from __future__ import annotations

from collections.abc import Iterable

from calpulli.commons import clock
from calpulli.commons.act import Problem, Work, act
from calpulli.people.doors import Role

from .. import policies
from ..inputs import DecideAdjustment, ProposeAdjustment
from ..models import Activity, Adjustment, Goal, Report
from ..queries import quarter_of
from . import telling
from .checks import month_faults, small_goals
from .ground import State, locked_activity, reason_faults, refuse_any, refuse_author, require_planner


@act("annual.adjustment_proposed", policy=policies.propose_adjustment, alone=True)
def propose_adjustment(work: Work, command: ProposeAdjustment) -> Adjustment:
    """New goals for months that have not ended; they hold once another person approves them."""
    activity = locked_activity(work, command.activity_id, State.APPROVED)
    require_planner(work, activity.exercise.plan_key, Role.AUTHOR)
    before = {goal.month: goal.holds for goal in activity.goals.all()}
    changed = {month: amount for month, amount in command.goals.items() if before.get(month, 0) != amount}
    after = before | changed
    refuse_any([*reason_faults(command.reason), *_fault_of_goals(activity, changed, after), *_waits(activity)])
    adjustment = Adjustment(
        activity=activity, reason=command.reason.strip(), before=_told(before), after=_told(after), proposed_on=clock.today()
    )
    adjustment.author_id = work.by.account
    return work.add(adjustment)


@act("annual.adjustment_approved", policy=policies.approve_adjustment, alone=True)
def approve_adjustment(work: Work, command: DecideAdjustment) -> Adjustment:
    """The goals become what was proposed."""
    adjustment, activity = _proposed(work, command)
    after = {int(month): amount for month, amount in adjustment.after.items()}
    goals = {goal.month: goal for goal in activity.goals.all()}
    changed = {month: amount for month, amount in after.items() if (goals[month].holds if month in goals else 0) != amount}
    refuse_any([*_too_late(activity, changed), *_small(activity, changed, after)])
    for month, amount in sorted(changed.items()):
        goal = goals.get(month)
        if goal is None:
            work.add(Goal(activity=activity, month=month, programmed=0, adjusted=amount))
        else:
            goal.adjusted = amount
            work.save(goal)
    telling.tell_adjusted(adjustment, activity)
    return _decide(work, adjustment, Adjustment.State.APPROVED, command.answer)


@act("annual.adjustment_refused", policy=policies.refuse_adjustment, alone=True)
def refuse_adjustment(work: Work, command: DecideAdjustment) -> Adjustment:
    """The goals stay as they were; the answer says why."""
    adjustment, _ = _proposed(work, command)
    refuse_any(reason_faults(command.answer, "answer"))
    return _decide(work, adjustment, Adjustment.State.REFUSED, command.answer)


def _decide(work: Work, adjustment: Adjustment, state: str, answer: str) -> Adjustment:
    adjustment.state, adjustment.answer, adjustment.decided_on = state, answer.strip(), clock.today()
    adjustment.reviewer_id = work.by.account
    return work.save(adjustment)


def _proposed(work: Work, command: DecideAdjustment) -> tuple[Adjustment, Activity]:
    adjustment = work.lock(Adjustment, pk=command.adjustment_id)
    activity = locked_activity(work, adjustment.activity_id, State.APPROVED)
    if adjustment.state != Adjustment.State.PROPOSED:
        refuse_any([Problem(None, "Este ajuste ya se decidió. Vuelva a su mesa.")])
    refuse_author(work, adjustment.author_id)
    require_planner(work, activity.exercise.plan_key, Role.REVIEWER)
    return adjustment, activity


def _fault_of_goals(activity: Activity, changed: dict[int, int], after: dict[int, int]) -> list[Problem]:
    if not changed:
        return [Problem("goals", "Ninguna meta cambia: escriba la que deba ser otra.")]
    if found := list(month_faults(changed)):
        return found
    year = activity.exercise.year
    told = [
        Problem("goals", f"El mes {month} de {year} ya terminó: su meta ya no se ajusta.") for month in _ended(activity, changed)
    ]
    return told + _reported(activity, changed) + _small(activity, changed, after)


def _small(activity: Activity, changed: Iterable[int], after: dict[int, int]) -> list[Problem]:
    """Of people, what is refused when the year is approved is refused afterwards too, in the quarters that change."""
    quarters = sorted({quarter_of(month) for month in changed}) if activity.tells_people else ()
    return list(small_goals(activity, after, quarters))


def _too_late(activity: Activity, changed: dict[int, int]) -> list[Problem]:
    """What was proposed in time is decided in time too: otherwise a miss could be undone after it happened."""
    remedy = "Este ajuste ya no puede aprobarse: no lo apruebe y, si hace falta, que se proponga otro para los meses que quedan."
    year, found = activity.exercise.year, _ended(activity, changed)
    told = [f"El mes {month} de {year} ya terminó: su meta ya no se ajusta. {remedy}" for month in found]
    return [Problem("goals", one) for one in told] or _reported(activity, changed)


def _ended(activity: Activity, changed: Iterable[int]) -> list[int]:
    year, today = activity.exercise.year, clock.today()
    return sorted(month for month in changed if (year, month) < (today.year, today.month))


def _reported(activity: Activity, changed: dict[int, int]) -> list[Problem]:
    """Of what was reported, the goal stays: otherwise a report would be judged by a goal that came after it."""
    sent = Report.objects.filter(activity=activity).exclude(state=Report.State.RETURNED)
    quarters = set(sent.values_list("quarter", flat=True)) & {quarter_of(month) for month in changed}
    return [
        Problem("goals", f"El trimestre {quarter} ya se reportó: sus metas ya no se ajustan.") for quarter in sorted(quarters)
    ]


def _waits(activity: Activity) -> list[Problem]:
    if activity.adjustments.filter(state=Adjustment.State.PROPOSED).exists():
        return [Problem(None, "Ya hay un ajuste de esta actividad por decidir: espere a que se decida.")]
    return []


def _told(goals: dict[int, int]) -> dict[str, int]:
    return {str(month): amount for month, amount in sorted(goals.items())}
