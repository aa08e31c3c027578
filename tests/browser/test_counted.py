"""What people's tasks cost them, in actions and typed fields: each is walked as a person would, and may not cost more."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.sites import Site
from tests.browser.walking import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILE = Path(__file__).with_name("counted.toml")
MOST_TO_APPROVE = 3
PHONE = {"width": 360, "height": 740}
FIELDS = {"name", "as", "steps", "ends", "actions", "fields"}


@dataclass(frozen=True)
class Counted:
    """A task, with the most that it may cost."""

    name: str
    steps: tuple[dict[str, str], ...]
    ends: str
    actions: int
    fields: int
    account: str = ""


def load() -> list[Counted]:
    """The tasks of the file; ValueError for a word that it does not know."""
    return [_task(told) for told in tomllib.loads(FILE.read_text("utf-8"))["task"]]


def _task(told: dict[str, Any]) -> Counted:
    if unknown := set(told) - FIELDS:
        raise ValueError(f"{told['name']}: {unknown}")
    steps = tuple(told["steps"])
    return Counted(told["name"], steps, told["ends"], told["actions"], told["fields"], told.get("as", ""))


TASKS = load()


@pytest.fixture(scope="module")
def people(chromium: Browser, walked: Site) -> Iterator[dict[str, Person]]:
    """By account, the empty name for whoever has none; each signed in once, before anything is counted."""
    contexts = {name: chromium.new_context(viewport=PHONE, locale="es-MX") for name in {task.account for task in TASKS}}
    found = {name: Person(context.new_page(), walked) for name, context in contexts.items()}
    for name, person in found.items():
        person.page.set_default_timeout(15_000)
        if name:
            person.signs_in(name)
    yield found
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_task_costs_no_more_than_it_did(people: dict[str, Person], task: Counted) -> None:
    person = people[task.account]
    person.goes("/mesa" if task.account else "/")
    person.start()
    kept = b""
    for step in task.steps:
        kept = take(person, step, kept)
    person.page.get_by_text(task.ends).first.wait_for()
    print(f"{task.name}: {person.clicks} acciones, {len(person.typed)} campos")
    assert (person.clicks, len(person.typed)) == (task.actions, task.fields), "lower the maximum, or make the page cost less"


def take(person: Person, step: dict[str, str], kept: bytes) -> bytes:
    """Takes one step, counted; gives the file that the person has."""
    within = step.get("within", "main")
    match step:
        case {"follow": label}:
            person.follows(label, within=within)
        case {"press": label}:
            person.presses(label, within=within)
        case {"unfold": label}:
            person.unfolds(label)
        case {"type": field, "with": text}:
            person.types(field, text)
        case {"touch": place}:
            person.touches(place)
        case {"keep": label}:
            return person.keeps(label)
        case {"choose": place}:
            person.chooses(place, kept)
        case _:
            raise ValueError(step)
    return kept


def test_approving_takes_three_clicks_at_most() -> None:
    """Asked of the project, and not ours to raise."""
    [task] = [task for task in TASKS if task.name == "aprobar un trimestre"]
    assert task.actions <= MOST_TO_APPROVE
    assert task.fields == 0
