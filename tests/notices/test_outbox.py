"""A mail is written with what causes it, sent once afterwards, and carries nothing that it should not."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from calpulli.commons import clock, institutes
from calpulli.notices import outbox
from calpulli.notices.doors import send
from calpulli.notices.models import Mailbox, Message, Refusal
from tests.notices.conftest import work

NOON = dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)


@pytest.fixture
def noon() -> Any:
    with clock.rehearse(NOON):
        yield


def news(to: str = "ana@ejemplo.mx", who: str = "Ana", key: str = "1", kind: str = "test.news") -> Any:
    return send(kind, to=to, context={"who": who}, key=key)


def test_a_mail_is_sent_once_and_says_what_it_was_given(db: None, mailoutbox: list[EmailMessage]) -> None:
    assert news() is not None
    assert mailoutbox == []
    assert work() == 1
    [sent] = mailoutbox
    assert (sent.subject, sent.to) == ("Asunto de Ana", ["ana@ejemplo.mx"])
    assert sent.body.startswith("Estimada Ana:\n\nLo dicho.\n")
    assert institutes.current().notice in sent.body
    outbox.deliver.call(str(Message.objects.get().pk))
    assert len(mailoutbox) == 1


def test_nothing_is_sent_of_what_was_rolled_back(db: None, mailoutbox: list[EmailMessage]) -> None:
    with transaction.atomic():
        news()
        transaction.set_rollback(True)
    assert work() == 0
    assert (Message.objects.count(), Mailbox.objects.count(), mailoutbox) == (0, 0, [])


def test_the_same_is_written_once_for_each_address_and_kind(db: None, mailoutbox: list[EmailMessage]) -> None:
    assert news() is not None
    assert news(to=" ANA@ejemplo.mx ") is None
    assert news(key="2") is not None
    assert news(kind="test.code") is not None
    assert news(to="luis@ejemplo.mx") is not None
    work()
    assert sorted(sent.to[0] for sent in mailoutbox) == ["ana@ejemplo.mx"] * 3 + ["luis@ejemplo.mx"]


def test_who_does_not_want_a_kind_is_not_sent_it_but_for_what_may_not_be_left(db: None, mailoutbox: list[EmailMessage]) -> None:
    mailbox = outbox.mailbox_of("ana@ejemplo.mx")
    for kind in ("test.news", "test.code"):
        Refusal.objects.create(mailbox=mailbox, kind=kind)
    assert news() is None
    assert news(kind="test.code") is not None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@ejemplo.mx\nBcc: x@malo.mx",
        "ana@ejemplo.mx\r\nx",
        "a@b.mx, c@d.mx",
        "Ana <ana@ejemplo.mx>",
        "a" * 300 + "@b.mx",
        "ana\x00@ejemplo.mx",
        "ana@ejemplo.mx\u2028Bcc: x@malo.mx",
    ],
)
def test_what_is_no_address_is_refused(db: None, address: str) -> None:
    with pytest.raises(ValidationError):
        news(to=address)
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00"])
def test_no_value_begins_a_header(db: None, mailoutbox: list[EmailMessage], sign: str) -> None:
    news(who=f"Ana{sign}Bcc: x@malo.mx{sign}{sign}Cuerpo")
    work()
    message = mailoutbox[0].message()
    assert "Bcc" not in message
    assert mailoutbox[0].recipients() == ["ana@ejemplo.mx"]
    assert "\n" not in mailoutbox[0].subject and sign not in mailoutbox[0].subject
    head = message.as_bytes().partition(b"\n\n")[0]
    assert b"\nBcc:" not in head


def test_a_subject_without_end_is_cut(db: None) -> None:
    news(who="x" * 5000)
    subject = Message.objects.get().subject
    assert (len(subject), subject[-1]) == (200, "…")


def test_a_kind_that_nobody_declared(db: None) -> None:
    with pytest.raises(LookupError):
        news(kind="test.unheard")


# -- what cannot be sent ------------------------------------------------------------------------------------------------


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    def refuse(error: Exception) -> None:
        def fail(message: Message) -> None:
            raise error

        monkeypatch.setattr(outbox, "_hand_over", fail)

    return refuse


def test_what_cannot_be_sent_is_tried_again_later_and_given_up_in_the_end(db: None, refusing: Any) -> None:
    refusing(smtplib.SMTPServerDisconnected("ana@ejemplo.mx is not here"))
    with clock.rehearse(NOON):
        news()
        work()
    message = Message.objects.get()
    assert (message.state, message.tries, message.trouble) == ("waiting", 1, "SMTPServerDisconnected")
    assert message.due_at == NOON + dt.timedelta(minutes=1)
    for tries in range(2, 10):
        outbox.deliver.call(str(message.pk))
        message.refresh_from_db()
        assert message.tries == tries
    assert message.state == "dead"


def test_a_job_put_off_is_not_done_before_its_time(db: None, refusing: Any, mailoutbox: list[EmailMessage]) -> None:
    refusing(TimeoutError())
    news()
    assert work() == 1
    waiting = DBTaskResult.objects.get(status="READY")
    assert dt.timedelta(seconds=50) < waiting.run_after - clock.now() <= dt.timedelta(minutes=1)
    assert work() == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"ana@ejemplo.mx": (550, b"no such user")}), "dead"),
        (smtplib.SMTPRecipientsRefused({"ana@ejemplo.mx": (450, b"greylisted")}), "waiting"),
        (smtplib.SMTPDataError(554, b"rejected"), "dead"),
        (smtplib.SMTPDataError(451, b"later"), "waiting"),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), "waiting"),
        (ConnectionRefusedError(), "waiting"),
    ],
)
def test_what_the_server_says_decides_whether_to_insist(db: None, refusing: Any, error: Exception, state: str) -> None:
    refusing(error)
    news()
    work()
    message = Message.objects.get()
    assert message.state == state
    assert "ana" not in message.trouble


def test_what_came_too_late_is_not_sent(db: None, mailoutbox: list[EmailMessage]) -> None:
    with clock.rehearse(NOON):
        news(kind="test.brief")
    with clock.rehearse(NOON + dt.timedelta(minutes=10)):
        work()
    assert (Message.objects.get().state, mailoutbox) == ("expired", [])


def test_a_code_is_not_kept_once_it_was_sent_except_in_a_demonstration(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    news(kind="test.code", key="demo")
    work()
    assert "Estimada" in Message.objects.get().body
    real = institutes.current()
    monkeypatch.setattr(outbox.institutes, "current", lambda: type(real)(**vars(real) | {"demonstration": False}))
    monkeypatch.setattr(outbox.settings, "MAIL_SERVER", {})
    news(kind="test.code", key="real")
    news(kind="test.news", key="real")
    work()
    assert {m.kind: bool(m.body) for m in Message.objects.order_by("made_at")} == {"test.code": False, "test.news": True}
