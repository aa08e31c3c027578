"""A resident's code by mail: for the browser that asked, once, for minutes; and nobody learns who has an account."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.notices.models import Message
from calpulli.people import limits, mailed
from calpulli.people.actions import register_account, register_resident
from calpulli.people.inputs import RegisterAccount, RegisterResident
from calpulli.people.models import Account, MailedCode, OpenSession
from calpulli.people.seeds import enrol
from tests.signing import code_for

ASK, ENTER, MAIL = "/entrar/correo", "/entrar/correo/codigo", "vecina@ejemplo.mx"


def asks(client: Client, mail: str = MAIL) -> str:
    """Asks for a code and lets the worker's job be done; the code that is on its way, or none."""
    assert client.post(ASK, {"email": mail})["Location"] == ENTER
    asked = MailedCode.objects.order_by("-made_at").first()
    assert asked is not None
    mailed.deliver.func(str(asked.pk))
    return written(mail)


def written(mail: str) -> str:
    """What the newest mail to that address says, read from the outbox itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM notices_message m JOIN notices_mailbox b ON b.id = m.mailbox_id "
            "WHERE b.address = %s AND m.kind = 'people.sign_in_code' ORDER BY made_at DESC LIMIT 1",
            [mail.strip().lower()],
        )
        row = cursor.fetchone()
    found = re.search(r"^\s+(\d{6})$", row[0], re.M) if row else None
    return found[1] if found else ""


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_of_the_mail_signs_in_once(db: None) -> None:
    client = Client()
    code = asks(client, " Vecina@Ejemplo.mx ")
    assert client.post(ENTER, {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/mesa"
    assert OpenSession.objects.get().how == "mail"
    assert client.get("/mi-cuenta/acceso").status_code == 200
    client.post("/salir")
    assert client.post(ENTER, {"code": code}).status_code == 302
    assert client.get("/mesa").status_code == 302


def test_the_mail_does_not_go_round_a_second_factor(db: None) -> None:
    """Whoever reads her mail has no more than whoever knows her password."""
    enrol(Account.objects.get(username="vecina"))
    client = Client()
    code = asks(client)
    assert client.post(ENTER, {"code": code})["Location"] == "/entrar/codigo"
    assert client.get("/mi-cuenta/acceso").status_code == 302
    assert OpenSession.objects.count() == 0
    assert client.post("/entrar/codigo", {"code": code_for("vecina")})["Location"] == "/mesa"
    assert client.get("/mi-cuenta/acceso").status_code == 200


def test_it_serves_in_the_browser_that_asked_alone(db: None) -> None:
    client, thief = Client(), Client()
    code = asks(client)
    assert thief.post(ENTER, {"code": code})["Location"] == ASK
    asks(thief, "nadie@ejemplo.mx")
    assert thief.post(ENTER, {"code": code}).status_code == 422
    assert client.post(ENTER, {"code": code}).status_code == 302


def test_five_wrong_tries_end_it(db: None) -> None:
    client = Client()
    code = asks(client)
    assert [client.post(ENTER, {"code": other_than(code)}).status_code for _ in range(5)] == [422] * 5
    assert client.post(ENTER, {"code": code}).status_code == 422
    assert client.get("/mesa").status_code == 302


def test_ten_minutes_end_it(db: None) -> None:
    client = Client()
    code = asks(client)
    with clock.rehearse(clock.now() + dt.timedelta(minutes=10, seconds=5)):
        assert client.post(ENTER, {"code": code}).status_code == 422


def test_a_new_code_ends_the_one_before_in_that_browser(db: None) -> None:
    client = Client()
    first = asks(client)
    with clock.rehearse(clock.now() + dt.timedelta(seconds=1)):
        second = asks(client)
    assert first != second
    assert client.post(ENTER, {"code": first}).status_code == 422
    assert client.post(ENTER, {"code": second}).status_code == 302


def test_the_code_is_kept_nowhere_but_in_the_mail_on_its_way(db: None) -> None:
    code = asks(Client())
    assert code not in str(list(MailedCode.objects.values("address", "tries", "account_id")))
    assert not [name for name in MailedCode.privacy if "code" in name]


def test_known_or_not_the_answer_and_the_work_are_the_same(db: None) -> None:
    """Not measured in time, which lies: the same statements to the database, in the same order, and the same page."""
    told = []
    for mail in (MAIL, "nadie@ejemplo.mx"):
        client = Client()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post(ASK, {"email": mail})
        shapes = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked.captured_queries]
        page = client.get(ENTER).content.decode()
        plain = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
        told.append((answer.status_code, answer["Location"], shapes, plain))
    assert told[0] == told[1]
    assert len(told[0][2]) > 3


@pytest.mark.parametrize("mail", ["nadie@ejemplo.mx", "dos@ejemplo.mx", "ana@ejemplo.mx"])
def test_no_mail_goes_to_nobody_to_two_nor_to_staff(db: None, mail: str) -> None:
    staff = RegisterAccount("ana.lopez", "Ana Inventada", "Planeación", ("author",), "copal-nube-jade-12")
    account = register_account(staff, by=Actor.system("prueba")).result
    Account.objects.filter(pk=account.pk).update(email="ana@ejemplo.mx")  # no act gives staff one; it has its fact already
    for name in ("Una", "Otra"):
        twin = RegisterResident(f"{name} Inventada", "distrito-01", "dos@ejemplo.mx", "copal-nube-jade-12")
        register_resident(twin, by=Actor.system("prueba"))
    assert asks(Client(), mail) == ""


@pytest.mark.parametrize("alike", ["vecına@ejemplo.mx", "vecina@ejempſo.mx", "otra@ejemplo.mx", MAIL])
def test_no_code_goes_to_an_address_that_only_the_locale_takes_for_hers(
    db: None, monkeypatch: pytest.MonkeyPatch, alike: str
) -> None:
    """In many locales the capital of "ı" is "I": an address of somebody else, or a name of the web that he may buy."""
    monkeypatch.setattr(Account.objects, "filter", lambda **_: Account._base_manager.filter(username="vecina"))
    assert bool(asks(Client(), alike)) is (alike == MAIL)
    assert set(Message.objects.values_list("mailbox__address", flat=True)) == ({MAIL} if alike == MAIL else set())


def test_the_code_goes_to_the_address_of_the_account_and_not_to_the_one_that_was_typed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailed, "residents_of", lambda address: [Account.objects.get(username="vecina")])
    assert asks(Client(), "otra@ejemplo.mx") == ""
    assert written(MAIL)


def test_asking_is_limited_for_a_mailbox_and_for_an_address(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    few = limits.Limits(mails_mailbox=2, mails_address=4)
    monkeypatch.setattr(limits, "current", lambda: few)

    def ask(mail: str, address: str) -> int:
        return Client(REMOTE_ADDR=address).post(ASK, {"email": mail}).status_code

    for mail in (MAIL, "nadie@ejemplo.mx"):
        assert [ask(mail, f"192.0.2.{n}") for n in range(3)] == [302, 302, 429]
    assert [ask(f"otro{n}@ejemplo.mx", "198.51.100.7") for n in range(5)] == [302] * 4 + [429]


def test_the_browsers_key_changes_at_asking_and_at_entering(db: None) -> None:
    client = Client()
    asks(client)
    first = client.cookies["sessionid"].value
    code = asks(client)
    second = client.cookies["sessionid"].value
    client.post(ENTER, {"code": code})
    assert len({first, second, client.cookies["sessionid"].value}) == 3


def test_the_command_tells_the_code_that_a_demonstrations_resident_waits_for(db: None, capsys: Any) -> None:
    client = Client()
    code = asks(client)
    call_command("demo", "code", "vecina")
    assert capsys.readouterr().out.strip() == code
