"""Following by mail: confirmed by its owner, left with one step, and nobody learns from it whether an address is known."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calpulli.commons import clock
from calpulli.commons.registries.personal import PERSONAL, Person
from calpulli.notices import following, mail, outbox
from calpulli.notices.doors import announce
from calpulli.notices.models import Mailbox, Message, Refusal, Subscription
from tests.notices.conftest import work

TOPIC = "planning.records:demo-2026"
ANA = "ana@ejemplo.mx"


def ask(client: Client, address: str = ANA, topic: str = TOPIC) -> str:
    """What the page says, without what differs between any two answers."""
    answer = client.post("/avisos/seguir", {"tema": topic, "address": address})
    assert answer.status_code == 200
    return re.sub(r'name="csrf.*?>', "", answer.content.decode())


def link(box: list[EmailMessage], part: str) -> str:
    work()
    found = re.search(rf"http://127\.0\.0\.1:8000(/avisos/{part}/\S+)", box[-1].body)
    assert found, box[-1].body
    return found[1]


def follow(client: Client, box: list[EmailMessage], address: str = ANA) -> None:
    ask(client, address)
    client.post(link(box, "confirmar"))


def test_nobody_follows_before_its_owner_says_so(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    assert "Revise su correo" in ask(client)
    address = link(mailoutbox, "confirmar")
    assert client.get(address).status_code == 200
    assert not Subscription.objects.exclude(confirmed_at=None).exists(), "a program that opens links confirms nothing"
    assert "Listo" in client.post(address).content.decode()
    assert "Listo" in client.post(address).content.decode()
    assert Subscription.objects.exclude(confirmed_at=None).count() == 1


def test_a_link_to_confirm_wears_out(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    ask(client)
    address = link(mailoutbox, "confirmar")
    subscription = Subscription.objects.get()
    stale = signing.dumps(str(subscription.pk), salt=following.LISTING)
    for bad in (address[:-2], f"/avisos/confirmar/{stale}", "/avisos/confirmar/x:y:z"):
        answer = client.post(bad)
        assert (answer.status_code, "ya no sirve" in answer.content.decode()) == (404, True)
    with clock.rehearse(clock.now() + dt.timedelta(days=3, minutes=1)):
        following.forget_unconfirmed()
    assert client.post(address).status_code == 404


def test_the_answer_is_the_same_for_known_and_unknown(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    follow(client, mailoutbox)
    assert ask(client) == ask(client, "nadie@ejemplo.mx")
    known, unknown = (client.post("/avisos", {"address": one}).content for one in (ANA, "desconocida@ejemplo.mx"))
    assert re.sub(rb'name="csrf.*?>', b"", known) == re.sub(rb'name="csrf.*?>', b"", unknown)
    work()
    assert "desconocida@ejemplo.mx" not in {one.to[0] for one in mailoutbox}
    assert not Mailbox.objects.filter(address="desconocida@ejemplo.mx").exists()


@pytest.mark.parametrize(("page", "told"), [("/avisos/seguir", {"tema": TOPIC}), ("/avisos", {})])
def test_the_work_is_the_same_for_known_and_unknown(
    client: Client, db: None, mailoutbox: list[EmailMessage], page: str, told: dict[str, str]
) -> None:
    """Whoever measures how long the page takes must not learn who follows something. Time lies; the statements do not."""
    follow(client, mailoutbox)
    shapes = []
    for address in (ANA, "desconocida@ejemplo.mx"):
        with CaptureQueriesContext(connection) as asked:
            assert client.post(page, told | {"address": address}).status_code == 200
        shapes.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked.captured_queries])
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) > 3


def test_whoever_asks_in_english_is_written_to_in_english(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    client.post("/en/avisos/seguir", {"tema": TOPIC, "address": ANA})
    work()
    assert "http://127.0.0.1:8000/en/avisos/confirmar/" in mailoutbox[-1].body
    assert "Confirm" in mailoutbox[-1].subject and "Confirme" not in mailoutbox[-1].subject


def test_one_leaves_with_one_click_and_without_signing_in(db: None, mailoutbox: list[EmailMessage]) -> None:
    client = Client(enforce_csrf_checks=True)
    follow(Client(), mailoutbox)
    announce("test.news", topics=[TOPIC], event="1", context={"who": "Ana"})
    work()
    header = mailoutbox[-1].extra_headers["List-Unsubscribe"]
    address = header.removeprefix("<http://127.0.0.1:8000").removesuffix(">")
    assert ANA not in address
    assert client.get(address).status_code == 200
    assert Subscription.objects.count() == 1, "a program that opens links leaves nothing"
    for _ in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.count() == 0
    announce("test.news", topics=[TOPIC], event="2", context={"who": "Ana"})
    assert work() == 0


def test_leaving_a_kind_stops_that_kind_alone(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    outbox.put("test.news", to=ANA, context={"who": "Ana"}, key="1")
    address = link(mailoutbox, "salir")
    client.post(address)
    assert outbox.put("test.news", to=ANA, context={"who": "Ana"}, key="2") is None
    assert outbox.put("test.brief", to=ANA, context={"who": "Ana"}, key="2") is not None


def test_a_link_of_another_does_not_leave_mine(client: Client, db: None) -> None:
    mine, other = outbox.mailbox_of(ANA), outbox.mailbox_of("luis@ejemplo.mx")
    for mailbox in (mine, other):
        Subscription.objects.create(mailbox=mailbox, topic=TOPIC, asked_at=clock.now(), confirmed_at=clock.now())
    token = mail.leaving_token(Message(mailbox=other, kind="test.news", topics=[TOPIC]))
    client.post(f"/avisos/salir/{token}")
    assert [one.mailbox.address for one in Subscription.objects.all()] == [ANA]


def test_the_list_shows_all_and_lets_each_go(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    follow(client, mailoutbox)
    Refusal.objects.create(mailbox=Mailbox.objects.get(), kind="test.news")
    client.post("/avisos", {"address": ANA})
    address = link(mailoutbox, "lista")
    page = client.get(address).content.decode()
    assert "Dejar de seguir" in page and "Novedades" in page
    client.post(address, {"topic": TOPIC})
    client.post(address, {"kind": "test.news"})
    assert "no sigue nada" in client.get(address).content.decode()
    assert (Subscription.objects.count(), Refusal.objects.count()) == (0, 0)


def test_a_mailbox_is_not_flooded_and_a_connection_may_not_flood(client: Client, db: None) -> None:
    for _ in range(following.FORMS_AN_HOUR):
        ask(client)
    work()
    assert Message.objects.count() == following.MAILS_AN_HOUR
    answer = client.post("/avisos/seguir", {"tema": TOPIC, "address": "otra@ejemplo.mx"})
    assert (answer.status_code, "Espere una hora" in answer.content.decode()) == (429, True)
    assert not Mailbox.objects.filter(address="otra@ejemplo.mx").exists()
    with clock.rehearse(clock.now() + dt.timedelta(minutes=61)):
        ask(client, "otra@ejemplo.mx")


@pytest.mark.parametrize(
    "topic", ["", "planning.records", "planning.records:", "planning.records:otro", "x:y", "planning.line:demo-2026/9.9"]
)
def test_what_nobody_offers_cannot_be_followed(client: Client, db: None, topic: str) -> None:
    assert client.get("/avisos/seguir", {"tema": topic}).status_code == 404
    assert client.post("/avisos/seguir", {"tema": topic, "address": ANA}).status_code == 404


@pytest.mark.parametrize("address", ["", "ana", "a@b.mx\nBcc: c@d.mx", "<script>@x", "x" * 400 + "@b.mx"])
def test_what_is_no_address_is_told_so(client: Client, db: None, address: str) -> None:
    answer = client.post("/avisos/seguir", {"tema": TOPIC, "address": address})
    assert answer.status_code == 422
    assert "<script>@x" not in answer.content.decode()
    assert not Mailbox.objects.exists()


def test_what_is_kept_of_an_address_is_told_and_erased(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    follow(client, mailoutbox)
    announce("test.news", topics=[TOPIC], event="1", context={"who": "Ana"})
    person = Person("", "ANA@ejemplo.mx", signs_in_by_mail=True)
    declared = [data for data in PERSONAL if data.model in (Mailbox, Message)]
    assert {data.model: len(list(data.rows(person))) for data in declared} == {Mailbox: 1, Message: 1}
    for data in declared:
        data.erase(person)
    assert not any(model.objects.exists() for model in (Mailbox, Message, Subscription, Refusal))
    mailoutbox.clear()
    work()
    assert mailoutbox == []


def test_what_is_old_is_forgotten(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    ask(client)
    work()
    later = clock.now() + dt.timedelta(days=31)
    with clock.rehearse(later):
        following.forget_unconfirmed()
        assert outbox.forget_old() == 1
    assert not Mailbox.objects.exists()


def test_the_demos_mail_is_read_on_its_own_machine_and_nowhere_else(
    client: Client, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put("test.news", to=ANA, context={"who": "<b>Ana</b>"}, key="1")
    page = client.get("/demo/correo").content.decode()
    assert ANA in page and "&lt;b&gt;Ana" in page and "<b>Ana" not in page
    for elsewhere in ("192.168.1.20", "8.8.8.8", "2001:db8::1", "malo"):
        assert client.get("/demo/correo", REMOTE_ADDR=elsewhere).status_code == 404
    for passed_on in ("X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_REAL_IP", "FORWARDED", "VIA"):
        assert client.get("/demo/correo", **{f"HTTP_{passed_on}": "127.0.0.1"}).status_code == 404, passed_on
    settings.ALLOWED_HOSTS = ["*"]
    assert client.get("/demo/correo", HTTP_HOST="malo.ejemplo").status_code == 404, "a name that leads to this machine"
    assert client.get("/demo/correo", REMOTE_ADDR="::1").status_code == 200
    from calpulli.commons import institutes

    real = institutes.current()
    monkeypatch.setattr(institutes, "current", lambda: type(real)(**vars(real) | {"demonstration": False}))
    assert client.get("/demo/correo").status_code == 404
