"""Administering accounts: what each may do, by whom it is said, and who may not enter; residents by their own district."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger import doors as ledger
from calpulli.notices.jobs import queue
from calpulli.people import factors
from calpulli.people.actions import (
    change_contact,
    change_password,
    correct_resident,
    deactivate_account,
    grant_role,
    reactivate_account,
    register_account,
    register_resident,
    renew_password,
    reset_factors,
    revoke_role,
)
from calpulli.people.doors import actor_named
from calpulli.people.inputs import (
    ChangeContact,
    ChangePassword,
    CorrectResident,
    DeactivateAccount,
    GrantRole,
    ReactivateAccount,
    RegisterAccount,
    RegisterResident,
    RenewPassword,
    ResetFactors,
    RevokeRole,
)
from calpulli.people.models import Account, Appointment, Grant
from calpulli.people.seeds import enrol
from tests.signing import signed_in

SYSTEM = Actor.system("prueba")
PASSWORD, OTHER = "copal-nube-jade-12", "sol-mar-rio-cedro-45"
WHY = "Cambió de institución."


@pytest.fixture
def ana(db: None) -> Account:
    command = RegisterAccount("ana", "Ana Inventada", "secretaria-administrativa", ("author",), PASSWORD)
    return register_account(command, by=SYSTEM).result


def shown_password(page: str) -> str:
    found = re.search(r"Contraseña para entrar la primera vez</dt><dd>([a-z-]+\d\d)</dd>", page)
    assert found, page
    return found[1]


# -- acts --------------------------------------------------------------------------------------------------------------


def test_a_deactivated_account_may_not_enter_and_its_sessions_do_not_come_back(ana: Account) -> None:
    client = signed_in("ana")
    assert client.get("/mesa").status_code == 200
    before = ledger.head("people").sequence
    deactivate_account(DeactivateAccount(ana.pk, WHY), by=actor_named("administracion"))
    assert client.get("/mesa").status_code == 302
    (fact,) = ledger.facts_after("people", before)
    assert (fact["name"], fact["details"]) == ("people.account_deactivated", {"account": str(ana.pk)})
    assert Client().post("/entrar", {"username": "ana", "password": PASSWORD}).status_code == 422
    reactivate_account(ReactivateAccount(ana.pk, OTHER), by=actor_named("administracion"))
    assert client.get("/mesa").status_code == 302
    assert Client().post("/entrar", {"username": "ana", "password": OTHER}).status_code == 302


def test_the_last_administrator_stays(db: None) -> None:
    only = Account.objects.get(username="administracion")
    with pytest.raises(Refused, match="Es la única cuenta que administra"):
        deactivate_account(DeactivateAccount(only.pk, WHY), by=SYSTEM)
    grant = Grant.objects.get(account=only, role="administrator")
    with pytest.raises(Refused, match="Es la única cuenta que administra"):
        revoke_role(RevokeRole(grant.pk, clock.today()), by=SYSTEM)
    grant_role(GrantRole("area", "administrator", "", clock.today()), by=SYSTEM)
    revoke_role(RevokeRole(grant.pk, clock.today()), by=actor_named("area"))
    assert not actor_named("administracion").may("administrator")


def test_an_administrator_to_be_or_that_was_does_not_count(db: None) -> None:
    """Another who begins tomorrow leaves nobody today."""
    grant_role(GrantRole("area", "administrator", "", clock.today() + dt.timedelta(days=1)), by=SYSTEM)
    only = Account.objects.get(username="administracion")
    with pytest.raises(Refused, match="única"):
        deactivate_account(DeactivateAccount(only.pk, WHY), by=SYSTEM)


def test_nobody_switches_herself_off(db: None) -> None:
    grant_role(GrantRole("area", "administrator", "", clock.today()), by=SYSTEM)
    mine = Account.objects.get(username="administracion")
    with pytest.raises(Refused, match="Nadie desactiva su propia cuenta"):
        deactivate_account(DeactivateAccount(mine.pk, WHY), by=actor_named("administracion"))


@pytest.mark.parametrize("who", ["area", "revision", "distrito", "vecina"])
def test_others_do_not_administer(ana: Account, who: str) -> None:
    by = actor_named(who)
    for act, command in (
        (grant_role, GrantRole("ana", "reviewer", "", clock.today())),
        (deactivate_account, DeactivateAccount(ana.pk, WHY)),
        (register_account, RegisterAccount("otra", "Otra", "x", (), PASSWORD)),
    ):
        with pytest.raises(Forbidden):
            act(command, by=by)  # type: ignore[operator]  # each with its own command


def test_a_role_that_ends_ends_that_day(ana: Account) -> None:
    grant = Grant.objects.get(account=ana)
    revoke_role(RevokeRole(grant.pk, clock.today() + dt.timedelta(days=2)), by=SYSTEM)
    assert actor_named("ana").may("author")
    with clock.rehearse(clock.now() + dt.timedelta(days=2)):
        assert not actor_named("ana").may("author")
        with pytest.raises(Refused, match="Ya terminó"):
            revoke_role(RevokeRole(grant.pk, clock.today()), by=SYSTEM)


def test_a_password_of_another_hand_lets_do_nothing_but_change_it(db: None) -> None:
    register_account(RegisterAccount("nueva", "Nueva", "x", ("author",), PASSWORD, temporary=True), by=SYSTEM)
    assert actor_named("nueva").roles == set()
    change_password(ChangePassword(PASSWORD, OTHER), by=actor_named("nueva"))
    assert actor_named("nueva").may("author")


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("mala", OTHER, "current"), (PASSWORD, PASSWORD, "password"), (PASSWORD, "corta", "password"), ("", "", "current")],
)
def test_changing_ones_password_asks_the_one_in_use(ana: Account, current: str, new: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        change_password(ChangePassword(current, new), by=actor_named("ana"))
    assert field in {problem.field for problem in refused.value.problems}
    assert Account.objects.get(pk=ana.pk).check_password(PASSWORD)


def test_a_resident_is_registered_with_a_folio_that_says_her_district_alone(db: None) -> None:
    before = ledger.head("people").sequence
    command = RegisterResident(" Rosa Inventada ", "distrito-01", "rosa@ejemplo.mx", PASSWORD)
    rosa = register_resident(command, by=actor_named("distrito")).result
    assert re.fullmatch(r"d01-[a-z0-9]{4}-[a-z0-9]{4}", rosa.username)
    assert (rosa.display_name, rosa.place, rosa.password_is_temporary) == ("Rosa Inventada", "Oficina del Distrito 1", True)
    (fact,) = ledger.facts_after("people", before)
    assert fact["details"] == {"account": str(rosa.pk)}


def test_a_clerk_registers_in_her_district_alone(db: None) -> None:
    with pytest.raises(Forbidden):
        register_resident(RegisterResident("Rosa", "distrito-02", "", PASSWORD), by=actor_named("distrito"))
    for act, command in (
        (correct_resident, CorrectResident(Account.objects.get(username="vecino").pk, "Otro", "")),
        (renew_password, RenewPassword(Account.objects.get(username="vecino").pk, OTHER)),
        (deactivate_account, DeactivateAccount(Account.objects.get(username="vecino").pk, WHY)),
        (deactivate_account, DeactivateAccount(Account.objects.get(username="area").pk, WHY)),
    ):
        with pytest.raises(Forbidden):
            act(command, by=actor_named("distrito"))  # type: ignore[operator]  # each with its own command


def test_what_is_wrong_of_a_resident_is_told_at_once(db: None) -> None:
    with pytest.raises(Refused) as refused:
        register_resident(RegisterResident("", "unidad-distritos", "no es correo", "corta"), by=SYSTEM)
    assert {problem.field for problem in refused.value.problems} == {"district", "display_name", "email", "password"}


def test_a_resident_is_of_her_district_and_holds_nothing_else(db: None) -> None:
    actor = actor_named("vecina")
    assert actor.scopes == {("resident", "distrito-01")}
    with pytest.raises(Refused, match="no tiene puestos ni funciones"):
        grant_role(GrantRole("vecina", "author", "", clock.today()), by=SYSTEM)


# -- pages -------------------------------------------------------------------------------------------------------------


def test_an_account_is_registered_given_a_role_and_switched_off_on_pages(db: None) -> None:
    admin = signed_in("administracion")
    data = {"username": "luis", "display_name": "Luis Inventado", "area": "distrito-02"}
    page = admin.post("/mesa/cuentas/nueva", data)
    assert page.status_code == 200
    password = shown_password(page.content.decode())
    luis = Account.objects.get(username="luis")
    assert luis.check_password(password)
    address, today = f"/mesa/cuentas/{luis.pk}", f"{clock.today():%d/%m/%Y}"
    granted = {"do": "grant", "grant-role": "author", "grant-area": "distrito-02", "grant-since": today}
    assert admin.post(address, granted).status_code == 302
    assert "Comprobante: hecho" in admin.get(address).content.decode()
    appointed = {"do": "appoint", "appoint-post": "distrito-02-titular", "appoint-since": today}
    assert admin.post(address, appointed).status_code == 302
    held = Appointment.objects.get(account=luis)
    ended = {"do": "end", "held": str(held.pk), f"end{held.pk}-until": today}
    assert admin.post(address, ended).status_code == 302
    assert admin.post(address, {"do": "deactivate", "deactivate-reason": "mal"}).status_code == 422
    assert admin.post(address, {"do": "deactivate", "deactivate-reason": WHY}).status_code == 302
    assert WHY in admin.get(address).content.decode()
    again = admin.post(address, {"do": "reactivate"})
    assert Account.objects.get(pk=luis.pk).check_password(shown_password(again.content.decode()))


def test_hostile_forms_find_nothing_and_break_nothing(ana: Account) -> None:
    admin = signed_in("administracion")
    address = f"/mesa/cuentas/{ana.pk}"
    foreign = Grant.objects.exclude(account=ana).first()
    assert foreign is not None
    today = f"{clock.today():%d/%m/%Y}"
    assert admin.post(address, {"do": "revoke", "held": str(foreign.pk), f"revoke{foreign.pk}-until": today}).status_code == 404
    assert admin.post(address, {"do": "revoke", "held": "1 OR 1=1"}).status_code == 404
    assert admin.post(address, {"do": "__init__"}).status_code == 302
    bad = {"do": "grant", "grant-role": "system", "grant-area": "x" * 5000, "grant-since": "99/99/9999"}
    assert admin.post(address, bad).status_code == 422
    assert admin.post(address, {"do": "grant", "grant-role": "author", "grant-since": "01/01/0001"}).status_code == 422
    assert admin.post("/mesa/cuentas/nueva", {"username": "a\x00b", "display_name": "<script>", "area": "no"}).status_code == 422
    assert Grant.objects.get(pk=foreign.pk).until is None


def test_a_resident_leaves_the_office_able_to_enter(db: None) -> None:
    clerk = signed_in("distrito")
    data = {"display_name": "Rosa Inventada", "email": "", "district": "distrito-01", "seen": "on"}
    assert clerk.post("/mesa/residentes/nueva", data | {"district": "distrito-02"}).status_code == 422
    assert clerk.post("/mesa/residentes/nueva", {key: data[key] for key in data if key != "seen"}).status_code == 422
    page = clerk.post("/mesa/residentes/nueva", data).content.decode()
    rosa = Account.objects.get(display_name="Rosa Inventada")
    assert rosa.username in page
    hers = Client()
    assert hers.post("/entrar", {"username": rosa.username.upper(), "password": shown_password(page)}).status_code == 302
    assert "Elegir mi contraseña" in hers.get("/mi-cuenta").content.decode()
    new = {"current": shown_password(page), "password": OTHER, "again": OTHER}
    assert hers.post("/mi-cuenta/contrasena", new).status_code == 302
    assert hers.get("/mi-cuenta").status_code == 200
    renewed = clerk.post(f"/mesa/residentes/{rosa.pk}", {"do": "renew"})
    assert shown_password(renewed.content.decode())
    assert hers.get("/mi-cuenta").status_code == 302


def test_one_session_goes_on_when_the_password_changes_and_the_others_end(ana: Account) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        assert client.post("/entrar", {"username": "ana", "password": PASSWORD}).status_code == 302
    assert here.post("/mi-cuenta/contrasena", {"current": PASSWORD, "password": OTHER, "again": "otra"}).status_code == 422
    assert here.post("/mi-cuenta/contrasena", {"current": PASSWORD, "password": OTHER, "again": OTHER}).status_code == 302
    assert here.get("/mesa").status_code == 200
    assert there.get("/mesa").status_code == 302


def test_an_open_session_does_not_serve_to_guess_the_password(ana: Account) -> None:
    client = signed_in("ana")
    tries = [
        client.post("/mi-cuenta/contrasena", {"current": f"mala-{n}", "password": OTHER, "again": OTHER}).status_code
        for n in range(6)
    ]
    assert tries[:5] == [422] * 5
    assert tries[5] == 429


# -- a lost second factor ----------------------------------------------------------------------------------------------

RESET = {"do": "reset", "reset-reason": "lost", "reset-known": "on"}


@pytest.fixture
def enrolled(ana: Account) -> Account:
    enrol(ana)
    return ana


def test_an_administrator_resets_a_second_factor_on_the_page_and_a_mail_tells_so(
    enrolled: Account, mailoutbox: list[EmailMessage]
) -> None:
    change_contact(ChangeContact("ana@ejemplo.mx"), by=enrolled.actor())
    page, admin = f"/mesa/cuentas/{enrolled.pk}", signed_in("administracion")
    assert "Restablecer su segundo factor" in admin.get(page).content.decode()
    told = admin.post(page, RESET, follow=True).content.decode()
    assert "Ya no tiene segundo factor" in told
    assert "Se le quitó; todavía no activa otro." in told
    assert "Restablecer su segundo factor" not in told
    assert not factors.has_one(enrolled)
    while queue.work_one("prueba"):
        pass
    [mail] = [mail for mail in mailoutbox if mail.to == ["ana@ejemplo.mx"]]
    assert mail.subject == "Se restableció el segundo factor de su cuenta"
    assert "active otro" in mail.body


def test_until_she_enrols_again_her_account_does_nothing(enrolled: Account) -> None:
    assert enrolled.actor().may("author")
    reset_factors(ResetFactors("ana", "lost"), by=actor_named("administracion"))
    ana = Account.objects.get(pk=enrolled.pk)
    assert not ana.actor().may("author")
    client = Client()
    assert client.post("/entrar", {"username": "ana", "password": PASSWORD})["Location"] == "/mi-cuenta/acceso"
    assert "Hasta que active otro" in client.get("/mi-cuenta/acceso").content.decode()
    assert "Hasta que active otro" in client.get("/mi-cuenta").content.decode()
    assert client.get("/mesa/importar").status_code == 404
    with clock.rehearse(clock.now() + dt.timedelta(minutes=5)):  # a code is good once
        enrol(ana)
    assert Account.objects.get(pk=ana.pk).actor().may("author")
    assert client.get("/mesa/importar").status_code == 200


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"do": "reset", "reset-reason": "lost"}, "Compruebe antes quién lo pide"),
        ({"do": "reset", "reset-known": "on"}, "Elija una opción"),
        ({"do": "reset", "reset-reason": "porque sí", "reset-known": "on"}, "no está en la lista"),
    ],
)
def test_a_reset_without_a_reason_or_without_knowing_who_asks_is_refused(
    enrolled: Account, sent: dict[str, str], told: str
) -> None:
    answer = signed_in("administracion").post(f"/mesa/cuentas/{enrolled.pk}", sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert factors.has_one(enrolled)


def test_nobody_resets_her_own_nor_without_the_part(enrolled: Account) -> None:
    administrator = Account.objects.get(username="administracion")
    before = factors.has_one(administrator)
    page = f"/mesa/cuentas/{administrator.pk}"
    client = signed_in("administracion")
    assert "Restablecer su segundo factor" not in client.get(page).content.decode()
    client.post(page, RESET)
    assert factors.has_one(administrator) == before
    assert not Account.objects.get(pk=administrator.pk).must_enrol
    assert signed_in("area").post(f"/mesa/cuentas/{enrolled.pk}", RESET).status_code == 404
    assert factors.has_one(enrolled)
