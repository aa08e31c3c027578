"""The annual programme from files: whole or not at all, while it is a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from calpulli.commons import files
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.people import doors as people
from calpulli.people.doors import Role
from calpulli.planning import doors as planning
from calpulli_core.formats.annual.rows import ActivityRow, AnnualFile, GoalRow, MatrixRow, ProgrammeRow
from calpulli_core.formats.annual.tables import ACTIVITIES, SHARES
from calpulli_core.formats.sheets.findings import Faults
from calpulli_core.formats.sheets.keys import nearest

from .. import exports, policies
from ..inputs import ImportPoa, MatrixLine, WriteActivity, WriteProgramme
from ..models import Activity, Exercise, Programme
from .contents import put_activity, put_programme
from .ground import State, locked_exercise, refuse_any, require_planner


@dataclass
class Changes:
    """The keys of what is new, says something else, or goes away."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(getattr(self, name)) for name in ("added", "changed", "dropped")}


@dataclass
class Imported:
    """The exercise, and what of it changed."""

    exercise: Exercise
    programmes: Changes
    activities: Changes


@act("annual.poa_imported", policy=policies.import_poa, alone=True)
def import_poa(work: Work, command: ImportPoa) -> Imported:
    """Writes what the files say into a draft: a table that came replaces all that there was of it.

    Raises Refused, or RecordErrors with every key that the institute does not know.
    """
    exercise = _draft(work, command)
    before = exports.file_of(exercise)
    if command.before != before:
        message = "El programa cambió mientras se revisaba el archivo. Revíselo otra vez."
        raise Refused(Problem("files", message))
    _refuse_unknown(exercise, command.file)
    done = _Writing(work, exercise, before, _joined(before, command.file)).write()
    exercise.source_sha256 = files.keep(command.source)
    work.save(exercise)
    work.details.update(source_sha256=exercise.source_sha256, programmes=done.programmes.counts())
    work.details.update(activities=done.activities.counts())
    return done


def _draft(work: Work, command: ImportPoa) -> Exercise:
    year = command.file.year
    found = Exercise.objects.filter(plan_key=command.plan_key, year=year or 0).first()
    if found is None:
        message = f"No hay un programa anual {year} de «{command.plan_key}». Ábralo primero y vuelva a traer el archivo."
        raise Refused(Problem("files", message))
    exercise = locked_exercise(work, found.pk, State.DRAFT)
    require_planner(work, exercise.plan_key, Role.AUTHOR)
    return exercise


def _joined(before: AnnualFile, file: AnnualFile) -> AnnualFile:
    """What there will be: the tables that came, and of the others what there was."""
    came = {name: told for name in AnnualFile.__slots__ if (told := getattr(file, name)) is not None}
    return replace(before, **came)


def _refuse_unknown(exercise: Exercise, file: AnnualFile) -> None:
    """Areas, posts, districts and lines are those of the institute."""
    faults = Faults()
    cards = {card.key: card for card in people.area_cards()}
    for row in file.activities or ():
        _check_place(row, cards, faults.of(ACTIVITIES.sheet))
    card = planning.find_card(exercise.plan_key)
    lines = {line.number for line in card.lines} if card else set()
    told, column = faults.of(SHARES.sheet), SHARES.named("line")
    for share in file.shares or ():
        if share.line not in lines:
            near = nearest(share.line, sorted(lines))
            told.add(share.row, column, share.line, "unknown_line", plan=exercise.plan_key, near=near)
    faults.refuse_if_any()


def _check_place(row: ActivityRow, cards: Mapping[str, people.AreaCard], faults: Faults) -> None:
    area = cards.get(row.area)
    if area is None:
        faults.add(row.row, ACTIVITIES.named("area"), row.area, "unknown_area", near=nearest(row.area, list(cards)))
    elif row.post and row.post not in (posts := dict(area.posts)):
        near = nearest(row.post, list(posts))
        faults.add(row.row, ACTIVITIES.named("post"), row.post, "unknown_post", area=area.name, near=near)
    offices = [key for key, card in cards.items() if card.is_district]
    for district in row.districts:
        if district not in offices:
            near = nearest(district, offices)
            faults.add(row.row, ACTIVITIES.named("districts"), district, "unknown_district", near=near)


class _Writing:
    """Brings an exercise from what it says to what it will say, touching only what changes."""

    def __init__(self, work: Work, exercise: Exercise, before: AnnualFile, after: AnnualFile) -> None:
        self._work, self._exercise = work, exercise
        self._before, self._after = before, after
        self._programmes = {one.key: one for one in exercise.programmes.all()}
        self._activities = {one.key: one for one in exercise.activities.all()}
        card = planning.find_card(exercise.plan_key)
        self._lines = {line.number: line.identifier for line in card.lines} if card else {}
        self._done = Imported(exercise, Changes(), Changes())
        self._refused: list[Problem] = []

    def write(self) -> Imported:
        """Activities that go leave first, programmes that go leave last: what stays may move between them."""
        stay = {row.key for row in self._after.activities or ()}
        for key, activity in self._activities.items():
            if key not in stay:
                self._drop_activity(activity)
        self._write_programmes()
        self._write_activities()
        keep = {row.key for row in self._after.programmes or ()}
        for key, programme in self._programmes.items():
            if key not in keep:
                self._drop_programme(programme)
        for name in ("programme", "activity"):
            self._work.details.pop(name, None)  # of the last one written
        return self._done

    def _write_programmes(self) -> None:
        before, after = _programmes(self._before), _programmes(self._after)
        for key, (row, matrix) in after.items():
            if before.get(key) == (row, matrix):
                continue
            old = self._programmes.get(key)
            command = _programme_command(self._exercise, row, matrix, old)
            self._put(f"Programa {key}", partial(put_programme, self._work, self._exercise, command))
            (self._done.programmes.changed if old else self._done.programmes.added).append(key)
        refuse_any(self._refused)

    def _write_activities(self) -> None:
        before, after = _activities(self._before), _activities(self._after)
        for key, told in after.items():
            if before.get(key) == told:
                continue
            old = self._activities.get(key)
            command = self._activity_command(*told, old)
            self._put(f"Actividad {key}", partial(put_activity, self._work, self._exercise, command))
            (self._done.activities.changed if old else self._done.activities.added).append(key)
        refuse_any(self._refused)

    def _put(self, name: str, put: Callable[[], object]) -> None:
        """What is refused of one is told with that of the others, and by its name."""
        try:
            put()
        except Refused as refused:
            self._refused += [Problem("files", f"{name}: {one.message}") for one in refused.problems]

    def _activity_command(
        self, row: ActivityRow, shares: Mapping[str, int], goals: Mapping[int, int], old: Activity | None
    ) -> WriteActivity:
        told = {name: getattr(row, name) for name in ActivityRow.__slots__ if name not in ("row", "year")}
        lines = {self._lines.get(line, line): share for line, share in shares.items()}
        key = old.pk if old else None
        return WriteActivity(exercise_id=self._exercise.pk, shares=lines, goals=goals, activity_id=key, **told)

    def _drop_activity(self, activity: Activity) -> None:
        for detail in (*activity.shares.all(), *activity.goals.all()):
            self._work.remove(detail)
        self._work.remove(activity)
        self._done.activities.dropped.append(activity.key)

    def _drop_programme(self, programme: Programme) -> None:
        for row in programme.matrix.all():
            self._work.remove(row)
        self._work.remove(programme)
        self._done.programmes.dropped.append(programme.key)


def _programme_command(
    exercise: Exercise, row: ProgrammeRow, matrix: Sequence[MatrixRow], old: Programme | None
) -> WriteProgramme:
    lines = tuple(MatrixLine(one.level.value, one.summary, one.indicator, one.verification, one.assumptions) for one in matrix)
    return WriteProgramme(
        exercise_id=exercise.pk,
        key=row.key,
        name=row.name,
        kind=row.kind.value,
        needs_matrix=row.needs_matrix,
        matrix=lines,
        programme_id=old.pk if old else None,
    )


def _programmes(file: AnnualFile) -> dict[str, tuple[ProgrammeRow, list[MatrixRow]]]:
    matrix: dict[str, list[MatrixRow]] = defaultdict(list)
    for row in file.matrix or ():
        matrix[row.programme].append(replace(row, row=0))
    return {row.key: (replace(row, row=0), matrix[row.key]) for row in file.programmes or ()}


def _activities(file: AnnualFile) -> dict[str, tuple[ActivityRow, dict[str, int], dict[int, int]]]:
    shares: dict[str, dict[str, int]] = defaultdict(dict)
    for share in file.shares or ():
        shares[share.activity][share.line] = share.share
    goals = {goal.activity: _months(goal) for goal in file.goals or ()}
    return {row.key: (replace(row, row=0), shares[row.key], goals.get(row.key, {})) for row in file.activities or ()}


def _months(goal: GoalRow) -> dict[int, int]:
    return {month: amount for month, amount in enumerate(goal.months, start=1) if amount is not None}
