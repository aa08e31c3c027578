"""Who is told of what happens to a record: after the commit, once, and never of what was undone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.notices.jobs import queue
from calpulli.notices.models import Message, Subscription
from calpulli.notices.outbox import mailbox_of
from calpulli.people.actions import change_contact
from calpulli.people.inputs import ChangeContact
from calpulli.planning import actions, inputs
from calpulli.planning.models import Edition
from calpulli.planning.offers import chores
from calpulli_core.calendars.reminders import stage
from calpulli_core.formats.captured import Captured

CAPTURED = Captured(updated_on=dt.date(2031, 7, 1), note="Nota.")
RECORDS = "planning.records:demo-2026"


def work() -> int:
    done = 0
    while queue.work_one("prueba"):
        done += 1
    return done


@pytest.fixture(autouse=True)
def nothing_waits(db: None) -> None:
    work()


@pytest.fixture
def addresses(author: Actor, reviewer: Actor) -> None:
    change_contact(ChangeContact("captura@ejemplo.mx"), by=author)
    change_contact(ChangeContact("revisa@ejemplo.mx"), by=reviewer)


@pytest.fixture
def in_review(edition: Edition, author: Actor, addresses: None) -> Edition:
    return actions.submit_edition(inputs.CaptureEdition(edition.pk, CAPTURED), by=author).result


@pytest.fixture
def sealed(in_review: Edition, reviewer: Actor, july: dt.date) -> Edition:
    return actions.seal_edition(inputs.SealEdition(in_review.pk, july), by=reviewer).result


def follow(address: str, topic: str = RECORDS, *, confirmed: bool = True) -> None:
    now = clock.now()
    Subscription.objects.create(mailbox=mailbox_of(address), topic=topic, asked_at=now, confirmed_at=now if confirmed else None)


def sent_to(box: list[EmailMessage]) -> list[str]:
    work()
    return sorted(mail.to[0] for mail in box)


def test_who_reviews_is_told_that_something_was_submitted(in_review: Edition, mailoutbox: list[EmailMessage]) -> None:
    assert sent_to(mailoutbox) == ["revisa@ejemplo.mx"]
    assert mailoutbox[0].subject == "Por revisar: el segundo trimestre de 2031 del programa 2026"
    assert f"/mesa/edicion/{in_review.pk}" in mailoutbox[0].body
    assert "14/08/2031" in mailoutbox[0].body


def test_the_author_is_told_why_it_was_returned(in_review: Edition, reviewer: Actor, mailoutbox: list[EmailMessage]) -> None:
    work()
    mailoutbox.clear()
    actions.return_edition(inputs.ReturnEdition(in_review.pk, "Falta la liga.\nBcc: x@malo.mx"), by=reviewer)
    assert sent_to(mailoutbox) == ["captura@ejemplo.mx"]
    assert "Falta la liga." in mailoutbox[0].body
    assert mailoutbox[0].recipients() == ["captura@ejemplo.mx"]


def test_followers_are_told_of_a_publication_once_each(sealed: Edition, reviewer: Actor, mailoutbox: list[EmailMessage]) -> None:
    work()
    mailoutbox.clear()
    follow("ana@ejemplo.mx")
    follow("ana@ejemplo.mx", "planning.line:demo-2026/1.3")
    follow("luis@ejemplo.mx", "planning.line:demo-2026/2.1")
    follow("sin-confirmar@ejemplo.mx", confirmed=False)
    follow("otro-plan@ejemplo.mx", "planning.records:iecm-2023")
    actions.publish_edition(inputs.PublishEdition(sealed.pk), by=reviewer)
    assert mailoutbox == []
    assert sent_to(mailoutbox) == ["ana@ejemplo.mx", "captura@ejemplo.mx", "luis@ejemplo.mx"]
    ana = next(mail for mail in mailoutbox if mail.to == ["ana@ejemplo.mx"])
    assert "/registros/demo-2026/2031-Q2" in ana.body
    assert ana.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert work() == 0


def test_a_publication_that_was_undone_tells_nobody(sealed: Edition, reviewer: Actor, mailoutbox: list[EmailMessage]) -> None:
    work()
    mailoutbox.clear()
    follow("ana@ejemplo.mx")
    before = Message.objects.count()
    with transaction.atomic():
        actions.publish_edition(inputs.PublishEdition(sealed.pk), by=reviewer)
        transaction.set_rollback(True)
    assert (sent_to(mailoutbox), Message.objects.count()) == ([], before)


def test_an_erratum_is_told_with_its_reason(
    sealed: Edition, author: Actor, reviewer: Actor, july: dt.date, mailoutbox: list[EmailMessage]
) -> None:
    actions.publish_edition(inputs.PublishEdition(sealed.pk), by=reviewer)
    work()
    mailoutbox.clear()
    follow("ana@ejemplo.mx")
    erratum = actions.open_erratum(inputs.OpenErratum(sealed.pk, "La nota decía otra cosa."), by=author).result
    command = inputs.CaptureEdition(erratum.pk, Captured(updated_on=july, note="Otra."))
    actions.submit_edition(command, by=author)
    actions.seal_edition(inputs.SealEdition(erratum.pk, july), by=reviewer)
    actions.publish_edition(inputs.PublishEdition(erratum.pk), by=author)
    work()
    [ana] = [mail for mail in mailoutbox if mail.to == ["ana@ejemplo.mx"]]
    assert ana.subject.startswith("Corrección: ")
    assert "La nota decía otra cosa." in ana.body


# -- reminders: the second quarter of 2031 is due 45 natural days after it ends, on 14/08/2031 -----------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2031, 8, 3), ""),
        (dt.date(2031, 8, 4), "10"),
        (dt.date(2031, 8, 8), "10"),
        (dt.date(2031, 8, 11), "3"),
        (dt.date(2031, 8, 13), "1"),
        (dt.date(2031, 8, 14), "1"),
        (dt.date(2031, 8, 15), "late"),
        (dt.date(2031, 9, 13), "late"),
        (dt.date(2031, 9, 14), ""),
    ],
)
def test_which_reminder_belongs_to_a_day(day: dt.date, expected: str) -> None:
    assert stage(dt.date(2031, 8, 14), day) == expected


def test_who_must_act_is_reminded_once_before_and_once_when_it_is_late(in_review: Edition) -> None:
    told: dict[str, list[str]] = {}
    for day in ("2031-08-03", "2031-08-04", "2031-08-05", "2031-08-12", "2031-08-16", "2031-08-20"):
        with clock.rehearse(dt.datetime.fromisoformat(f"{day}T18:00:00+00:00")):
            before = set(Message.objects.values_list("pk", flat=True))
            chores.remind()
            new = Message.objects.exclude(pk__in=before).filter(
                kind="planning.due", subject__contains="segundo trimestre de 2031"
            )
            told[day] = [f"{one.mailbox.address}: {one.subject}" for one in new]
    due = "revisa@ejemplo.mx: Vence el 14/08/2031: Revisar el segundo trimestre de 2031"
    late = "revisa@ejemplo.mx: Atrasado: Revisar el segundo trimestre de 2031"
    expected: dict[str, list[str]] = {"2031-08-03": [], "2031-08-04": [due], "2031-08-05": [], "2031-08-12": [due]}
    assert told == expected | {"2031-08-16": [late], "2031-08-20": []}


def test_an_open_record_is_its_authors_to_finish(edition: Edition, addresses: None) -> None:
    with clock.rehearse(dt.datetime(2031, 8, 4, 18, tzinfo=dt.UTC)):
        chores.remind()
    found = Message.objects.filter(kind="planning.due", subject__contains="segundo trimestre de 2031")
    assert [one.mailbox.address for one in found] == ["captura@ejemplo.mx"]


def test_whoever_turned_a_notice_off_is_not_sent_it(
    edition: Edition, author: Actor, addresses: None, mailoutbox: list[EmailMessage]
) -> None:
    from calpulli.notices.doors import want

    want("revisa@ejemplo.mx", "planning.submitted", wanted=False)
    actions.submit_edition(inputs.CaptureEdition(edition.pk, CAPTURED), by=author)
    assert sent_to(mailoutbox) == []
