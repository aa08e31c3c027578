"""Signing in, attacked: every one of these must fail for whoever attacks. More of them in test_sign_in, _factors, _passkeys,
_mailed_code and _identity, each beside what it attacks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor, Refused
from calpulli.people import factors, limits
from calpulli.people.actions import change_contact, register_account, register_resident, set_one_time_key, set_password
from calpulli.people.inputs import ChangeContact, RegisterAccount, RegisterResident, SetOneTimeKey, SetPassword
from calpulli.people.models import Account, OpenSession
from tests.signing import code_for, sign_in

NAME, PASSWORD = "ana.lopez", "copal-nube-jade-12"
SYSTEM = Actor.system("prueba")
NOW = dt.datetime(2026, 7, 10, 18, tzinfo=dt.UTC)
INSIDE, ENTER, SECOND = "/mi-cuenta/acceso", "/entrar", "/entrar/codigo"
HOSTILE = "<script>alert(1)</script><svg onload=alert(1)>"


@pytest.fixture
def account(db: None) -> Account:
    command = RegisterAccount(NAME, "Ana Inventada", "Planeación", ("author",), PASSWORD)
    return register_account(command, by=SYSTEM).result


@pytest.fixture
def enrolled(account: Account) -> Account:
    secret = factors.new_secret()
    set_one_time_key(SetOneTimeKey(account.pk, secret, factors.code_now(secret)), by=account.actor())
    return account


def inside(name: str = NAME, **how: Any) -> Client:
    client = Client(**how)
    assert sign_in(client, name, PASSWORD).status_code == 302
    assert client.get(INSIDE).status_code == 200
    return client


def copy_of(client: Client) -> Client:
    """A thief's browser with the same cookie."""
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get(INSIDE).status_code == 200
    return thief


# -- guessing ----------------------------------------------------------------------------------------------------------


def test_after_five_wrong_codes_not_even_the_right_one_is_looked_at_from_any_browser(enrolled: Account) -> None:
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        client.post(ENTER, {"username": NAME, "password": PASSWORD})
        assert client.post(SECOND, {"code": "000000"}).status_code == 422
    client = Client(REMOTE_ADDR="198.51.100.1")
    client.post(ENTER, {"username": NAME, "password": PASSWORD})
    answer = client.post(SECOND, {"code": code_for(NAME)})
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert client.post(SECOND + "?papel", {"paper_code": "AAAA-AAAA-AAAA-AAAA"}).status_code == 429
    assert client.get("/mesa").status_code == 302


def test_a_stolen_session_cannot_guess_the_password_to_change_how_one_signs_in(account: Account) -> None:
    client = inside()
    with clock.rehearse(clock.now() + dt.timedelta(minutes=11)):
        assert client.get("/mi-cuenta/acceso/aplicacion")["Location"].startswith("/mi-cuenta/acceso/confirmar")
        tries = [client.post("/mi-cuenta/acceso/confirmar", {"password": f"no-es-{n}"}).status_code for n in range(6)]
        assert tries == [422] * 5 + [429]
        assert client.post("/mi-cuenta/acceso/confirmar", {"password": PASSWORD}).status_code == 429
        assert client.get("/mi-cuenta/acceso/aplicacion").status_code == 302


@pytest.mark.parametrize("code", ["", "1", "12345", "1234567", "١٢٣٤٥٦", "12345a", "-12345", "000000\x00", "0" * 400, HOSTILE])
def test_what_is_no_code_is_no_code(enrolled: Account, code: str) -> None:
    client = Client()
    client.post(ENTER, {"username": NAME, "password": PASSWORD})
    answer = client.post(SECOND, {"code": code})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()


# -- the steps ---------------------------------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing(enrolled: Account) -> None:
    client = Client()
    assert client.post(ENTER, {"username": NAME, "password": PASSWORD})["Location"] == SECOND
    for address in ("/mesa", INSIDE, "/mi-cuenta/sesiones", "/mi-cuenta/acceso/aplicacion"):
        assert client.get(address)["Location"].startswith(ENTER), address
    assert OpenSession.objects.count() == 0


def test_a_code_that_was_seen_over_the_shoulder_is_worth_nothing(enrolled: Account) -> None:
    code = code_for(NAME)
    for expected in (302, 422):
        client = Client()
        client.post(ENTER, {"username": NAME, "password": PASSWORD})
        assert client.post(SECOND, {"code": code}).status_code == expected


def test_the_first_step_of_one_is_not_finished_with_the_code_of_another(enrolled: Account) -> None:
    client = Client()
    client.post(ENTER, {"username": NAME, "password": PASSWORD})
    assert client.post(SECOND, {"code": code_for("area")}).status_code == 422


def test_the_first_step_is_forgotten_in_ten_minutes(enrolled: Account) -> None:
    client = Client()
    client.post(ENTER, {"username": NAME, "password": PASSWORD})
    with clock.rehearse(clock.now() + dt.timedelta(minutes=11)):
        assert client.post(SECOND, {"code": code_for(NAME)})["Location"] == ENTER


# -- sessions ----------------------------------------------------------------------------------------------------------


def test_a_key_that_the_attacker_planted_is_not_the_one_that_gets_in(enrolled: Account) -> None:
    """Fixation: neither the key from before the password, nor the one between the steps, is the key of the session."""
    attacker = Client()
    attacker.post("/entrar/correo", {"email": "nadie@ejemplo.mx"})  # the site gives an anonymous browser a key of its own
    planted = attacker.cookies["sessionid"].value
    victim = Client()
    victim.cookies["sessionid"] = planted
    victim.post(ENTER, {"username": NAME, "password": PASSWORD})
    between = victim.cookies["sessionid"].value
    victim.post(SECOND, {"code": code_for(NAME)})
    assert len({planted, between, victim.cookies["sessionid"].value}) == 3
    for key in (planted, between):
        attacker.cookies["sessionid"] = key
        assert attacker.get(INSIDE).status_code == 302


def test_a_copied_cookie_is_worth_nothing_after_signing_out(account: Account) -> None:
    client = inside()
    thief = copy_of(client)
    client.post("/salir")
    assert thief.get(INSIDE).status_code == 302


def test_a_copied_cookie_is_worth_nothing_after_another_password(account: Account) -> None:
    thief = copy_of(inside())
    set_password(SetPassword(NAME, "otra-salvia-volcan-33"), by=SYSTEM)
    assert thief.get(INSIDE).status_code == 302


def test_a_copied_cookie_is_worth_nothing_once_its_owner_closes_it(account: Account) -> None:
    thief = copy_of(inside(HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Firefox/128.0"))
    owner = inside()
    page = owner.get("/mi-cuenta/sesiones").content.decode()
    assert "Firefox · Android" in page
    assert owner.post("/mi-cuenta/sesiones/cerrar-las-demas").status_code == 302
    assert thief.get(INSIDE).status_code == 302
    assert owner.get(INSIDE).status_code == 200


@pytest.mark.parametrize(("minutes", "uses"), [(121, 0), (8 * 60 + 1, 10)], ids=["unused", "old"])
def test_a_session_ends_by_disuse_and_by_age(account: Account, minutes: int, uses: int) -> None:
    client, began = inside(), clock.now()
    for use in range(1, uses):
        with clock.rehearse(began + dt.timedelta(minutes=minutes * use // uses)):
            assert client.get(INSIDE).status_code == 200
    with clock.rehearse(began + dt.timedelta(minutes=minutes)):
        assert client.get(INSIDE).status_code == 302


def test_nobody_closes_the_session_of_another(account: Account) -> None:
    client = inside()
    hers = OpenSession.objects.get(account=account)
    other = Client()
    other.force_login(Account.objects.get(username="vecino"))
    assert other.post(f"/mi-cuenta/sesiones/{hers.pk}/cerrar").status_code == 404
    assert client.get(INSIDE).status_code == 200


def test_a_password_on_paper_ends_by_itself_and_one_of_ones_own_does_not(db: None) -> None:
    clerk = Account.objects.get(username="distrito").actor()
    command = RegisterResident("Una Inventada", "distrito-01", "", PASSWORD)
    folio = register_resident(command, by=clerk).result.username
    told = {"username": folio, "password": PASSWORD}
    with clock.rehearse(clock.now() + dt.timedelta(days=29)):
        assert Client().post(ENTER, told).status_code == 302
    with clock.rehearse(clock.now() + dt.timedelta(days=31)):
        late = Client().post(ENTER, told)
        assert (late.status_code, "ya venció" in late.content.decode()) == (403, True)
    set_password(SetPassword(folio, "otra-salvia-volcan-33"), by=SYSTEM)
    with clock.rehearse(clock.now() + dt.timedelta(days=400)):
        assert Client().post(ENTER, told | {"password": "otra-salvia-volcan-33"}).status_code == 302


def test_whoever_found_a_residents_session_does_not_make_its_mail_his_own(db: None) -> None:
    resident = Account.objects.get(username="vecina")
    with pytest.raises(Refused, match="oficina de distrito"):
        change_contact(ChangeContact("ladron@ejemplo.mx"), by=resident.actor())
    change_contact(ChangeContact("Vecina@ejemplo.mx"), by=resident.actor())


@pytest.mark.parametrize(
    "address", ["/", "/mesa", "/organigrama", "/no-existe", "/mi-cuenta/sesiones", "/en/registros", "/diseno"]
)
def test_nothing_shown_to_somebody_stays_on_the_computer_that_she_used(account: Account, address: str) -> None:
    shown = inside().get(address)
    assert "no-store" in shown["Cache-Control"] and "private" in shown["Cache-Control"]
    assert "no-store" not in Client().get("/").headers.get("Cache-Control", ""), "what is public anyone may keep"


# -- from elsewhere ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *(ENTER, SECOND, "/salir", "/entrar/correo", "/entrar/llave", "/mi-cuenta/acceso/codigos"),
        *("/mi-cuenta/acceso/aplicacion/quitar", "/mi-cuenta/sesiones/cerrar-las-demas", "/mi-cuenta/acceso/confirmar"),
    ],
)
def test_a_form_of_another_site_does_nothing(account: Account, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    told = {"username": NAME, "password": PASSWORD, "code": "000000", "email": "vecina@ejemplo.mx"}
    assert client.post(address, told, HTTP_ORIGIN="https://malo.ejemplo").status_code == 403
    assert client.get(INSIDE).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    ["https://malo.ejemplo/", "//malo.ejemplo", "/\\malo.ejemplo", "javascript:alert(1)", "http:malo", "\x08//malo"],
)
def test_no_way_in_leads_away_from_the_site(enrolled: Account, wanted: str) -> None:
    client = Client()
    client.post(ENTER, {"username": NAME, "password": PASSWORD, "next": wanted})
    assert client.post(SECOND, {"code": code_for(NAME)})["Location"] == "/mesa"
    confirmed = client.post("/mi-cuenta/acceso/confirmar", {"password": PASSWORD, "next": wanted})
    assert confirmed["Location"] == INSIDE


# -- who is here -------------------------------------------------------------------------------------------------------


def test_a_name_that_is_not_here_costs_as_much_as_one_that_is(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dear part is the hash of the password: it is made once, whoever it is. Time itself is not measured: it lies."""
    made: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *given, **more: made.append("x") or encode(self, *given, **more))
    pages = []
    for name in (NAME, "no.existe"):
        made.clear()
        page = Client(REMOTE_ADDR="192.0.2.9").post(ENTER, {"username": name, "password": "no-es-esta-12"})
        assert (page.status_code, len(made)) == (422, 1), name
        told = page.content.decode().replace(name, "")
        pages.append([line for line in told.splitlines() if "csrf" not in line])
    assert pages[0] == pages[1]


def test_a_name_with_markup_is_shown_and_not_run(db: None) -> None:
    command = RegisterAccount("mala", HOSTILE, HOSTILE, (), PASSWORD)
    register_account(command, by=SYSTEM)
    client = inside("mala", HTTP_USER_AGENT=HOSTILE)
    for address in (INSIDE, "/mi-cuenta/sesiones", "/mi-cuenta/acceso/aplicacion", "/mi-cuenta"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "<svg onload" not in page, address
        assert "&lt;script&gt;alert(1)" in page, address


# -- the demonstration's accounts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_REAL_IP": "127.0.0.1", "HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_HOST": "calpulli.ejemplo"},
        {"HTTP_HOST": "localhost.malo.ejemplo"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1.malo"},
    ],
    ids=str,
)
def test_an_account_of_the_demonstration_is_refused_from_elsewhere(db: None, settings: Any, how: dict[str, str]) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    set_password(SetPassword("area", PASSWORD), by=SYSTEM)
    answer = Client(**how).post(ENTER, {"username": "area", "password": PASSWORD})
    assert answer.status_code == 403
    assert "solo entra desde la computadora en que corre el sitio" in answer.content.decode()
    stolen = Client(**how)
    stolen.force_login(Account.objects.get(username="area"))
    assert stolen.get(INSIDE).status_code == 302


@pytest.mark.parametrize("host", ["localhost", "localhost:8001", "127.0.0.1:8000", "[::1]:8000"])
def test_at_its_own_computer_it_gets_in(db: None, host: str) -> None:
    set_password(SetPassword("area", PASSWORD), by=SYSTEM)
    assert sign_in(Client(HTTP_HOST=host), "area", PASSWORD)["Location"] == "/mesa"


def test_behind_a_proxy_or_in_another_institute_it_never_does(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from calpulli.commons import institutes

    set_password(SetPassword("area", PASSWORD), by=SYSTEM)
    real = replace(institutes.current(), demonstration=False)
    settings.BEHIND_PROXY = True
    assert Client().post(ENTER, {"username": "area", "password": PASSWORD}).status_code == 403
    settings.BEHIND_PROXY = False
    monkeypatch.setattr(institutes, "current", lambda: real)
    assert Client().post(ENTER, {"username": "area", "password": PASSWORD}).status_code == 403


# -- settings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"sesion_horas": 3}, "no hay un ajuste «sesion_horas»"),
        ({"session_hours": 25}, "el máximo es 24"),
        ({"window_minutes": 0}, "de 1 en adelante"),
        ({"failures_pair": "5"}, "de 1 en adelante"),
        ({"staff_second_factor": 1}, "true o false"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_refused_in_words(told: dict[str, Any], words: str) -> None:
    with pytest.raises(limits.WrongSetting, match=words):
        limits.read(told, place="institute.toml")
    assert limits.read({"session_hours": 4}, place="x").session_hours == 4
