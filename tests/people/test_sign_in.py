"""Guessing passwords: after a few failures not even the right one is looked at, for a while; nobody is locked out for long."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client, RequestFactory

from calpulli.commons import clock
from calpulli.commons.access import network_address
from calpulli.commons.act import Actor
from calpulli.people import limits
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.people.models import SignInFailure

NAME, PASSWORD = "ana.lopez", "copal-nube-jade-12"
NOW = dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def known_password(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    few = limits.Limits(failures_pair=5, failures_account=12, failures_address=10)
    monkeypatch.setattr(limits, "current", lambda: few)
    register_account(RegisterAccount(NAME, "Ana Inventada", "Planeación", ("author",), PASSWORD), by=Actor.system("prueba"))


def attempt(password: str, *, username: str = NAME, address: str = "192.0.2.1") -> int:
    data = {"username": username, "password": password}
    return Client(REMOTE_ADDR=address).post("/entrar", data).status_code


def test_the_sixth_guess_waits_even_if_it_is_right() -> None:
    with clock.rehearse(NOW):
        assert [attempt(f"intento-{n}") for n in range(5)] == [422] * 5
        assert attempt(PASSWORD) == 429
        assert attempt(PASSWORD, username=" ANA.LOPEZ") == 429
    with clock.rehearse(NOW + dt.timedelta(minutes=16)):
        assert attempt(PASSWORD) == 302


def test_it_says_how_long_to_wait() -> None:
    with clock.rehearse(NOW):
        for n in range(5):
            attempt(f"intento-{n}")
        answer = Client(REMOTE_ADDR="192.0.2.1").post("/entrar", {"username": NAME, "password": PASSWORD})
    assert answer["Retry-After"] == "900"
    assert "Espere 15 minutos" in answer.content.decode()


def test_her_own_door_stays_open_while_a_stranger_guesses_from_elsewhere() -> None:
    with clock.rehearse(NOW):
        for n in range(8):
            attempt(f"intento-{n}", address="198.51.100.7")
        assert attempt(PASSWORD, address="192.0.2.1") == 302


def test_many_addresses_against_one_account_are_stopped_too() -> None:
    with clock.rehearse(NOW):
        for n in range(12):
            attempt("mala", address=f"198.51.100.{n}")
        assert attempt(PASSWORD, address="192.0.2.1") == 429


def test_one_address_against_many_accounts_is_stopped() -> None:
    with clock.rehearse(NOW):
        for n in range(10):
            attempt("mala", username=f"cuenta{n}")
        assert attempt("mala", username="otra") == 429


def test_a_good_sign_in_forgets_the_slips_before_it() -> None:
    with clock.rehearse(NOW):
        assert [attempt("mala") for _ in range(4)] == [422] * 4
        assert attempt(PASSWORD) == 302
        assert [attempt("mala") for _ in range(4)] == [422] * 4
        assert attempt(PASSWORD) == 302


def test_neither_name_nor_address_is_kept_and_old_failures_are_forgotten() -> None:
    with clock.rehearse(NOW):
        attempt("mala")
    kept = str(list(SignInFailure.objects.values()))
    assert NAME not in kept
    assert "192.0.2" not in kept
    with clock.rehearse(NOW + dt.timedelta(minutes=30)):
        attempt("mala", username="otra", address="203.0.113.5")
    assert SignInFailure.objects.filter(at=NOW).count() == 0


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_wrote(settings: Any) -> None:
    """Else one guesser would lock everybody out; and without a proxy of ours the header is a stranger's word."""
    plain = RequestFactory().get("/")
    passed_on = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
    settings.BEHIND_PROXY = True
    assert network_address(passed_on) == "198.51.100.7"
    assert network_address(plain) == "127.0.0.1"
    settings.BEHIND_PROXY = False
    assert network_address(passed_on) == "127.0.0.1"


def test_whoever_has_a_network_of_ipv6_is_one_and_not_as_many_as_it_has_addresses() -> None:
    """2001:db8:1:2::/64 is what one customer is given; each of its addresses was a guesser of its own."""
    with clock.rehearse(NOW):
        tried = [attempt("mala", username=f"nadie{n}", address=f"2001:db8:1:2::{n:x}") for n in range(11)]
        assert tried[-2:] == [422, 429]
        assert attempt("mala", username="nadie", address="2001:db8:1:3::1") == 422


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_what_an_address_counts_as(told: str, counted: str) -> None:
    assert network_address(RequestFactory().get("/", REMOTE_ADDR=told)) == counted
