"""An exercise of one's own, small enough to be worked by hand: the year after the demonstration's, of a plan that has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import pytest

from calpulli.annual import actions, inputs
from calpulli.annual.models import Activity, Exercise
from calpulli.commons import clock, files
from calpulli.commons.act import Actor
from calpulli.people.doors import actor_named

YEAR = 2031
PLAN = "demo-2026"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def on(month: int, day: int, year: int = YEAR) -> AbstractContextManager[None]:
    """That day, at noon of the institute."""
    return clock.rehearse(dt.datetime(year, month, day, 18, tzinfo=dt.UTC))


def paper(title: str = "Constancia") -> inputs.NewEvidence:
    """A file that a person brings."""
    return inputs.NewEvidence(title, files.receive(PNG, also_images=True))


@pytest.fixture
def author(db: None) -> Actor:
    return actor_named("area")


@pytest.fixture
def reviewer(db: None) -> Actor:
    return actor_named("revision")


@pytest.fixture
def draft(author: Actor) -> Exercise:
    with on(1, 5):
        exercise = actions.open_exercise(inputs.OpenExercise(PLAN, YEAR), by=author).result
        actions.write_programme(inputs.WriteProgramme(exercise.pk, "01", "Uno", "institutional"), by=author)
    return exercise


Write = Callable[..., Activity]


@pytest.fixture
def write(draft: Exercise, author: Actor) -> Write:
    """Writes an activity in the draft: talleres of the Secretaría Administrativa, unless something else is said."""

    def written(key: str, goals: Mapping[int, int], **more: Any) -> Activity:
        shares = more.pop("shares", {"linea-1.1": 10_000})
        told = {"programme": "01", "name": f"Actividad {key}", "area": "secretaria-administrativa", "unit": "talleres"}
        said: dict[str, Any] = {**told, "of_people": False, **more}
        thousandths = {month: amount * 1_000 for month, amount in goals.items()}
        command = inputs.WriteActivity(draft.pk, key=key, goals=thousandths, shares=shares, **said)
        return actions.write_activity(command, by=author).result

    return written


@pytest.fixture
def approve(draft: Exercise, author: Actor, reviewer: Actor) -> Callable[[], None]:
    """Sends the draft to review and approves it."""

    def approved() -> None:
        with on(1, 20):
            actions.submit_exercise(inputs.SubmitExercise(draft.pk), by=author)
            command = inputs.ApproveExercise(draft.pk, "Acuerdo 1", dt.date(YEAR, 1, 20))
            actions.approve_exercise(command, by=reviewer)

    return approved
