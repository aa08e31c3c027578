"""An address of staff is used once its owner opened the link that went there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.notices.doors import refused_kinds, staff_kinds
from calpulli.notices.jobs import queue
from calpulli.people.actions import change_contact, register_account
from calpulli.people.inputs import ChangeContact, RegisterAccount
from calpulli.people.models import Account
from tests.signing import signed_in

PAGE, NEW = "/mi-cuenta/avisos", "ana.nueva@ejemplo.mx"


@pytest.fixture
def ana(db: None) -> Account:
    command = RegisterAccount("ana", "Ana Inventada", "secretaria-administrativa", ("author",), "copal-nube-jade-12")
    account = register_account(command, by=Actor.system("prueba")).result
    return change_contact(ChangeContact("ana@ejemplo.mx"), by=account.actor()).result


def address_of(account: Account) -> str:
    return Account.objects.get(pk=account.pk).email


def link(box: list[EmailMessage], to: str = NEW) -> str:
    """The path in the newest mail to that address."""
    while queue.work_one("prueba"):
        pass
    mail = [mail for mail in box if mail.to == [to]][-1]
    found = re.search(r"/mi-cuenta/avisos/confirmar/\S+", str(mail.body))
    assert found is not None, mail.body
    return found[0]


def ask(client: Client, address: str = NEW, kinds: tuple[str, ...] = ()) -> str:
    answer = client.post(PAGE, {"email": address, "kinds": list(kinds)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_goes_to_an_address_before_its_owner_confirms_it(ana: Account, mailoutbox: list[EmailMessage]) -> None:
    client, kept = signed_in("ana"), staff_kinds()[0][0]
    told = ask(client, kinds=(kept,))
    assert f"Le mandamos un enlace a {NEW}" in told
    assert "siguen llegando a ana@ejemplo.mx" in told
    assert address_of(ana) == "ana@ejemplo.mx"
    path = link(mailoutbox)
    assert "ana" not in path and "ejemplo" not in path, "no address stands in a link"
    assert NEW in client.get(path).content.decode()
    assert address_of(ana) == "ana@ejemplo.mx", "to look is not to confirm"
    assert client.post(path).status_code == 302
    assert address_of(ana) == NEW
    assert refused_kinds(NEW) == {key for key, _label in staff_kinds()} - {kept}


def test_a_link_is_of_its_account_once_and_for_three_days(ana: Account, mailoutbox: list[EmailMessage]) -> None:
    client = signed_in("ana")
    ask(client)
    path = link(mailoutbox)
    assert signed_in("area").post(path).status_code == 404
    assert Client().get(path)["Location"].startswith("/entrar?next=")
    with clock.rehearse(clock.now() + dt.timedelta(days=3, minutes=1)):
        assert signed_in("ana").post(path).status_code == 404
    for wrong in (path[:-3] + "AAA", path[:-9], PAGE + "/confirmar/x", PAGE + "/confirmar/ñ"):
        assert client.post(wrong).status_code == 404
    assert address_of(ana) == "ana@ejemplo.mx"
    assert client.post(path).status_code == 302
    change_contact(ChangeContact("ana@ejemplo.mx"), by=ana.actor())
    client.post(path)
    assert client.post(path).status_code == 404, "what was confirmed is not undone and done again"


def test_to_keep_or_take_away_an_address_needs_no_link(ana: Account) -> None:
    client = signed_in("ana")
    assert client.post(PAGE, {"email": "ANA@ejemplo.mx", "kinds": []}).status_code == 302
    assert client.post(PAGE, {"email": "", "kinds": []}).status_code == 302
    assert address_of(ana) == ""


def test_the_address_of_a_colleague_is_refused_before_a_mail_is_sent(ana: Account, mailoutbox: list[EmailMessage]) -> None:
    colleague = Account.objects.get(username="revision").email
    assert signed_in("ana").post(PAGE, {"email": colleague, "kinds": []}).status_code == 422
    while queue.work_one("prueba"):
        pass
    assert not [mail for mail in mailoutbox if mail.to == [colleague] and "Confirme" in str(mail.subject)]


def test_links_are_not_asked_for_without_end(ana: Account) -> None:
    """Five in a quarter of an hour, counted where every process of the site sees it."""
    client = signed_in("ana")
    for number in range(5):
        ask(client, f"buzon{number}@ejemplo.mx")
    cache.clear()
    answer = client.post(PAGE, {"email": "otro@ejemplo.mx", "kinds": []})
    assert answer.status_code == 422
    assert "Hubo demasiados intentos. Espere 15 minutos" in answer.content.decode()
    with clock.rehearse(clock.now() + dt.timedelta(minutes=16)):
        ask(client, "otro@ejemplo.mx")
