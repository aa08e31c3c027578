"""The demo's invented annual programme, and what came of it so far: through acts, dated in the demo's invented past.

What is told lies in the institute's `poa.toml`. Nothing is told of days to come.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import typst

from calpulli.commons import clock, files, institutes
from calpulli.commons.act import Actor
from calpulli.people.doors import actor_named
from calpulli.planning import doors as planning
from calpulli_core.calendars.periods import Period

from . import actions, inputs
from .models import Activity, Adjustment, Exercise, Report
from .queries import WHOLE_UNIT, is_due, months_of, quarter_of

MORNING = dt.time(16, tzinfo=dt.UTC)
INVENTED = "Programa anual de demostración: sus actividades, metas, entregas y reportes son inventados."
# Which demo account captures in each area.
AUTHORS = {
    "secretaria-administrativa": "area",
    "unidad-tecnologia": "area",
    "direccion-participacion": "participacion",
    "direccion-organizacion": "organizacion",
    "direccion-educacion": "educacion",
    "unidad-transparencia": "transparencia",
}
SENT, RETURNED, AGAIN, DECIDED, LATE = 8, 11, 14, 17, 29  # days after the quarter
HOW_MUCH = {"short": (3, 4), "over": (5, 4), "amended": (3, 4), "few": (1, 8)}  # of what was programmed
WHY_RETURNED = "Falta decir en qué lugares se hizo: agréguelo a la explicación y vuelva a enviarlo."
WHY_CORRECTED = "Se contó en el trimestre algo que se hizo en el siguiente."
ADDED = " Se hizo en las dos sedes."
Event = tuple[dt.date, Callable[[], object]]


@dataclass(frozen=True)
class Story:
    """What became of a report: plain, late, short, few, over, bare, corrected, amended, waiting, returned, asked or missing."""

    kind: str = "plain"
    cause: str = ""
    narrative: str = ""


@dataclass(frozen=True)
class Told:
    """What the institute's file says, of the year that is told and its last quarter that has ended."""

    data: dict[str, Any]
    plan_key: str
    last: Period
    stories: Mapping[tuple[str, int], Story]

    @property
    def year(self) -> int:
        """The year of the exercise."""
        return self.last.year

    def story(self, activity: str, quarter: int) -> Story:
        """What became of the report of that quarter."""
        return self.stories.get((activity, (self.last.quarter or 0) - quarter), Story())


def is_told() -> bool:
    """Whether there is any annual programme here."""
    return Exercise.objects.exists()


def seed_annual(*, since: dt.date = dt.date.min, until: dt.date | None = None) -> None:
    """Tells the days from `since` to before `until`, or to today, in their order."""
    told = _told()
    if told is None:
        return
    last = until or clock.today() + dt.timedelta(days=1)
    for day, do in sorted(_events(told), key=lambda event: event[0]):
        if since <= day < last:
            with clock.rehearse(dt.datetime.combine(day, MORNING)):
                do()


def _told() -> Told | None:
    file = institutes.folder(institutes.current().slug) / "poa.toml"
    plan, today = planning.plan_in_force(), clock.today()
    if plan is None or not file.is_file():
        return None
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    stories = {(one["activity"], one["back"]): _story(one) for one in data["story"]}
    return Told(data, plan.key, Period(today.year, (today.month + 2) // 3).previous(), stories)


def _story(one: Mapping[str, Any]) -> Story:
    return Story(one["kind"], one.get("cause", ""), one.get("narrative", ""))


def _events(told: Told) -> Iterator[Event]:
    yield dt.date(told.year, 1, 8), partial(_plan, told)
    yield dt.date(told.year, 1, 14), lambda: actions.submit_exercise(inputs.SubmitExercise(_exercise(told).pk), by=_as("area"))
    yield dt.date(told.year, 1, 20), partial(_approve, told)
    yield dt.date(told.year, 4, 20), partial(_propose, told)
    yield dt.date(told.year, 4, 24), partial(_adjust, told)
    for one in told.data["activity"]:
        if one.get("counted"):
            yield from _deliveries(told, one)
        for quarter in range(1, (told.last.quarter or 0) + 1):
            if is_due(dict(enumerate(one["goals"], 1)), quarter):
                yield from _report(told, one, quarter)


def _as(username: str) -> Actor:
    return actor_named(username)


def _author(one: Mapping[str, Any]) -> Actor:
    return _as(AUTHORS[one["area"]])


def _reviewer(one: Mapping[str, Any]) -> Actor:
    return _as("revision" if AUTHORS[one["area"]] == "area" else "seguimiento")


def _exercise(told: Told) -> Exercise:
    return Exercise.objects.get(plan_key=told.plan_key, year=told.year)


def _activity(told: Told, key: str) -> Activity:
    return Activity.objects.get(exercise__plan_key=told.plan_key, exercise__year=told.year, key=key)


def _plan(told: Told) -> None:
    """The whole draft."""
    author = _as("area")
    exercise = actions.open_exercise(inputs.OpenExercise(told.plan_key, told.year, INVENTED), by=author).result
    for one in told.data["programme"]:
        matrix = tuple(inputs.MatrixLine(**row) for row in one.get("matrix", ()))
        command = inputs.WriteProgramme(exercise.pk, one["key"], one["name"], one["kind"], bool(matrix), matrix)
        actions.write_programme(command, by=author)
    for one in told.data["activity"]:
        goals = {month: amount * WHOLE_UNIT for month, amount in enumerate(one["goals"], 1)}
        plain = {name: value for name, value in one.items() if name not in ("goals", "districts")}
        plain["districts"] = tuple(one.get("districts", ()))
        actions.write_activity(inputs.WriteActivity(exercise.pk, **plain, goals=goals), by=author)


def _approve(told: Told) -> None:
    approved_on = dt.date(told.year, 1, 20)
    agreement = f"Acuerdo inventado 01/{told.year}"
    command = inputs.ApproveExercise(_exercise(told).pk, agreement, approved_on)
    actions.approve_exercise(command, by=_as("revision"))


def _propose(told: Told) -> None:
    one = told.data["adjustment"]
    goals = {int(month): amount * WHOLE_UNIT for month, amount in one["goals"].items()}
    command = inputs.ProposeAdjustment(_activity(told, one["activity"]).pk, goals, one["reason"])
    actions.propose_adjustment(command, by=_as("area"))


def _adjust(told: Told) -> None:
    waiting = Adjustment.objects.get(activity__exercise=_exercise(told), state=Adjustment.State.PROPOSED)
    actions.approve_adjustment(inputs.DecideAdjustment(waiting.pk), by=_as("revision"))


def _deliveries(told: Told, one: Mapping[str, Any]) -> Iterator[Event]:
    """At the end of each month, what was given in it."""
    for month, goal in enumerate(one["goals"], 1):
        ends_on = dt.date(told.year, month, 28)
        units = _done(told.story(one["key"], quarter_of(month)), goal)
        if units:
            yield ends_on, partial(_deliver, told, one, ends_on, units)


def _deliver(told: Told, one: Mapping[str, Any], day: dt.date, units: int) -> None:
    """Once in each of a few districts, some more than others; with uneven numbers of people."""
    activity = _activity(told, one["key"])
    offices = activity.districts or [f"distrito-{number:02}" for number in (1, 2, 3, 5, 8, 13, 21)]
    seed = sum(map(ord, activity.key)) + day.month
    rows: list[inputs.DeliveryRow] = []
    left = units
    while left:
        place = len(rows)
        some = min(left, 1 + (seed + place * place) % 4)
        at = offices[(seed + place * (place + 1) // 2) % len(offices)]
        people = (3 + (seed * 7 + place * 11) % 17, 2 + (seed * 5 + place * 13) % 12, (seed + place) % 3)
        if activity.of_people:
            people = (some - some // 2, some // 2, 0)  # each unit is one of them
        rows.append(inputs.DeliveryRow(activity.pk, day - dt.timedelta(days=(place * 5) % 25), at, some, *people))
        left -= some
    actions.record_deliveries(inputs.RecordDeliveries(tuple(rows)), by=_author(one))


def _done(story: Story, goal: int) -> int:
    """How much was done of a month's goal."""
    part, whole = HOW_MUCH.get(story.kind, (1, 1))
    return (goal * part + whole // 2) // whole


def _report(told: Told, one: Mapping[str, Any], quarter: int) -> Iterator[Event]:
    """What became of the report of a quarter, day by day."""
    ends_on = Period(told.year, quarter).ends_on
    send, approve = partial(_send, told, one, quarter), partial(_decide, told, one, quarter)
    send_back, correct = partial(_send_back, told, one, quarter), partial(_correct, told, one, quarter)
    yesterday = (clock.today() - ends_on).days - 1
    steps: dict[str, tuple[tuple[int, Callable[[], object]], ...]] = {
        "missing": (),
        "waiting": ((SENT, send),),
        "returned": ((SENT, send), (RETURNED, send_back)),
        # Returned so lately that it can still be sent again in its term, whatever the day on which the demo is made.
        "asked": ((SENT, send), (max(RETURNED, yesterday), send_back)),
        "corrected": ((SENT, send), (RETURNED, send_back), (AGAIN, partial(send, more=ADDED)), (DECIDED, approve)),
        "late": ((LATE, send), (LATE + 3, approve)),
        "amended": ((SENT, partial(send, as_programmed=True)), (DECIDED, approve), (LATE, correct), (LATE + 3, approve)),
    }
    for days, do in steps.get(told.story(one["key"], quarter).kind, ((SENT, send), (DECIDED, approve))):
        yield ends_on + dt.timedelta(days=days), do


def _said(
    told: Told, one: Mapping[str, Any], quarter: int, *, as_programmed: bool = False, more: str = ""
) -> inputs.SubmitReport:
    story = told.story(one["key"], quarter)
    activity = _activity(told, one["key"])
    counted = Story() if as_programmed else story
    goals = {goal.month: goal.holds // WHOLE_UNIT for goal in activity.goals.all()}
    achieved = {month: _done(counted, goals.get(month, 0)) * WHOLE_UNIT for month in months_of(quarter)}
    narrative = (counted.narrative or "Se hizo lo programado, con constancia de cada mes.") + more
    last = activity.reports.filter(quarter=quarter).order_by("-version").first()
    return inputs.SubmitReport(
        activity.pk,
        quarter,
        {} if activity.counted else achieved,
        cause=counted.cause,
        narrative=narrative,
        attach=() if last or story.kind == "bare" else (_evidence(told, one, quarter),),
        keep=tuple(last.evidence.values_list("pk", flat=True)) if last else (),
    )


def _send(told: Told, one: Mapping[str, Any], quarter: int, *, as_programmed: bool = False, more: str = "") -> None:
    actions.submit_report(_said(told, one, quarter, as_programmed=as_programmed, more=more), by=_author(one))


def _correct(told: Told, one: Mapping[str, Any], quarter: int) -> None:
    actions.correct_report(inputs.CorrectReport(_said(told, one, quarter), WHY_CORRECTED), by=_author(one))


def _waiting(told: Told, one: Mapping[str, Any], quarter: int) -> Report:
    return Report.objects.get(activity=_activity(told, one["key"]), quarter=quarter, state=Report.State.SUBMITTED)


def _send_back(told: Told, one: Mapping[str, Any], quarter: int) -> None:
    actions.return_report(inputs.ReturnReport(_waiting(told, one, quarter).pk, WHY_RETURNED), by=_reviewer(one))


def _decide(told: Told, one: Mapping[str, Any], quarter: int) -> None:
    actions.approve_report(inputs.DecideReport(_waiting(told, one, quarter).pk), by=_reviewer(one))


def _evidence(told: Told, one: Mapping[str, Any], quarter: int) -> inputs.NewEvidence:
    """A paper as an area would bring it, that says of itself that it is invented."""
    label = Period(told.year, quarter).label
    text = f"= Constancia de demostración\n\nDocumento inventado: actividad {one['key']}, {label}."
    paper = typst.compile(text.encode(), format="pdf", ignore_system_fonts=True, timestamp=clock.now())
    return inputs.NewEvidence("Constancia de demostración, inventada", files.receive(paper, also_images=False))
