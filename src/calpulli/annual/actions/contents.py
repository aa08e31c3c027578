"""What an exercise says while it is a draft: its programmes with their matrix, its activities with shares and goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.people.doors import Role

from .. import policies
from ..inputs import DropActivity, DropProgramme, WriteActivity, WriteProgramme
from ..models import Activity, Exercise, Goal, MatrixRow, Programme, Share
from .checks import activity_faults, programme_faults
from .ground import State, locked_exercise, refuse_any, require_planner

Part = TypeVar("Part", Programme, Activity)
Detail = Share | Goal | MatrixRow
PLAIN = (
    "key",
    "name",
    "description",
    "area",
    "post",
    "unit",
    "population",
    "gender",
    "rights",
    "cumulative",
    "counted",
    "of_people",
)


@act("annual.programme_written", policy=policies.write_programme, alone=True)
def write_programme(work: Work, command: WriteProgramme) -> Programme:
    """Adds a programme to a draft, or writes it anew."""
    exercise = _draft(work, command.exercise_id)
    return put_programme(work, exercise, command)


@act("annual.programme_dropped", policy=policies.drop_programme, alone=True)
def drop_programme(work: Work, command: DropProgramme) -> Exercise:
    """Takes away a programme that has no activities."""
    programme = _row(Programme, command.programme_id)
    exercise = _draft(work, programme.exercise_id)
    if programme.activities.exists():
        raise Refused(Problem(None, f"El programa «{programme.name}» tiene actividades: páselas a otro o quítelas primero."))
    work.details.update(programme=programme.key)
    _remove(work, programme.matrix.all())
    work.remove(programme)
    return exercise


@act("annual.activity_written", policy=policies.write_activity, alone=True)
def write_activity(work: Work, command: WriteActivity) -> Activity:
    """Adds an activity to a draft, or writes it anew with its shares and goals."""
    exercise = _draft(work, command.exercise_id)
    return put_activity(work, exercise, command)


@act("annual.activity_dropped", policy=policies.drop_activity, alone=True)
def drop_activity(work: Work, command: DropActivity) -> Exercise:
    """Takes an activity of a draft away."""
    activity = _row(Activity, command.activity_id)
    exercise = _draft(work, activity.exercise_id)
    work.details.update(activity=activity.key)
    _remove(work, [*activity.shares.all(), *activity.goals.all()])
    work.remove(activity)
    return exercise


def put_programme(work: Work, exercise: Exercise, command: WriteProgramme) -> Programme:
    """The programme as the command says it, on a locked draft; Refused with every fault."""
    refuse_any(programme_faults(exercise, command))
    programme = _of(Programme, exercise, command.programme_id) or Programme(exercise=exercise)
    programme.key, programme.name, programme.kind = command.key, command.name, command.kind
    programme.needs_matrix = command.needs_matrix
    work.details.update(programme=programme.key)
    _put(work, programme)
    rows = [
        MatrixRow(programme=programme, position=place, **{name: getattr(line, name) for name in MATRIX})
        for place, line in enumerate(command.matrix, 1)
    ]
    _replace(work, list(programme.matrix.all()), rows, ("position", *MATRIX))
    return programme


MATRIX = ("level", "summary", "indicator", "verification", "assumptions")


def put_activity(work: Work, exercise: Exercise, command: WriteActivity) -> Activity:
    """The activity as the command says it, on a locked draft; Refused with every fault."""
    refuse_any(activity_faults(exercise, command))
    activity = _of(Activity, exercise, command.activity_id) or Activity(exercise=exercise)
    for name in PLAIN:
        setattr(activity, name, getattr(command, name))
    activity.districts = list(command.districts)
    activity.programme = exercise.programmes.get(key=command.programme)
    work.details.update(activity=activity.key)
    _put(work, activity)
    shares = [Share(activity=activity, line=line, share=share) for line, share in sorted(command.shares.items())]
    _replace(work, list(activity.shares.all()), shares, ("line", "share"))
    goals = [Goal(activity=activity, month=month, programmed=amount) for month, amount in sorted(command.goals.items())]
    _replace(work, list(activity.goals.all()), goals, ("month", "programmed"))
    return activity


def _draft(work: Work, exercise_id: int) -> Exercise:
    """The draft, locked, for whoever plans."""
    exercise = locked_exercise(work, exercise_id, State.DRAFT)
    require_planner(work, exercise.plan_key, Role.AUTHOR)
    return exercise


def _row(model: type[Part], key: int) -> Part:
    found = model._default_manager.filter(pk=key).first()
    if found is None:
        raise Refused(Problem(None, "Eso ya no está: alguien lo quitó. Vuelva a abrir el programa anual."))
    return found


def _of(model: type[Part], exercise: Exercise, key: int | None) -> Part | None:
    if key is None:
        return None
    found = _row(model, key)
    if found.exercise != exercise:
        raise Refused(Problem(None, "Eso es de otro programa anual."))
    return found


def _put(work: Work, row: Programme | Activity) -> None:
    if row._state.adding:
        work.add(row)
    else:
        work.save(row)


def _replace(work: Work, old: Sequence[Detail], new: Sequence[Detail], said: tuple[str, ...]) -> None:
    """The new rows in place of the old ones, where they say something else."""
    if [[getattr(row, name) for name in said] for row in old] == [[getattr(row, name) for name in said] for row in new]:
        return
    _remove(work, old)
    for row in new:
        work.add(row)


def _remove(work: Work, rows: Iterable[Detail]) -> None:
    for row in rows:
        work.remove(row)
