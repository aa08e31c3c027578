"""What waits for whom, which periods are listed, and which due dates bind."""

from __future__ import annotations

import datetime as dt

import pytest

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.planning import queries
from calpulli.planning.actions import (
    open_erratum,
    open_period,
    publish_edition,
    return_edition,
    seal_edition,
    submit_edition,
)
from calpulli.planning.inputs import CaptureEdition, OpenErratum, OpenPeriod, PublishEdition, ReturnEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli.planning.pages.tasks import Task, tasks_of
from calpulli_core.formats.record import Captured

OWN, REFERENCE = "demo-2026", "iecm-2023"
CAPTURED = Captured(updated_on=dt.date(2031, 6, 30))


def titles(tasks: list[Task]) -> list[str]:
    """The tasks of the test's own quarter; those of the seed are of other years."""
    return [task.title for task in tasks if "2031" in task.title]


def send(edition: Edition, author: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, CAPTURED), by=author)


def publish(edition: Edition, author: Actor, reviewer: Actor) -> None:
    send(edition, author)
    seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10)), by=reviewer)
    publish_edition(PublishEdition(edition.pk), by=reviewer)


def test_each_step_waits_for_one_of_the_two(edition: Edition, author: Actor, reviewer: Actor) -> None:
    def of(actor: Actor) -> tuple[list[str], list[str]]:
        mine, others = tasks_of(actor)
        return titles(mine), titles(others)

    opening = ["Abrir el primer trimestre de 2031"]
    assert of(author) == ([*opening, "Capturar el segundo trimestre de 2031"], [])
    assert of(reviewer) == ([], ["Segundo trimestre de 2031"])
    send(edition, author)
    assert of(author) == (opening, ["Segundo trimestre de 2031"])
    assert of(reviewer) == (["Revisar el segundo trimestre de 2031"], [])
    return_edition(ReturnEdition(edition.pk, "Falta la dirección del programa."), by=reviewer)
    assert of(author) == ([*opening, "Corregir el segundo trimestre de 2031"], [])
    send(edition, author)
    seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10)), by=reviewer)
    assert "Publicar el segundo trimestre de 2031" in of(author)[0]
    assert of(reviewer) == (["Publicar el segundo trimestre de 2031"], [])


def test_a_returned_edition_says_why(edition: Edition, author: Actor, reviewer: Actor) -> None:
    send(edition, author)
    return_edition(ReturnEdition(edition.pk, "Falta 100 % del dato."), by=reviewer)
    [task] = [task for task in tasks_of(author)[0] if task.url and "2031" in task.title]
    assert "«Falta 100 % del dato.»" in task.hint
    assert (task.state, task.state_label) == ("returned", "Devuelto")


def test_tasks_come_by_due_date_and_say_how_late_they_are(edition: Edition, author: Actor) -> None:
    mine, _ = tasks_of(author)
    assert [task.due_on for task in mine] == sorted(task.due_on for task in mine)
    # 45 natural days after 30/06/2031; today is 10/07/2031.
    [task] = [task for task in mine if task.title == "Capturar el segundo trimestre de 2031"]
    assert (task.due, task.late) == ("Plazo: 14/08/2031, faltan 35 días", False)
    with clock.rehearse(dt.datetime(2031, 8, 15, 18, tzinfo=dt.UTC)):
        [task] = [task for task in tasks_of(author)[0] if task.title == "Capturar el segundo trimestre de 2031"]
        assert (task.due, task.late) == ("Plazo: 14/08/2031, venció hace 1 día", True)


def test_an_erratum_has_no_due_date_of_its_own(edition: Edition, author: Actor, reviewer: Actor) -> None:
    publish(edition, author, reviewer)
    with clock.rehearse(dt.datetime(2031, 12, 1, 18, tzinfo=dt.UTC)):
        erratum = open_erratum(OpenErratum(edition.pk, "La dirección estaba mal."), by=author).result
        [task] = [task for task in tasks_of(author)[0] if task.title == "Capturar la corrección del segundo trimestre de 2031"]
        assert (task.due, task.late) == ("Fe de erratas: no tiene plazo propio", False)
        period = queries.find_period(OWN, "2031-Q2")
        assert period is not None
        assert period.standing == "publicado a término", "the period's standing is that of its first edition"
        view = queries.find_edition(erratum.pk)
        assert view is not None
        assert not view.is_bound


def test_a_reference_plan_is_never_called_late(author: Actor) -> None:
    plan = queries.find_plan(REFERENCE)
    assert plan is not None
    told = {period.standing for period in queries.calendar_of(plan)}
    assert told == {"de referencia: el plazo era de su instituto"}


@pytest.mark.usefixtures("db")
def test_the_calendar_has_every_period_that_has_begun_once_newest_first() -> None:
    plan = queries.find_plan(OWN)
    assert plan is not None
    assert plan.in_force
    with clock.rehearse(dt.datetime(2027, 5, 20, 18, tzinfo=dt.UTC)):
        codes = [period.code for period in queries.calendar_of(plan) if period.code[:4] in ("2026", "2027")]
    assert codes == ["2027", "2027-Q2", "2027-Q1", "2026", "2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]


def test_a_reference_plan_has_the_year_that_it_tells_and_no_later_one(author: Actor) -> None:
    plan = queries.find_plan(REFERENCE)
    assert plan is not None
    assert [period.code for period in queries.calendar_of(plan)] == ["2023", "2023-Q4", "2023-Q3", "2023-Q2", "2023-Q1"]


def test_a_period_opened_elsewhere_is_in_the_calendar(july: dt.date, author: Actor) -> None:
    open_period(OpenPeriod(REFERENCE, "2024-Q2"), by=author)
    plan = queries.find_plan(REFERENCE)
    assert plan is not None
    states = {period.code: bool(period.editions) for period in queries.calendar_of(plan)}
    assert states["2024-Q2"]
    assert not states["2024-Q1"]
