"""Who is told of a report and of goals that change: after the commit, once; and who is reminded, when."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from calpulli.annual import actions, inputs, tallies
from calpulli.annual.models import Activity, Report, Tally
from calpulli.annual.offers import chores, desk
from calpulli.commons import clock
from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.topics import find_topic
from calpulli.notices.jobs import queue
from calpulli.notices.models import Message, Subscription
from calpulli.notices.outbox import mailbox_of
from calpulli.people.actions import change_contact
from calpulli.people.inputs import ChangeContact
from tests.annual.conftest import PLAN, YEAR, Write, on, paper
from tests.annual.test_permissions import two_roles
from tests.signing import signed_in

WHOLE_YEAR, ONE = f"annual.year:{PLAN}/{YEAR}", f"annual.activity:{PLAN}/{YEAR}/A-1"
REASON = "Falta decir en qué sede se hizo.\nBcc: x@malo.mx"


def work() -> None:
    while queue.work_one("prueba"):
        pass


@pytest.fixture(autouse=True)
def addresses(author: Actor, reviewer: Actor) -> None:
    change_contact(ChangeContact("captura@ejemplo.mx"), by=author)
    change_contact(ChangeContact("revisa@ejemplo.mx"), by=reviewer)
    work()


@pytest.fixture
def activity(write: Write, approve: Callable[[], None]) -> Activity:
    found = write("A-1", {1: 4, 2: 4, 3: 4, 9: 5})
    write("A-2", {1: 1})
    write("A-3", {6: 1})
    approve()
    return found


def follow(address: str, topic: str, *, confirmed: bool = True) -> None:
    now = clock.now()
    Subscription.objects.create(mailbox=mailbox_of(address), topic=topic, asked_at=now, confirmed_at=now if confirmed else None)


def send(activity: Activity, author: Actor, more: str = "") -> Report:
    command = inputs.SubmitReport(
        *(activity.pk, 1, {1: 4_000, 2: 4_000, 3: 1_000}, "demanda", "Hubo menos personas." + more, (paper("Lista" + more),))
    )
    return actions.submit_report(command, by=author).result


def mails(box: list[EmailMessage]) -> dict[str, EmailMessage]:
    work()
    assert len({mail.to[0] for mail in box}) == len(box), "nobody is told twice"
    found = {mail.to[0]: mail for mail in box}
    box.clear()
    return found


def test_what_may_be_followed_is_what_is_approved(write: Write, approve: Callable[[], None]) -> None:
    write("A-1", {1: 4})
    assert (find_topic(WHOLE_YEAR), find_topic(ONE)) == (None, None)
    approve()
    year, one = find_topic(WHOLE_YEAR), find_topic(ONE)
    assert year and one
    assert (year.url, one.url) == (f"/poa/{PLAN}/{YEAR}", f"/poa/{PLAN}/{YEAR}/actividad/A-1")
    wrong = (
        f"{PLAN}/{YEAR}/",
        f"{PLAN}/{YEAR}/NO",
        f"{PLAN}/0{YEAR}/A-1",
        f"{PLAN}/nada/A-1",
        f"/{YEAR}/A-1",
        "",
        "/",
        "a/b/c/d",
    )
    assert [find_topic(f"annual.activity:{item}") for item in wrong] == [None] * len(wrong)
    assert [find_topic(f"annual.year:{item}") for item in (PLAN, f"{PLAN}/²031", f"{PLAN}/1999", "")] == [None] * 4


def test_the_road_of_a_report_tells_each_person_of_her_step(
    activity: Activity, author: Actor, reviewer: Actor, mailoutbox: list[EmailMessage]
) -> None:
    follow("ana@ejemplo.mx", ONE)
    follow("ana@ejemplo.mx", WHOLE_YEAR)
    follow("luis@ejemplo.mx", WHOLE_YEAR)
    follow("otra@ejemplo.mx", f"annual.activity:{PLAN}/{YEAR}/A-2")
    follow("sin-confirmar@ejemplo.mx", ONE, confirmed=False)
    with on(4, 6):
        first = send(activity, author)
        told = mails(mailoutbox)
        assert set(told) == {"revisa@ejemplo.mx"}
        assert told["revisa@ejemplo.mx"].subject == f"Por revisar: el reporte de A-1, primer trimestre de {YEAR}"
        assert f"/mesa/poa/actividad/{activity.pk}/trimestre/1" in told["revisa@ejemplo.mx"].body
    with on(4, 7):
        actions.return_report(inputs.ReturnReport(first.pk, REASON), by=reviewer)
        told = mails(mailoutbox)
        assert set(told) == {"captura@ejemplo.mx"}
        assert told["captura@ejemplo.mx"].recipients() == ["captura@ejemplo.mx"]
        assert "Falta decir en qué sede" in told["captura@ejemplo.mx"].body
    with on(4, 8):
        second = send(activity, author, " Sede norte.")
        assert set(mails(mailoutbox)) == {"revisa@ejemplo.mx"}
    with on(4, 9):
        actions.approve_report(inputs.DecideReport(second.pk), by=reviewer)
        told = mails(mailoutbox)
    assert set(told) == {"ana@ejemplo.mx", "luis@ejemplo.mx"}
    assert "se hicieron 9 de 12 talleres" in told["ana@ejemplo.mx"].body
    assert f"/poa/{PLAN}/{YEAR}/actividad/A-1" in told["ana@ejemplo.mx"].body
    assert "Persona" not in told["ana@ejemplo.mx"].body, "who sent it and who approved it are of nobody else"


def test_who_counted_is_neither_written_to_nor_asked_to_decide(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor, mailoutbox: list[EmailMessage]
) -> None:
    """Mail, desk, page and act give the same answer."""
    counted = write("A-1", {1: 4}, counted=True)
    approve()
    page = f"/mesa/poa/actividad/{counted.pk}/trimestre/1"
    with on(4, 5), two_roles() as both:
        change_contact(ChangeContact("ambas@ejemplo.mx"), by=both)
        row = inputs.DeliveryRow(counted.pk, clock.today().replace(month=1), "distrito-01", 4)
        actions.record_deliveries(inputs.RecordDeliveries((row,)), by=both)
        mails(mailoutbox)
        sent = actions.submit_report(inputs.SubmitReport(counted.pk, 1, {}), by=author).result
        assert set(mails(mailoutbox)) == {"revisa@ejemplo.mx"}
        found = {who.ref: [one.mine for one in desk.tasks(who) if one.key.endswith(".A-1.1")] for who in (reviewer, both)}
        assert found == {reviewer.ref: [True], both.ref: []}
        assert 'id="decision"' in signed_in("revision").get(page).content.decode()
        assert 'id="decision"' not in signed_in("dos.funciones").get(page).content.decode()
        assert signed_in("dos.funciones").post(page, {"step": "approve"}).status_code == 404
        with pytest.raises(Refused, match="Usted registró o retiró entregas de «A-1»"):
            actions.approve_report(inputs.DecideReport(sent.pk), by=both)
        assert signed_in("revision").post(page, {"step": "approve"}).status_code == 302


def test_a_correction_that_is_returned_has_no_term_in_its_mail_either(
    activity: Activity, author: Actor, reviewer: Actor, mailoutbox: list[EmailMessage]
) -> None:
    with on(4, 6):
        actions.approve_report(inputs.DecideReport(send(activity, author).pk), by=reviewer)
        mails(mailoutbox)
    with on(8, 3):
        said = inputs.SubmitReport(activity.pk, 1, {1: 4_000, 2: 4_000, 3: 2_000}, "demanda", "Hubo menos personas.")
        wrong = actions.correct_report(inputs.CorrectReport(said, "Se contó mal marzo."), by=author).result
        mails(mailoutbox)
        actions.return_report(inputs.ReturnReport(wrong.pk, REASON), by=reviewer)
        body = mails(mailoutbox)["captura@ejemplo.mx"].body
    assert "Es una corrección de un reporte aprobado: no tiene plazo" in body
    assert "El plazo para enviarlo" not in body


def test_goals_that_change_are_told_with_the_reason_and_those_refused_are_not(
    activity: Activity, author: Actor, reviewer: Actor, mailoutbox: list[EmailMessage]
) -> None:
    follow("ana@ejemplo.mx", ONE)
    with on(5, 4):
        command = inputs.ProposeAdjustment(activity.pk, {9: 3_000}, "Se cerró una sede en septiembre.")
        waiting = actions.propose_adjustment(command, by=author).result
        assert mails(mailoutbox) == {}
        actions.refuse_adjustment(inputs.DecideAdjustment(waiting.pk, "Puede hacerse en la otra."), by=reviewer)
        assert mails(mailoutbox) == {}
        again = actions.propose_adjustment(command, by=author).result
        actions.approve_adjustment(inputs.DecideAdjustment(again.pk), by=reviewer)
        told = mails(mailoutbox)
    assert set(told) == {"ana@ejemplo.mx"}
    assert told["ana@ejemplo.mx"].subject == f"Cambiaron metas: actividad A-1, {YEAR}"
    assert "Se cerró una sede en septiembre." in told["ana@ejemplo.mx"].body


def reminded(month: int, day: int) -> list[tuple[str, str]]:
    """The new reminders of the year of these tests on that day."""
    before = set(Message.objects.values_list("pk", flat=True))
    with on(month, day):
        chores.remind()
        chores.remind()  # run again, it says nothing twice
    found = Message.objects.exclude(pk__in=before).filter(kind="annual.due", subject__contains=str(YEAR))
    return [(one.mailbox.address, one.subject) for one in found]


def test_an_area_is_reminded_before_its_term_and_once_when_it_is_late(activity: Activity, author: Actor, reviewer: Actor) -> None:
    """By hand: the first quarter ends on 31/03, and its reports are due within 20 days: on 20/04."""
    due, late = ("captura@ejemplo.mx", f"Vence el 20/04/{YEAR}: reportes de actividades, primer trimestre de {YEAR}"), "Atrasado"
    assert reminded(3, 31) == []
    assert reminded(4, 9) == []
    assert reminded(4, 10) == [due]
    assert reminded(4, 12) == []
    assert reminded(4, 17) == [due]
    assert reminded(4, 20) == [due]
    [(address, subject)] = reminded(4, 22)
    assert (address, subject.split(":")[0]) == ("captura@ejemplo.mx", late)
    assert reminded(4, 30) == []
    assert reminded(6, 20) == []


def test_a_reminder_names_what_is_missing_and_not_what_was_sent(activity: Activity, author: Actor) -> None:
    with on(4, 6):
        send(activity, author)
    [_told] = reminded(4, 10)
    body = Message.objects.filter(kind="annual.due", subject__contains=str(YEAR)).latest("made_at").body
    assert "- A-2 Actividad A-2" in body
    assert "A-1" not in body, "it was sent"
    assert "A-3" not in body, "it has no goal in the quarter"


def test_nothing_is_said_when_all_was_sent(activity: Activity, author: Actor) -> None:
    with on(4, 6):
        send(activity, author)
        other = Activity.objects.get(exercise__year=YEAR, key="A-2")
        command = inputs.SubmitReport(other.pk, 1, {1: 1_000, 2: 0, 3: 0}, attach=(paper(),))
        actions.submit_report(command, by=author)
    assert reminded(4, 10) == []


def test_tallies_that_say_something_else_are_told_loudly_and_counted_again(
    write: Write, approve: Callable[[], None], author: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    activity = write("A-9", {1: 9}, counted=True)
    approve()
    with on(2, 3):
        row = inputs.DeliveryRow(activity.pk, clock.today().replace(month=1, day=15), "distrito-01", 3, 10, 5, 0)
        actions.record_deliveries(inputs.RecordDeliveries((row,)), by=author)
    with caplog.at_level(logging.ERROR):
        assert chores.recount() == 0
    assert caplog.records == []
    Tally.objects.filter(of=activity).update(units=4)
    with caplog.at_level(logging.ERROR):
        assert chores.recount() == 1
    [said] = caplog.records
    assert said.levelno == logging.ERROR
    assert "distrito-01" in said.getMessage()
    assert Tally.objects.get(of=activity).units == 3
    assert tallies.differences() == []
