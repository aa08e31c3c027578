"""Guesses sent at once: no more of them are looked at than when they come one by one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from calpulli.commons.act import Actor
from calpulli.people import limits, throttle
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.people.models import SignInFailure
from tests.signing import sign_in

NAME, PASSWORD = "ana.lopez", "copal-nube-jade-12"
AT_ONCE = 8
LIMITS = limits.Limits(failures_pair=5, failures_account=50, failures_address=40)


@pytest.fixture(autouse=True)
def known_password(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "current", lambda: LIMITS)
    register_account(RegisterAccount(NAME, "Ana Inventada", "Planeación", ("author",), PASSWORD), by=Actor.system("prueba"))


def together(one: Callable[[int], int | bool]) -> list[int | bool]:
    """What each of them got, all begun at the same moment, each on a connection of its own."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> int | bool:
        start.wait(20)
        try:
            return one(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(AT_ONCE)))


def guess(number: int) -> int:
    return Client(REMOTE_ADDR="192.0.2.1").post("/entrar", {"username": NAME, "password": f"no-es-esta-{number}"}).status_code


def test_of_eight_guesses_at_once_five_are_looked_at() -> None:
    assert together(guess) == [422] * 5 + [429] * 3
    assert sign_in(Client(REMOTE_ADDR="192.0.2.1"), NAME, PASSWORD).status_code == 429


@pytest.mark.parametrize("most", [1, 3, 7])
def test_exactly_as_many_are_counted_as_the_limit_says_and_a_good_one_is_given_back(most: int) -> None:
    keys = {throttle.hidden("uno"): most, throttle.hidden("otro"): 40}
    for _ in range(5):
        tries = together(lambda _: throttle.count(keys) is not None)
        assert sum(tries) == most
        assert SignInFailure.objects.count() == 2 * most, "of those refused nothing is counted, under no key"
        throttle.forget_failures(keys)
    tried = throttle.count(keys)
    assert tried is not None
    throttle.take_back(tried)
    assert sum(together(lambda _: throttle.count(keys) is not None)) == most


def test_two_that_count_for_the_same_keys_in_another_order_do_not_wait_for_each_other() -> None:
    keys = {throttle.hidden(str(number)): 1000 for number in range(6)}
    backwards = dict(reversed(keys.items()))
    for _ in range(5):
        assert all(together(lambda number: throttle.count(backwards if number % 2 else keys) is not None))
    assert SignInFailure.objects.count() == 5 * AT_ONCE * len(keys)
