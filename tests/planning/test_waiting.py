"""What waits for whom, which periods are listed, and which due dates bind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import Step, Task
from calpulli.people.pages.gathering import Waiting, by_due_date, waiting_for
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
from calpulli.planning.offers import desk
from calpulli_core.formats.captured import Captured

OWN, REFERENCE = "demo-2026", "iecm-2023"
CAPTURED = Captured(updated_on=dt.date(2031, 6, 30))


def titles(tasks: list[Task]) -> list[str]:
    """The tasks of the test's own quarter; those of the seed are of other years."""
    return [task.what for task in tasks if "2031" in task.what]


def mine(actor: Actor) -> list[Task]:
    """As the desk shows them: by due date."""
    return by_due_date(task for task in desk.tasks(actor) if task.mine)


def others(actor: Actor) -> list[Task]:
    return by_due_date(task for task in desk.tasks(actor) if not task.mine)


def send(edition: Edition, author: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, CAPTURED), by=author)


def publish(edition: Edition, author: Actor, reviewer: Actor) -> None:
    send(edition, author)
    seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10)), by=reviewer)
    publish_edition(PublishEdition(edition.pk), by=reviewer)


def test_each_step_waits_for_one_of_the_two(edition: Edition, author: Actor, reviewer: Actor) -> None:
    def of(actor: Actor) -> tuple[list[str], list[str]]:
        return titles(mine(actor)), titles(others(actor))

    opening = ["Abrir el primer trimestre de 2031"]
    assert of(author) == ([*opening, "Capturar el segundo trimestre de 2031"], [])
    # Overdue since 15/05/2031 and opened by nobody: whoever reviews sees it too, in the hands of whoever opens it.
    assert of(reviewer) == ([], [*opening, "Capturar el segundo trimestre de 2031"])
    send(edition, author)
    assert of(author) == (opening, ["Revisar el segundo trimestre de 2031"])
    assert of(reviewer) == (["Revisar el segundo trimestre de 2031"], opening)
    return_edition(ReturnEdition(edition.pk, "Falta la dirección del programa."), by=reviewer)
    assert of(author) == ([*opening, "Corregir el segundo trimestre de 2031"], [])
    send(edition, author)
    seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10)), by=reviewer)
    assert "Publicar el segundo trimestre de 2031" in of(author)[0]
    assert of(reviewer) == (["Publicar el segundo trimestre de 2031"], opening)


def test_the_oldest_due_date_comes_first_also_before_what_one_began(edition: Edition, author: Actor, reviewer: Actor) -> None:
    first = open_period(OpenPeriod("demo-2026", "2031-Q1"), by=author).result
    for one in (first, edition):
        submit_edition(CaptureEdition(one.pk, CAPTURED.but(updated_on=one.period.span.ends_on)), by=author)
    assert titles(list(waiting_for(reviewer).mine)) == [
        "Revisar el primer trimestre de 2031",
        "Revisar el segundo trimestre de 2031",
    ]
    seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10)), by=reviewer)
    mine = waiting_for(reviewer)
    assert titles(list(mine.mine)) == ["Revisar el primer trimestre de 2031", "Publicar el segundo trimestre de 2031"]
    assert "Usted lo aprobó y selló: falta publicarlo." in mine.mine[1].about
    assert mine.order == "por fecha de vencimiento; al final, lo que no tiene fecha"
    assert not waiting_for(author).mine[0].begun, "it was not she who sealed it"
    return_edition(ReturnEdition(first.pk, "Falta la dirección del programa."), by=reviewer)
    hers = [told for told in titles(list(waiting_for(author).mine)) if "2031" in told]
    assert hers[0] == "Corregir el primer trimestre de 2031"


def test_what_was_begun_comes_first_of_its_day_alone() -> None:
    step, early, late = Step("/"), dt.date(2031, 1, 1), dt.date(2031, 2, 1)
    days = {"a": None, "b": None, "c": late, "d": late, "e": early}
    tasks = [Task(key, "", "", step, "open", "", "", due_on=day, begun=key in "bd") for key, day in days.items()]
    assert "".join(task.key for task in by_due_date(tasks)) == "edcba"


def test_what_has_no_due_date_is_said_to_come_last() -> None:
    step = Step("/")
    dated, undated = (Task(str(day), "", "", step, "open", "", "", due_on=day) for day in (dt.date(2031, 1, 1), None))
    assert Waiting((dated, replace(dated, key="b")), ()).order == "por fecha de vencimiento"
    assert Waiting((dated, undated), ()).order == "por fecha de vencimiento; al final, lo que no tiene fecha"
    assert Waiting((dated,), ()).order == ""


def test_an_overdue_period_that_nobody_opened_is_seen_with_who_must_act(july: dt.date, reviewer: Actor) -> None:
    [task] = [task for task in others(reviewer) if task.what == "Abrir el primer trimestre de 2031"]
    assert (task.mine, task.area, task.standing) == (False, "Secretaría Administrativa", "venció hace 56 días")
    with clock.rehearse(dt.datetime(2031, 5, 15, 18, tzinfo=dt.UTC)):
        assert "Abrir el primer trimestre de 2031" not in titles(others(reviewer)), "it is due today: not late yet"


def test_a_returned_edition_says_why(edition: Edition, author: Actor, reviewer: Actor) -> None:
    send(edition, author)
    return_edition(ReturnEdition(edition.pk, "Falta 100 % del dato."), by=reviewer)
    [task] = [task for task in mine(author) if not task.step.sends and "2031" in task.what]
    assert "«Falta 100 % del dato.»" in task.about
    assert (task.state, task.state_label) == ("returned", "Devuelto")


CAPTURE = "Capturar el segundo trimestre de 2031"


def test_tasks_come_by_due_date_and_say_how_late_they_are(edition: Edition, author: Actor) -> None:
    found = [task.due_on for task in mine(author)]
    assert len(found) > 2
    assert found == sorted(found, key=lambda day: day or dt.date.max)
    # 45 natural days after 30/06/2031; today is 10/07/2031.
    [task] = [task for task in mine(author) if task.what == CAPTURE]
    assert (task.due_on, task.standing, task.is_late(clock.today())) == (dt.date(2031, 8, 14), "faltan 35 días", False)
    assert task.proof_url == "/registros/demo-2026/2031-Q2/plazo"
    with clock.rehearse(dt.datetime(2031, 8, 15, 18, tzinfo=dt.UTC)):
        [task] = [task for task in mine(author) if task.what == CAPTURE]
        assert (task.standing, task.is_late(clock.today())) == ("venció hace 1 día", True)


def test_an_erratum_has_no_due_date_of_its_own(edition: Edition, author: Actor, reviewer: Actor) -> None:
    publish(edition, author, reviewer)
    with clock.rehearse(dt.datetime(2031, 12, 1, 18, tzinfo=dt.UTC)):
        erratum = open_erratum(OpenErratum(edition.pk, "La dirección estaba mal."), by=author).result
        [task] = [task for task in mine(author) if task.what == "Capturar la corrección del segundo trimestre de 2031"]
        assert (task.due_on, task.standing) == (None, "fe de erratas: no tiene plazo propio")
        period = queries.find_period(OWN, "2031-Q2")
        assert period is not None
        assert period.standing == "publicado a tiempo", "the period's standing is that of its first edition"
        view = queries.find_edition(erratum.pk)
        assert view is not None
        assert not view.is_bound


def test_a_task_says_in_whose_hands_it_is_and_since_when(edition: Edition, author: Actor, reviewer: Actor) -> None:
    [task] = [task for task in mine(author) if task.what == CAPTURE]
    assert (task.area, task.since) == ("Secretaría Administrativa", dt.date(2031, 7, 10))
    with clock.rehearse(dt.datetime(2031, 7, 12, 18, tzinfo=dt.UTC)):
        send(edition, author)
    with clock.rehearse(dt.datetime(2031, 7, 15, 18, tzinfo=dt.UTC)):
        [task] = [task for task in mine(reviewer) if task.what == "Revisar el segundo trimestre de 2031"]
        assert task.since == dt.date(2031, 7, 12)
        return_edition(ReturnEdition(edition.pk, "Falta la dirección del programa."), by=reviewer)
        [task] = [task for task in mine(author) if task.what == "Corregir el segundo trimestre de 2031"]
        assert task.since == dt.date(2031, 7, 15)


def test_the_obligation_keeps_its_key_through_its_steps(july: dt.date, author: Actor, reviewer: Actor) -> None:
    def keys(actor: Actor) -> set[str]:
        return {task.key for task in desk.tasks(actor) if task.key.endswith("2031-Q2")}

    with clock.rehearse(dt.datetime(2031, 7, 1, 18, tzinfo=dt.UTC)):
        unopened = keys(author)
    edition = open_period(OpenPeriod(OWN, "2031-Q2"), by=author).result
    opened = keys(author)
    send(edition, author)
    assert unopened == opened == keys(reviewer) == {"planning.record.demo-2026.2031-Q2"}


def test_due_dates_come_before_there_is_anything_to_do(july: dt.date, author: Actor) -> None:
    """In July of 2031 the third quarter runs: its record is due 45 natural days after 30/09/2031."""
    coming = {date.key.rpartition(".")[2]: date.on for date in desk.coming(author, july)}
    assert coming["2031-Q3"] == dt.date(2031, 11, 14)
    assert coming["2031-Q2"] == dt.date(2031, 8, 14)
    assert min(coming.values()) >= july
    assert list(desk.coming(Actor("cuenta:nadie", account="0"), july)) == []


def test_a_reference_plan_is_never_called_late(author: Actor) -> None:
    plan = queries.find_plan(REFERENCE)
    assert plan is not None
    told = {period.standing for period in queries.calendar_of(plan)}
    assert told == {"es de referencia: su plazo no se cuenta aquí"}


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
