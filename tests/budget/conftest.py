"""The demo's annual programme without its money, and who may do what with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from calpulli.budget import queries
from calpulli.budget.inputs import EntryRow
from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.people.doors import actor_named


@pytest.fixture
def programme(fresh_budget: None) -> queries.YearProgramme:
    found = queries.programme_of(YEAR)
    assert found is not None
    return found


YEAR = 2097


@pytest.fixture
def december() -> Iterator[None]:
    """When every month of the year has come."""
    with clock.rehearse(dt.datetime(YEAR, 12, 15, 18, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def fresh_budget(db: None, december: None) -> None:
    """An approved annual programme of a year without a single entry: two activities, of which one serves three lines."""
    from calpulli.annual.models import Activity, Exercise, Goal, Programme, Share
    from calpulli.commons.act import Action, Work
    from calpulli.planning.doors import plan_in_force

    plan = plan_in_force()
    assert plan is not None

    def open_it(work: Work, plan_key: str) -> None:
        exercise = work.add(Exercise(plan_key=plan_key, year=YEAR, state="approved", invented="Prueba."))
        programme = work.add(Programme(exercise=exercise, key="P1", name="Programa de prueba", kind="institutional"))
        for key, area in (("A-1", "secretaria-administrativa"), ("A-2", "direccion-educacion")):
            one = work.add(
                Activity(exercise=exercise, programme=programme, key=key, name=f"Actividad {key}", area=area, unit="talleres")
            )
            for month in (1, 2, 3):
                work.add(Goal(activity=one, month=month, programmed=10_000))
            parts = (3_334, 3_333, 3_333) if key == "A-1" else (10_000,)
            for line, share in zip(plan.lines, parts, strict=False):
                work.add(Share(activity=one, line=line.identifier, share=share))

    Action("annual.exercise_approved", lambda actor: True, open_it)(plan.key, by=Actor.system("prueba"))  # type: ignore[arg-type]


@pytest.fixture
def author() -> Actor:
    return actor_named("area")


@pytest.fixture
def reviewer() -> Actor:
    return actor_named("revision")


def drafted(programme: queries.YearProgramme) -> None:
    """The annual programme of the year as one that nobody approved."""
    from calpulli.annual.models import Exercise
    from calpulli.commons.act import Action, Work

    def back(work: Work, plan_key: str) -> None:
        exercise = Exercise.objects.get(plan_key=plan_key, year=YEAR)
        exercise.state = Exercise.State.DRAFT
        work.save(exercise)

    Action("annual.tested", lambda actor: True, back)(programme.plan_key, by=Actor.system("prueba"))  # type: ignore[arg-type]


def row(**more: object) -> EntryRow:
    """An entry that is right, but for what is said."""
    told = {
        **{"year": YEAR, "area": "secretaria-administrativa", "programme": "P1", "activity": "A-1"},
        **{"source": "recursos-fiscales", "partida": "2111", "month": 1, "moment": "approved", "cents": 100_000},
        **{"document": "D-1"},
    }
    return EntryRow(**{**told, **more})  # type: ignore[arg-type]
