"""One's own data: all of it is given, and on request it goes, while the ledger stays whole."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.commons.registries.personal import PERSONAL
from calpulli.ledger import doors as ledger
from calpulli.ledger.doors import Privacy
from calpulli.notices.models import Mailbox, Message, Refusal, Subscription
from calpulli.people import sessions, throttle
from calpulli.people.actions import change_contact, erase_account, register_account, set_password
from calpulli.people.doors import actor_named
from calpulli.people.inputs import ChangeContact, EraseAccount, RegisterAccount, SetPassword
from calpulli.people.models import Account, OneTimeKey, OpenSession, SignInFailure
from tests.signing import signed_in

SYSTEM = Actor.system("prueba")
PASSWORD = "copal-nube-jade-12"


def of(username: str) -> Account:
    return Account.objects.get(username=username)


def test_the_download_has_every_personal_field_and_no_secret(db: None) -> None:
    vecina = of("vecina")
    answer = signed_in("vecina").get("/mi-cuenta/datos/mis-datos.json")
    assert answer["Content-Disposition"] == 'attachment; filename="mis-datos.json"'
    told = json.loads(answer.content)
    (row,) = next(table["rows"] for table in told["kept"] if table["table"] == "people.account")
    for value in ("vecina", "Vecina de demostración", "vecina@ejemplo.mx", "distrito-01"):
        assert value in row.values()
    assert vecina.password not in answer.content.decode()
    assert told["account"] == str(vecina.pk)


def test_nobody_reads_anothers(db: None) -> None:
    told = signed_in("vecino").get("/mi-cuenta/datos").content.decode()
    assert "vecina" not in told.lower()


def test_the_page_says_it_in_words_and_the_file_as_it_is(db: None) -> None:
    """Names of areas and of what an account may do, days as they are written here, nobody else's number."""
    client, revision = signed_in("revision"), of("revision")
    page, file = client.get("/mi-cuenta/datos").content.decode(), client.get("/mi-cuenta/datos/mis-datos.json").content.decode()
    kept = page[page.index("Funciones") :]
    assert "Revisa" in kept
    assert "Secretaría Administrativa" in kept
    assert not re.search(r"\b20\d\d-\d\d-\d\d", page), "a day as programs write it"
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", page), "a number of an account"
    assert '"reviewer"' in file
    assert str(revision.pk) in file
    assert "otra persona, sin nombre aquí" in page


def test_what_one_did_comes_too(db: None) -> None:
    told = json.loads(signed_in("revision").get("/mi-cuenta/datos/mis-datos.json").content)
    assert "planning.quarter_sealed" in {fact["name"] for fact in told["acts"]}
    assert any(table["table"] == "planning.edition" for table in told["kept"])


def test_a_resident_is_erased_and_the_ledger_stays_whole(server: Any, fresh_database: str) -> None:
    vecina = of("vecina")
    set_password(SetPassword("vecina", PASSWORD), by=SYSTEM)
    box = Mailbox.objects.create(address="vecina@ejemplo.mx")
    Subscription.objects.create(mailbox=box, topic="x", asked_at=clock.now())
    Message.objects.create(mailbox=box, kind="x", key="k", subject="Hola", body="x", made_at=clock.now(), due_at=clock.now())
    client = Client()
    assert client.post("/entrar", {"username": "vecina", "password": PASSWORD}).status_code == 302
    assert client.post("/mi-cuenta/datos/borrar", {"current": PASSWORD}).status_code == 422
    assert client.post("/mi-cuenta/datos/borrar", {"current": "no es", "sure": "on"}).status_code == 422
    done = client.post("/mi-cuenta/datos/borrar", {"current": PASSWORD, "sure": "on"})
    assert (done.status_code, "Sus datos se borraron" in done.content.decode()) == (200, True)
    gone = Account.objects.get(pk=vecina.pk)
    assert (gone.display_name, gone.email, gone.district, gone.is_active) == ("", "", None, False)
    assert "vecina" not in gone.username
    assert client.get("/mi-cuenta").status_code == 302
    assert not OpenSession.objects.filter(account=gone).exists()
    assert not Mailbox.objects.exists()
    assert not Message.objects.exists()
    assert Client().post("/entrar", {"username": "vecina", "password": PASSWORD}).status_code == 422
    verdict = server.run(fresh_database, "ledger", "verify")
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    with server.as_owner(fresh_database) as connection:
        kept = str(connection.execute("SELECT * FROM people_account").fetchall())
        kept += str(connection.execute("SELECT details, actor FROM ledger_fact").fetchall())
    assert "Vecina de" not in kept
    assert "vecina@" not in kept


def test_of_staff_who_acted_the_name_stays_and_the_rest_goes(db: None) -> None:
    register_account(RegisterAccount("ana", "Ana Inventada", "x", (), PASSWORD), by=SYSTEM)
    ana = of("ana")
    client = signed_in("ana")
    change = {"current": PASSWORD, "password": "sol-mar-rio-cedro-45", "again": "sol-mar-rio-cedro-45"}
    assert client.post("/mi-cuenta/contrasena", change).status_code == 302
    erase_account(EraseAccount(ana.pk), by=SYSTEM)
    gone = Account.objects.get(pk=ana.pk)
    assert (gone.display_name, gone.username, gone.email, gone.is_active) == ("Ana Inventada", "ana", "", False)
    assert not gone.check_password("sol-mar-rio-cedro-45")


def test_of_staff_who_never_acted_all_goes(db: None) -> None:
    register_account(RegisterAccount("ana", "Ana Inventada", "x", (), PASSWORD), by=SYSTEM)
    key = of("ana").pk
    erase_account(EraseAccount(key), by=SYSTEM)
    assert Account.objects.get(pk=key).display_name == ""
    with pytest.raises(Refused, match="ya se borraron"):
        erase_account(EraseAccount(key), by=SYSTEM)


def test_whoever_answers_for_something_is_not_erased_yet(db: None) -> None:
    with pytest.raises(Refused, match="tiene puestos o funciones vigentes"):
        erase_account(EraseAccount(of("area").pk), by=SYSTEM)
    assert OneTimeKey.objects.filter(account=of("area")).exists()


def test_nobody_erases_another(db: None) -> None:
    for who in ("vecino", "administracion", "distrito"):
        with pytest.raises(Forbidden):
            erase_account(EraseAccount(of("vecina").pk), by=actor_named(who))


def test_the_fact_of_an_erasure_names_nobody(db: None) -> None:
    vecino = of("vecino")
    before = ledger.head("people").sequence
    erase_account(EraseAccount(vecino.pk), by=SYSTEM)
    (fact,) = ledger.facts_after("people", before)
    assert fact["details"] == {"account": str(vecino.pk), "name_kept": False}


def test_the_operator_erases_and_grants_by_command(server: Any, fresh_database: str) -> None:
    assert server.run(fresh_database, "account", "grant", "area", "--role", "reviewer").returncode == 0
    assert actor_named("area").may("reviewer")
    refused = server.run(fresh_database, "account", "erase", "area")
    assert (refused.returncode, "puestos o funciones vigentes" in refused.stderr) == (1, True)
    assert server.run(fresh_database, "account", "erase", "vecino").returncode == 0
    missing = server.run(fresh_database, "account", "erase", "vecino")
    assert (missing.returncode, "No hay una cuenta" in missing.stderr) == (1, True)


def test_what_signing_in_remembered_is_forgotten_in_time(db: None) -> None:
    now = clock.now()
    SignInFailure.objects.create(key="vieja", at=now - dt.timedelta(days=1))
    SignInFailure.objects.create(key="nueva", at=now)
    long_ago = now - dt.timedelta(days=30)
    OpenSession.objects.create(account=of("vecina"), how="password", device="", began_at=long_ago, seen_at=long_ago)
    OpenSession.objects.create(account=of("vecina"), how="password", device="", began_at=now, seen_at=now)
    assert throttle.forget_old() == 1
    assert sessions.forget_old() >= 1
    assert OpenSession.objects.filter(account=of("vecina")).count() == 1
    assert [failure.key for failure in SignInFailure.objects.all()] == ["nueva"]


def test_the_notice_tells_every_declared_field_and_doubts_its_basis(client: Client, db: None) -> None:
    page = client.get("/privacidad").content.decode()
    for words in ("Distrito en que vive", "Contraseña, cifrada sin vuelta", "Navegador y sistema", "Correo para avisos"):
        assert words in page
    assert "fuente por confirmar" in page
    assert "inventados" in page


def test_an_address_that_she_left_goes_before_any_erasure(db: None) -> None:
    """Nothing tells later that it was hers; so when it changes, what was sent there goes and what she refuses comes along."""
    area = of("area")
    change_contact(ChangeContact("vieja@ejemplo.mx"), by=area.actor())
    box = Mailbox.objects.create(address="vieja@ejemplo.mx")
    now = clock.now()
    for state in ("sent", "dead", "expired"):
        kind = "planning.submitted"
        Message.objects.create(mailbox=box, kind=kind, key=state, subject="Hola", body="x", state=state, made_at=now, due_at=now)
    Refusal.objects.create(mailbox=box, kind="planning.returned")
    change_contact(ChangeContact("nueva@ejemplo.mx"), by=area.actor())
    assert not Mailbox.objects.filter(address="vieja@ejemplo.mx").exists()
    assert [one.mailbox.address for one in Refusal.objects.all()] == ["nueva@ejemplo.mx"]
    change_contact(ChangeContact(""), by=area.actor())
    assert not Mailbox.objects.filter(address="nueva@ejemplo.mx").exists()


def test_what_waits_and_what_the_old_address_follows_stay(db: None) -> None:
    """A warning that her address was changed must reach the old one; and a mailbox may follow what it likes."""
    change_contact(ChangeContact("vieja@ejemplo.mx"), by=of("area").actor())
    box, now = Mailbox.objects.create(address="vieja@ejemplo.mx"), clock.now()
    Message.objects.create(mailbox=box, kind="x", key="1", subject="Aviso", body="x", made_at=now, due_at=now)
    Subscription.objects.create(mailbox=box, topic="x", asked_at=now, confirmed_at=now)
    change_contact(ChangeContact("nueva@ejemplo.mx"), by=of("area").actor())
    assert [one.state for one in Message.objects.filter(mailbox=box)] == ["waiting"]
    assert Subscription.objects.filter(mailbox=box).count() == 1


def test_an_address_that_two_share_stays_for_the_other(db: None) -> None:
    """Two of staff cannot; a resident may also work here."""
    change_contact(ChangeContact("vecina@ejemplo.mx"), by=of("area").actor())
    Refusal.objects.create(mailbox=Mailbox.objects.create(address="vecina@ejemplo.mx"), kind="planning.submitted")
    change_contact(ChangeContact("otra@ejemplo.mx"), by=of("area").actor())
    assert Refusal.objects.filter(mailbox__address="vecina@ejemplo.mx").exists()


def test_the_download_has_what_she_follows_and_when_she_came(db: None) -> None:
    now = clock.now()
    box = Mailbox.objects.create(address="vecina@ejemplo.mx")
    Subscription.objects.create(mailbox=box, topic="planning.plan:demo-2026", asked_at=now, confirmed_at=now)
    Refusal.objects.create(mailbox=box, kind="people.something")
    client = signed_in("vecina")
    told = {table["table"]: table for table in json.loads(client.get("/mi-cuenta/datos/mis-datos.json").content)["kept"]}
    assert "planning.plan:demo-2026" in told["notices.subscription"]["rows"][0].values()
    assert "people.something" in told["notices.refusal"]["rows"][0].values()
    (account,) = told["people.account"]["rest"]
    assert (account["kind"], account["is_active"], account["roles"]) == ("resident", True, [])
    assert {"how", "began_at", "seen_at"} <= set(told["people.opensession"]["rest"][0])
    assert "planning.plan:demo-2026" in client.get("/mi-cuenta/datos").content.decode()


def test_the_download_leaves_out_no_column_that_is_not_public_or_secret(db: None) -> None:
    """Column by column of every table, whatever was declared: what is kept of her and may be given is given."""
    now = clock.now()
    Message.objects.create(
        mailbox=Mailbox.objects.create(address="area@ejemplo.mx"), kind="x", key="k", subject="Hola", body="código 123456",
        made_at=now, due_at=now,
    )  # fmt: skip
    text = signed_in("area").get("/mi-cuenta/datos/mis-datos.json").content.decode()
    told = {table["table"]: table for table in json.loads(text)["kept"]}
    assert "123456" not in text
    for data in PERSONAL:
        table = told.get(data.model._meta.label_lower)
        if table is None:
            continue
        columns = {one.attname for one in data.model._meta.concrete_fields}
        wanted = {name for name in columns if data.model.privacy[name] not in (Privacy.PUBLIC, Privacy.SECRET)}  # type: ignore[attr-defined]
        for row, rest in zip(table["rows"], table["rest"], strict=True):
            assert len(row) == len(data.fields)
            assert wanted <= set(rest) | set(data.fields), data.model
