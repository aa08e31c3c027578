"""Passkeys: made, used alone or as second step, and refused when anything of the answer is not as asked."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden
from calpulli.people import factors
from calpulli.people.actions import register_account, remove_passkey
from calpulli.people.inputs import RegisterAccount, RemovePasskey
from calpulli.people.models import Account, OpenSession, Passkey, RecoveryCode
from tests.people.authenticator import PRESENT, Authenticator

NAME, PASSWORD = "ana.lopez", "copal-nube-jade-12"
NEW, ENTER = "/mi-cuenta/acceso/llaves/nueva", "/entrar/llave"


@pytest.fixture
def account(db: None) -> Account:
    command = RegisterAccount(NAME, "Ana Inventada", "Planeación", ("author",), PASSWORD)
    return register_account(command, by=Actor.system("prueba")).result


@pytest.fixture
def inside(account: Account) -> Client:
    client = Client()
    client.post("/entrar", {"username": NAME, "password": PASSWORD})
    return client


def asked(client: Client, address: str) -> dict[str, Any]:
    """What the page gives the browser to ask of an authenticator."""
    found = re.search(r'data-options="([^"]*)"', client.get(address).content.decode())
    assert found
    return json.loads(html.unescape(found[1]))


def registered(client: Client, name: str = "mi teléfono", **how: Any) -> Authenticator:
    key = Authenticator(**how)
    answer = client.post(NEW, {"name": name, "answer": key.make(asked(client, NEW))})
    assert answer.status_code in (200, 302), answer.content.decode()
    return key


def enters(key: Authenticator, client: Client | None = None, **other: bytes) -> Any:
    client = client or Client()
    return client.post(ENTER, {"answer": key.sign(asked(client, ENTER), **other)})


def test_a_passkey_alone_signs_in_and_the_session_says_so(inside: Client, account: Account) -> None:
    key = registered(inside)
    client = Client()
    answer = enters(key, client)
    assert (answer.status_code, answer["Location"]) == (302, "/mesa")
    assert client.get("/mi-cuenta/acceso").status_code == 200
    assert OpenSession.objects.filter(account=account, how="passkey").count() == 1


def test_the_first_gives_codes_on_paper_and_the_next_does_not(inside: Client, account: Account) -> None:
    registered(inside)
    assert RecoveryCode.objects.filter(account=account).count() == 10
    before = set(RecoveryCode.objects.values_list("code_hash"))
    registered(inside, "llavero")
    assert set(RecoveryCode.objects.values_list("code_hash")) == before
    page = inside.get("/mi-cuenta/acceso").content.decode()
    assert "mi teléfono" in page and "llavero" in page


def test_with_only_passkeys_the_second_step_asks_for_one(inside: Client, account: Account) -> None:
    key = registered(inside)
    client = Client()
    assert client.post("/entrar", {"username": NAME, "password": PASSWORD})["Location"] == "/entrar/codigo"
    assert client.get("/mesa").status_code == 302
    assert client.get("/entrar/codigo")["Location"] == ENTER
    assert [one["id"] for one in asked(client, ENTER)["allowCredentials"]] == [Passkey.objects.get().credential]
    assert enters(key, client).status_code == 302
    assert client.get("/mesa").status_code == 200


def test_the_second_step_is_not_taken_with_a_passkey_of_another(inside: Client, account: Account) -> None:
    registered(inside)
    other = Client()
    command = RegisterAccount("beto", "Beto Inventado", "Planeación", (), PASSWORD)
    register_account(command, by=Actor.system("prueba"))
    other.post("/entrar", {"username": "beto", "password": PASSWORD})
    his = registered(other)
    client = Client()
    client.post("/entrar", {"username": NAME, "password": PASSWORD})
    assert enters(his, client).status_code == 422
    assert client.get("/mesa").status_code == 302


@pytest.mark.parametrize(
    "how",
    [
        {"origin": "http://malo.ejemplo"},
        {"origin": "https://localhost"},
        {"host": "malo.ejemplo"},
        {"flags": PRESENT},
        {"flags": 0},
    ],
    ids=["origin", "scheme", "site", "without the person", "without a touch"],
)
def test_an_answer_that_is_not_as_asked_is_refused(inside: Client, how: dict[str, Any]) -> None:
    key = registered(inside)
    for name, value in how.items():
        setattr(key, name, value)
    assert enters(key).status_code == 422
    bad = Authenticator(**how)
    assert inside.post(NEW, {"name": "otra", "answer": bad.make(asked(inside, NEW))}).status_code == 422
    assert Passkey.objects.count() == 1


def test_an_answer_serves_once_and_only_where_it_was_asked(inside: Client) -> None:
    key, client = registered(inside), Client()
    answer = key.sign(asked(client, ENTER))
    asked(other := Client(), ENTER)
    assert other.post(ENTER, {"answer": answer}).status_code == 422
    assert client.post(ENTER, {"answer": answer}).status_code == 302
    client.post("/salir")
    asked(client, ENTER)
    assert client.post(ENTER, {"answer": answer}).status_code == 422


def test_a_question_is_good_for_minutes(inside: Client) -> None:
    import datetime as dt

    key, client = registered(inside), Client()
    answer = key.sign(asked(client, ENTER))
    with clock.rehearse(clock.now() + dt.timedelta(minutes=6)):
        assert client.post(ENTER, {"answer": answer}).status_code == 422


def test_a_copy_that_counts_less_is_refused(inside: Client) -> None:
    key = registered(inside)
    key.count = 40
    assert enters(key).status_code == 302
    key.count = 12
    assert enters(key).status_code == 422


@pytest.mark.parametrize("part", ["signature", "authenticatorData", "clientDataJSON", "userHandle"])
def test_a_part_that_was_changed_is_refused(inside: Client, part: str) -> None:
    assert enters(registered(inside), **{part: b"x" * 40}).status_code == 422


@pytest.mark.parametrize(
    "answer",
    [
        *("", "x", "{}", "[]", '{"id": 3}', '{"id": "AA", "response": 4}', "null", "\x00", '{"id": {}}', '{"id": "\\ud800"}'),
        *('{"id": "\\u0000"}', "[" * 100_000, '{"id":' * 50_000, "1" * 5_000),
    ],
    ids=lambda answer: answer[:12],
)
def test_nonsense_is_refused_without_falling(inside: Client, answer: str) -> None:
    asked(client := Client(), ENTER)
    assert client.post(ENTER, {"answer": answer}).status_code == 422
    asked(inside, NEW)
    assert inside.post(NEW, {"name": "x", "answer": answer}).status_code == 422


def test_an_unknown_passkey_and_an_inactive_account_are_told_the_same(inside: Client, account: Account) -> None:
    stranger = Authenticator()
    first = enters(stranger)
    key = registered(inside)
    from calpulli.commons.act import ACTS

    Account.objects.filter(pk=account.pk).update(is_active=False)
    second = enters(key)
    assert (first.status_code, second.status_code) == (422, 422)
    told = [re.findall(r"Esa llave no es[^<]*", page.content.decode()) for page in (first, second)]
    assert told[0] == told[1] != []
    assert ACTS  # the update above is the test's own shortcut, rolled back with it


def test_one_removes_ones_own_alone_and_the_codes_go_with_the_last(inside: Client, account: Account) -> None:
    registered(inside)
    key = Passkey.objects.get()
    with pytest.raises(Forbidden):
        remove_passkey(RemovePasskey(account.pk, key.pk), by=Account.objects.get(username="area").actor())
    assert inside.post("/mi-cuenta/acceso/llaves/999999/quitar").status_code == 404
    assert inside.post(f"/mi-cuenta/acceso/llaves/{key.pk}/quitar").status_code == 302
    assert not factors.has_one(account)
    assert RecoveryCode.objects.filter(account=account).count() == 0


def test_at_a_number_no_passkey_is_offered_and_it_says_what_to_do(inside: Client) -> None:
    page = Client(SERVER_NAME="127.0.0.1").get(ENTER).content.decode()
    assert "data-options" not in page and "<script" not in page
    assert "Abra el sitio por su nombre" in page
