"""A large institute in numbers: two years of its annual programme, its money and its deliveries.

All from one seed, skewed and with ties and gaps, and all of it through the acts that people and files use: batches, digests,
guards and what is added up beside them are those of any installation. Nothing in it is a real fact. Imported once Django stands.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import typst

from calpulli.annual import actions as annual
from calpulli.annual import exports
from calpulli.annual import inputs as told
from calpulli.annual.models import Activity, Exercise
from calpulli.budget.actions import import_budget
from calpulli.budget.inputs import EntryRow, ImportBudget
from calpulli.budget.queries import classifier
from calpulli.commons import clock, files
from calpulli.commons.act import Actor
from calpulli.people.actions import register_account
from calpulli.people.doors import actor_named, area_cards
from calpulli.people.inputs import RegisterAccount
from calpulli.planning.actions import import_plan
from calpulli.planning.doors import find_card
from calpulli.planning.inputs import ImportPlan
from calpulli.planning.models import Plan
from calpulli_core.formats.annual.rows import ActivityRow, AnnualFile, GoalRow, ProgrammeKind, ProgrammeRow, ShareRow
from tests.bench.founding import SOURCE, founding_plan

FAMILY = "volumen"
PROGRAMMES, ACTIVITIES = 20, 300
BATCHES = 20  # of deliveries, in each year
COUNTED = 0.8  # of the activities, those whose deliveries are counted
REPORTED = 60  # activities that report each quarter
MOMENTS = ("approved", "committed", "accrued", "exercised", "paid")
UNITS = (1, 1, 1, 1, 2, 2, 3, 5, 5, 10, 25, 100)  # most deliveries look alike
CHOSEN = 0.35  # how unevenly deliveries fall on activities
WHOLE = 1_000  # thousandths in a unit


@dataclass(frozen=True)
class Volume:
    """How much of it, and of which two years."""

    deliveries: int
    entries: int
    first_year: int

    @property
    def plan_key(self) -> str:
        """The plan of those years; the board goes on showing the one of the demonstration, with the same lines."""
        return f"{FAMILY}-{self.first_year}"

    @property
    def years(self) -> tuple[int, int]:
        """Both over, so that nothing told of them is of days to come."""
        return self.first_year, self.first_year + 1

    @property
    def quarters(self) -> tuple[str, ...]:
        """The eight."""
        return tuple(f"{year}-Q{quarter}" for year in self.years for quarter in (1, 2, 3, 4))

    @cached_property
    def offices(self) -> list[str]:
        """The district offices."""
        return [card.key for card in area_cards() if card.is_district]

    @cached_property
    def areas(self) -> list[str]:
        """The areas that do the work: a few of them most of it."""
        return ["secretaria-administrativa", *sorted(card.key for card in area_cards() if not card.is_district)]

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        """Number and identifier of each line."""
        card = find_card(self.plan_key)
        return [(line.number, line.identifier) for line in card.lines] if card else []


def pour(volume: Volume) -> None:
    """Brings all of it in, year by year, as it would have come."""
    _import_plan(volume)
    author, reviewer = actor_named("area"), actor_named("revision")
    everywhere, deciding = _everywhere("author"), _everywhere("reviewer")
    for year in volume.years:
        dice = np.random.default_rng((20_260_101, year))
        with _on(year, 1, 5):
            exercise = annual.open_exercise(told.OpenExercise(volume.plan_key, year), by=author).result
            file = _programme(volume, year, dice)
            annual.import_poa(told.ImportPoa(volume.plan_key, file, exports.file_of(exercise), b"volumen"), by=author)
            annual.submit_exercise(told.SubmitExercise(exercise.pk), by=author)
        with _on(year, 1, 20):
            approval = told.ApproveExercise(exercise.pk, f"Acuerdo inventado 01/{year}", dt.date(year, 1, 20))
            annual.approve_exercise(approval, by=reviewer)
        with _on(year + 1, 2, 1):
            _bring_money(volume, year, dice)
            _deliver(volume, exercise, dice, by=everywhere)
            _report(exercise, dice, by=everywhere, approved_by=deciding)


def _on(year: int, month: int, day: int) -> Any:
    return clock.rehearse(dt.datetime(year, month, day, 16, tzinfo=dt.UTC))


def _import_plan(volume: Volume) -> None:
    command = ImportPlan(
        key=volume.plan_key,
        family=FAMILY,
        generation=volume.first_year,
        kind=Plan.Kind.OWN,
        institute="demo",
        seal_notice="sello de medición, hecho el {date}; datos inventados",
        programme=founding_plan().programme,
        source=SOURCE.read_bytes(),
        identifiers={},
    )
    import_plan(command, by=Actor.system("medición"))


def _everywhere(role: str) -> Actor:
    """Somebody with that role in the whole institute, so that a batch may hold deliveries of every area."""
    name = f"medicion.{role}"
    command = RegisterAccount(name, "Cuenta de medición", "Ninguna en particular", (role,), "copal-nube-jade-12")
    register_account(command, by=Actor.system("medición"))
    return actor_named(name)


def _skewed(dice: np.random.Generator, count: int, among: int, *, shape: float = 0.7) -> Any:
    """Places from 0 to `among` - 1: the first ones most often."""
    return np.minimum(dice.pareto(shape, count), among - 1).astype(np.int64)


def _programme(volume: Volume, year: int, dice: np.random.Generator) -> AnnualFile:
    activities = tuple(_activities(volume, year, dice))
    kinds = (ProgrammeKind.INSTITUTIONAL, ProgrammeKind.SPECIFIC)
    programmes = (
        ProgrammeRow(0, year, f"P{place:02}", f"Programa de medición {place}", kinds[place % 2], False)
        for place in range(PROGRAMMES)
    )
    return AnnualFile(
        year=year,
        programmes=tuple(programmes),
        matrix=(),
        activities=activities,
        shares=tuple(share for one in activities for share in _shares(volume, one, dice)),
        goals=tuple(_goals(volume, one, dice) for one in activities),
    )


def _activities(volume: Volume, year: int, dice: np.random.Generator) -> Iterator[ActivityRow]:
    """Every programme has some; a few programmes and areas have most."""
    programmes, areas = _skewed(dice, ACTIVITIES, PROGRAMMES), _skewed(dice, ACTIVITIES, len(volume.areas), shape=0.5)
    for place in range(ACTIVITIES):
        programme = place if place < PROGRAMMES else int(programmes[place])
        area = volume.areas[0] if place == 0 else volume.areas[int(areas[place])]
        yield ActivityRow(
            row=0, year=year, key=key_of(place), programme=f"P{programme:02}", name=f"Actividad de medición {place}",
            description="", area=area, post="", unit="servicios", population="", districts=(), gender=False, rights=False,
            cumulative=True, counted=place < ACTIVITIES * COUNTED, of_people=False,
        )  # fmt: skip


def key_of(place: int) -> str:
    """The key of an activity; keys have gaps."""
    return f"V{place * 3 + 1:04}"


def _shares(volume: Volume, activity: ActivityRow, dice: np.random.Generator) -> list[ShareRow]:
    """One line, or some of them; a few lines are served by most activities, and each by some."""
    place = int(activity.key[1:]) // 3
    chosen = {place % len(volume.lines), *map(int, _skewed(dice, int(dice.integers(1, 4)), len(volume.lines)))}
    parts = [10_000 // len(chosen)] * len(chosen)
    parts[0] += 10_000 - sum(parts)
    numbers = [volume.lines[line][0] for line in sorted(chosen)]
    return [ShareRow(0, activity.year, activity.key, number, part) for number, part in zip(numbers, parts, strict=True)]


def _goals(volume: Volume, activity: ActivityRow, dice: np.random.Generator) -> GoalRow:
    """Round numbers, many of them equal; months without any. Who gives more has planned more, well or badly."""
    some = _given_monthly(volume, int(activity.key[1:]) // 3) if activity.counted else 10
    amounts = [int(dice.choice((0.5, 1, 1, 5, 10)) * some) * WHOLE if dice.random() < 0.7 else None for _ in range(12)]
    amounts[int(dice.integers(12))] = some * WHOLE
    return GoalRow(0, activity.year, activity.key, activity.unit, tuple(amounts))


def _given_monthly(volume: Volume, place: int) -> int:
    """About how many units an activity gives in a month, as `_deliveries` chooses it, to one figure."""
    last = place == int(ACTIVITIES * COUNTED) - 1
    part = (place + 1) ** -CHOSEN - (0 if last else (place + 2) ** -CHOSEN)
    about = max(1.0, part * volume.deliveries / 24 * sum(UNITS) / len(UNITS))
    tens = 10 ** int(math.log10(about))
    return math.ceil(about / tens) * tens


def _bring_money(volume: Volume, year: int, dice: np.random.Generator) -> None:
    rows = list(_entries(volume, year, dice))
    import_budget(ImportBudget(volume.plan_key, year, f"MEDICIÓN {year}", rows), by=Actor.system("medición"))


def _entries(volume: Volume, year: int, dice: np.random.Generator) -> Iterator[EntryRow]:
    """A few purses have most of the entries; cents to millions, with ties; a twentieth is undone; December has most."""
    count, activities = volume.entries // 2, dict(_of_year(volume, year).values_list("key", "programme__key"))
    keys, partidas, sources = sorted(activities), sorted(classifier().partidas), list(classifier().sources)
    columns = (
        *(_skewed(dice, count, len(one), shape=0.4) for one in (keys, volume.areas, sources, partidas)),
        dice.integers(len(MOMENTS), size=count),
        12 - _skewed(dice, count, 12),
        np.minimum(dice.pareto(0.6, count) * 100, 10**10).astype(np.int64) + 1,
    )
    for place, (key, area, source, partida, moment, month, cents) in enumerate(
        zip(*(one.tolist() for one in columns), strict=True)
    ):
        activity, signed = keys[key], -cents if place % 20 == 7 else cents
        where = (volume.areas[area], activities[activity], activity, sources[source], partidas[partida])
        yield EntryRow(year, *where, month, MOMENTS[moment], signed, f"DOC-{place % 977}")


def _of_year(volume: Volume, year: int) -> Any:
    return Activity.objects.filter(exercise__plan_key=volume.plan_key, exercise__year=year)


def _deliver(volume: Volume, exercise: Exercise, dice: np.random.Generator, *, by: Actor) -> None:
    """Batch after batch, each of its weeks and with a twentieth that comes late, of any month before."""
    keys = list(exercise.activities.filter(counted=True).order_by("key").values_list("pk", flat=True))
    size = volume.deliveries // 2 // BATCHES
    for batch in range(BATCHES):
        rows = tuple(_deliveries(volume, exercise.year, keys, 1 + batch * 12 // BATCHES, size, dice))
        annual.record_deliveries(told.RecordDeliveries(rows), by=by)


def _deliveries(
    volume: Volume, year: int, activities: Sequence[int], month: int, count: int, dice: np.random.Generator
) -> Iterator[told.DeliveryRow]:
    places = ["", *volume.offices]
    months = np.where(dice.random(count) < 0.05, dice.integers(1, month + 1, count), month)
    # An activity does nothing in one month of five, and each leaves out others: what would fall there falls on the next one.
    chosen = _skewed(dice, count, len(activities), shape=CHOSEN)
    chosen = np.where((chosen * 7 + months) % 5 == 0, (chosen + 1) % len(activities), chosen)
    days = dice.integers(1, 1 + calendar.monthrange(year, month)[1], count)
    columns = (
        *(chosen, months, days, _skewed(dice, count, len(places), shape=0.6), dice.integers(len(UNITS), size=count)),
        *(dice.poisson(mean, count) for mean in (4, 3, 0.5)),
    )
    for one, when, day, at, units, women, men, unsaid in zip(*(column.tolist() for column in columns), strict=True):
        on = dt.date(year, when, min(day, 28))
        yield told.DeliveryRow(activities[one], on, places[at], UNITS[units], women, men, unsaid)


def _report(exercise: Exercise, dice: np.random.Generator, *, by: Actor, approved_by: Actor) -> None:
    """What some activities say of each quarter; of others nobody said anything."""
    chosen = exercise.activities.filter(counted=False).order_by("key")[:REPORTED]
    for activity in chosen:
        goals = {goal.month: goal.programmed for goal in activity.goals.all()}
        for quarter in (1, 2, 3, 4):
            months = range(quarter * 3 - 2, quarter * 3 + 1)
            done = {month: int(goals.get(month, 0) * dice.choice((0.5, 1, 1, 1, 1.25))) for month in months}
            with _on(exercise.year + quarter // 4, quarter * 3 % 12 + 1, 12):
                shown = (_evidence(),) if quarter < 4 else ()
                command = told.SubmitReport(activity.pk, quarter, done, "demanda", "Se hizo lo que aquí se cuenta.", shown)
                _say(command, by, approved_by)


def _evidence() -> told.NewEvidence:
    paper = typst.compile(b"Documento inventado para medir.", format="pdf", ignore_system_fonts=True, timestamp=clock.now())
    return told.NewEvidence("Constancia inventada", files.receive(paper, also_images=False))


def _say(command: told.SubmitReport, by: Actor, approved_by: Actor) -> None:
    sent = annual.submit_report(command, by=by).result
    annual.approve_report(told.DecideReport(sent.pk), by=approved_by)
