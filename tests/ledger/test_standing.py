"""What is remembered of a chain's tables is never older than its last fact, and nothing is remembered of what may be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from calpulli.commons import clock
from calpulli.ledger import doors as ledger
from calpulli.ledger.standing import MOST_KEPT
from calpulli.people.doors import actor_named
from calpulli.planning.actions import open_period
from calpulli.planning.inputs import OpenPeriod
from calpulli.planning.models import Period

LATER = dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)
COMMAND = OpenPeriod("demo-2026", "2031-Q2")


@pytest.fixture
def july(fresh_database: str) -> Iterator[None]:
    with clock.rehearse(LATER):
        yield


@pytest.fixture
def periods() -> Callable[..., tuple[str, ...]]:
    """Remembers which periods were opened of a plan; another one for each test."""

    @ledger.remembered("planning")
    def opened(plan_key: str = "demo-2026") -> tuple[str, ...]:
        return tuple(Period.objects.filter(plan_id=plan_key).order_by("code").values_list("code", flat=True))

    return opened


def open_it() -> None:
    open_period(COMMAND, by=actor_named("area"))


@pytest.mark.usefixtures("july")
def test_the_rows_are_read_again_only_after_an_act(
    periods: Callable[..., tuple[str, ...]], django_assert_num_queries: Any
) -> None:
    before = periods()
    assert before and COMMAND.period not in before
    with django_assert_num_queries(1):  # where the chains stand
        assert periods() == before
    open_it()
    assert periods() == (*before, COMMAND.period)


@pytest.mark.usefixtures("july")
def test_an_act_of_another_process_is_seen_at_once(periods: Callable[..., tuple[str, ...]]) -> None:
    assert COMMAND.period not in periods()

    def elsewhere() -> None:
        with clock.rehearse(LATER):
            try:
                open_it()
            finally:
                connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(elsewhere).result()
    assert COMMAND.period in periods()


@pytest.mark.usefixtures("july")
def test_what_is_undone_leaves_nothing_behind(periods: Callable[..., tuple[str, ...]]) -> None:
    before = periods()
    with transaction.atomic():
        open_it()
        assert COMMAND.period in periods(), "a transaction sees what it did"
        transaction.set_rollback(True)
    assert periods() == before


@pytest.mark.usefixtures("july")
def test_what_is_asked_differently_is_another_answer(periods: Callable[..., tuple[str, ...]]) -> None:
    assert periods("demo-2026") != periods("no-existe") == ()
    assert periods(plan_key="demo-2026") == periods("demo-2026") == periods()


@pytest.mark.usefixtures("july")
def test_whoever_asks_for_very_much_does_not_fill_the_memory(django_assert_num_queries: Any) -> None:
    read: list[int] = []

    @ledger.remembered("planning")
    def told(number: int) -> int:
        read.append(number)
        return number

    assert [told(number) for number in range(MOST_KEPT)] == list(range(MOST_KEPT))
    assert told(0) == 0 and len(read) == MOST_KEPT + 1, "it began anew"
    assert told(0) == 0 and len(read) == MOST_KEPT + 1


@pytest.mark.usefixtures("july")
def test_a_look_asks_once_and_an_act_ends_it(periods: Callable[..., tuple[str, ...]], django_assert_num_queries: Any) -> None:
    before = periods()
    with ledger.one_look():
        with django_assert_num_queries(1):
            assert periods() == periods() == before
            assert ledger.head("planning") == ledger.head("planning")
            assert ledger.stamp(("planning", "people")) == ledger.stamp(("people", "planning"))
        open_it()
        assert COMMAND.period in periods()


@pytest.mark.usefixtures("july")
def test_the_head_of_a_look_is_that_of_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, digest FROM ledger_fact WHERE chain = 'people' ORDER BY sequence DESC LIMIT 1")
        found = cursor.fetchone()
    with ledger.one_look():
        head = ledger.head("people")
        nobody = ledger.head("nadie")
    assert (head.sequence, head.digest) == found
    assert (nobody.sequence, nobody.digest) == (0, "0" * 64)


@pytest.mark.usefixtures("july")
def test_a_page_shows_an_act_as_soon_as_it_was_done() -> None:
    address = f"/registros/{COMMAND.plan_key}/{COMMAND.period}"
    client = Client()
    assert "Nadie lo ha abierto" in client.get(address).content.decode()
    open_it()
    assert "En preparación: abierto" in client.get(address).content.decode()
