"""An address that somebody of staff typed gives her no right to what another keeps under it."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.registries.personal import PERSONAL
from calpulli.notices import following, outbox
from calpulli.notices.doors import refused_kinds
from calpulli.notices.models import Mailbox, Message, Subscription
from calpulli.people.actions import change_contact, register_account
from calpulli.people.inputs import ChangeContact, RegisterAccount
from calpulli.people.models import Account, MailedCode
from calpulli.people.queries import export_of
from tests.signing import signed_in

NAME, PASSWORD = "ana.lopez", "copal-nube-jade-12"
NOW = dt.datetime(2026, 7, 10, 18, tzinfo=dt.UTC)


@pytest.fixture
def account(db: None) -> Account:
    command = RegisterAccount(NAME, "Ana Inventada", "Planeación", ("author",), PASSWORD)
    return register_account(command, by=Actor.system("prueba")).result


@pytest.fixture
def nosy(account: Account) -> Account:
    """Somebody of staff who typed the mail of a resident, who follows a programme and waits for a code, as her own."""
    vecina = Account.objects.get(username="vecina")
    mailbox = outbox.mailbox_of(vecina.email)
    Subscription.objects.create(mailbox=mailbox, topic="planning.records:demo-2026", asked_at=NOW, confirmed_at=NOW)
    outbox.put("people.sign_in_code", to=vecina.email, context={"code": "123456"}, key="1")
    MailedCode.objects.create(address=vecina.email, account=vecina, made_at=clock.now())
    return change_contact(ChangeContact(vecina.email.upper()), by=account.actor()).result


def test_typing_the_mail_of_another_shows_nothing_of_hers(nosy: Account) -> None:
    told = json.dumps(export_of(nosy)).lower()
    assert nosy.email.lower() == "vecina@ejemplo.mx" and told.count("vecina@ejemplo.mx") == 1, "as he typed it, and no more"
    assert "notices." not in told and "mailedcode" not in told
    hers = json.dumps(export_of(Account.objects.get(username="vecina")))
    assert "notices.mailbox" in hers and "notices.message" in hers and "people.mailedcode" in hers


def test_erasing_oneself_erases_nothing_of_whose_mail_one_typed(nosy: Account) -> None:
    for data in PERSONAL:
        data.erase(nosy.person())
    assert Subscription.objects.filter(mailbox__address="vecina@ejemplo.mx").count() == 1
    assert Message.objects.filter(mailbox__address="vecina@ejemplo.mx").count() == 1
    assert MailedCode.objects.filter(address="vecina@ejemplo.mx").count() == 1


def test_leaving_the_mail_of_another_takes_nothing_of_hers_along(nosy: Account) -> None:
    hers = outbox.mailbox_of("vecina@ejemplo.mx")
    Message.objects.filter(mailbox=hers).update(state=Message.State.SENT)
    following.want(hers.address, "planning.published", wanted=False)
    change_contact(ChangeContact("ana@ejemplo.mx"), by=nosy.actor())
    assert Message.objects.filter(mailbox=hers).count() == 1
    assert refused_kinds(hers.address) == {"planning.published"}
    assert refused_kinds("ana@ejemplo.mx") == set()


def test_the_notices_of_ones_work_are_ones_own_to_read_and_erase(account: Account) -> None:
    mine = change_contact(ChangeContact("ana@ejemplo.mx"), by=account.actor()).result
    mailbox = outbox.mailbox_of(mine.email)
    Message.objects.create(
        mailbox=mailbox, kind="planning.submitted", key="1", subject="Algo espera", body="x", made_at=NOW, due_at=NOW
    )
    following.want(mine.email, "planning.submitted", wanted=False)
    assert "Algo espera" in json.dumps(export_of(mine))
    for data in PERSONAL:
        data.erase(mine.person())
    assert not Mailbox.objects.filter(address=mine.email).exists()


def test_nobody_of_staff_silences_a_colleague_by_typing_her_mail(account: Account) -> None:
    colleague = Account.objects.get(username="revision")
    for typed in (colleague.email, colleague.email.upper()):
        answer = signed_in(NAME).post("/mi-cuenta/avisos", {"email": typed, "kinds": []})
        assert (answer.status_code, "otra cuenta del personal" in answer.content.decode()) == (422, True)
    assert refused_kinds(colleague.email) == set()
