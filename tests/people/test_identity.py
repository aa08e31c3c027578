"""An identity from elsewhere, against a provider that really answers: what is not proved signs nobody in."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from joserfc.jwk import RSAKey

from calpulli.commons.act import Refused
from calpulli.people import identity
from calpulli.people.actions import link_identity
from calpulli.people.inputs import LinkIdentity
from calpulli.people.models import Account, LinkedIdentity, OpenSession
from tests.people.issuer import CLIENT, SECRET, Issuer, opened

GO, BACK, LINK = "/entrar/identidad", "/entrar/identidad/vuelta", "/mi-cuenta/acceso/identidad"


@pytest.fixture
def issuer(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    found, server = opened()
    by = identity.Provider("Identidad de prueba", found.url, CLIENT, SECRET)
    monkeypatch.setattr(identity, "provider", lambda: by)
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def resident(issuer: Issuer) -> Account:
    account = Account.objects.get(username="vecina")
    link_identity(LinkIdentity(account.pk, issuer.url, issuer.subject), by=account.actor())
    return account


def signs_in(issuer: Issuer, client: Client | None = None, **other: str) -> Any:
    client = client or Client()
    sent = client.get(GO)
    assert sent.status_code == 302
    return client.get(BACK, issuer.authorizes(sent["Location"]) | other)


def test_the_right_answer_signs_in_whom_it_is_linked_to(issuer: Issuer, resident: Account) -> None:
    client = Client()
    assert signs_in(issuer, client)["Location"] == "/mesa"
    assert client.get("/mi-cuenta/acceso").status_code == 200
    assert OpenSession.objects.get().account == resident
    asked, exchanged = issuer.asked
    assert asked["code_challenge_method"] == "S256"
    proof = hashlib.sha256(exchanged["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(proof).decode().rstrip("=")
    assert "email" not in asked["scope"]


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "http://malo.ejemplo"},
        {"iss": None},
        {"aud": "otro-sitio"},
        {"aud": [CLIENT, "otro-sitio"]},
        {"aud": [CLIENT, "otro-sitio"], "azp": "otro-sitio"},
        {"aud": None},
        {"nonce": "otro"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
    ],
    ids=lambda lies: "+".join(
        f"{name}:{type(told).__name__}" for name, told in lies.items()
    ),  # no instants: they differ in each process
)
def test_a_token_that_lies_is_refused(issuer: Issuer, resident: Account, lies: dict[str, Any]) -> None:
    issuer.lies = lies
    assert signs_in(issuer).status_code == 422
    assert OpenSession.objects.count() == 0


def test_a_token_without_signature_is_refused(issuer: Issuer, resident: Account) -> None:
    def part(told: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")

    client = Client()
    back = issuer.authorizes(client.get(GO)["Location"])
    now = int(time.time())
    nonce = issuer.nonces["codigo"]
    claims = {"iss": issuer.url, "sub": issuer.subject, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
    issuer.token = f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."
    assert client.get(BACK, back).status_code == 422


def test_a_token_signed_with_the_shared_secret_is_refused(issuer: Issuer, resident: Account) -> None:
    issuer.header = {"alg": "HS256"}
    assert signs_in(issuer).status_code == 422


def test_a_token_of_another_key_is_refused_and_a_new_published_key_is_believed(issuer: Issuer, resident: Account) -> None:
    issuer.published = issuer.key
    issuer.key = RSAKey.generate_key(2048, {"kid": "una"})
    assert signs_in(issuer).status_code == 422
    issuer.published = None
    assert signs_in(issuer).status_code == 302


def test_a_state_serves_once_and_in_one_browser(issuer: Issuer, resident: Account) -> None:
    client = Client()
    back = issuer.authorizes(client.get(GO)["Location"])
    assert Client().get(BACK, back).status_code == 422
    assert client.get(BACK, back).status_code == 302
    client.post("/salir")
    assert client.get(BACK, back).status_code == 422
    assert signs_in(issuer, state="otro").status_code == 422
    assert signs_in(issuer, state="ñ").status_code == 422


def test_an_answer_late_or_of_another_issuer_is_refused(issuer: Issuer, resident: Account) -> None:
    import datetime as dt

    from calpulli.commons import clock

    client = Client()
    back = issuer.authorizes(client.get(GO)["Location"])
    with clock.rehearse(clock.now() + dt.timedelta(minutes=11)):
        assert client.get(BACK, back).status_code == 422
    assert signs_in(issuer, iss="http://malo.ejemplo").status_code == 422
    assert Client().get(BACK, {"error": "access_denied"}).status_code == 422


@pytest.mark.parametrize(
    "told",
    [{"issuer": "http://malo.ejemplo"}, {"token_endpoint": "http://malo.ejemplo/token"}, {"jwks_uri": None}],
    ids=["another issuer", "in the clear", "no keys"],
)
def test_a_provider_that_says_something_else_of_itself_is_not_gone_to(issuer: Issuer, told: dict[str, Any]) -> None:
    issuer.told = told
    assert Client().get(GO).status_code == 503


def test_an_unknown_identity_signs_nobody_in_whatever_its_mail(issuer: Issuer) -> None:
    issuer.lies = {"email": "vecina@ejemplo.mx", "email_verified": True}
    answer = signs_in(issuer)
    assert answer.status_code == 422
    assert "no está ligada" in answer.content.decode()


def test_it_goes_on_to_this_site_alone(issuer: Issuer, resident: Account) -> None:
    client = Client()
    sent = client.get(GO, {"next": "https://malo.ejemplo/"})
    assert client.get(BACK, issuer.authorizes(sent["Location"]))["Location"] == "/mesa"


def test_it_is_linked_by_its_owner_and_only_to_whom_began(issuer: Issuer) -> None:
    account, client = Account.objects.get(username="vecina"), Client()
    client.force_login(account)
    assert client.get(LINK)["Location"].startswith("/mi-cuenta/acceso/confirmar")
    proved(client)
    back = issuer.authorizes(client.get(LINK)["Location"])
    other = Client()
    other.force_login(Account.objects.get(username="vecino"))
    assert other.get(BACK, back).status_code == 422
    assert client.get(BACK, back).status_code == 302
    assert LinkedIdentity.objects.get().account == account
    proved(client)
    assert client.post(LINK + "/quitar").status_code == 302
    assert LinkedIdentity.objects.count() == 0


def proved(client: Client) -> None:
    client.get("/mi-cuenta/acceso")
    session = client.session
    session["proved_at"] = time.time()
    session.save()


def test_one_identity_is_of_one_account_and_never_of_staff(issuer: Issuer, resident: Account) -> None:
    neighbour, staff = Account.objects.get(username="vecino"), Account.objects.get(username="area")
    with pytest.raises(Refused, match="ya está ligada"):
        link_identity(LinkIdentity(neighbour.pk, issuer.url, issuer.subject), by=neighbour.actor())
    with pytest.raises(Refused, match="segundo factor"):
        link_identity(LinkIdentity(staff.pk, issuer.url, "otra"), by=staff.actor())


def test_without_a_provider_there_is_no_button_and_no_way(client: Client, db: None) -> None:
    assert client.get(GO).status_code == client.get(BACK).status_code == 404
    assert "/entrar/identidad" not in client.get("/entrar").content.decode()


@pytest.mark.parametrize(("site", "goes"), [("cross-site", False), ("same-site", False), ("same-origin", True), ("none", True)])
def test_no_other_site_begins_to_link_an_identity(issuer: Issuer, resident: Account, site: str, goes: bool) -> None:
    """Else a page that signed her in at the provider as somebody else would link his identity to her account."""
    client = Client()
    signs_in(issuer, client)
    answer = client.get(LINK, headers={"sec-fetch-site": site})
    assert answer["Location"].startswith("http") is goes
    assert goes or answer["Location"] == "/mi-cuenta/acceso"
    assert ("identity" in client.session) is goes
