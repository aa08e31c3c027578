"""Eight writers at once leave one valid chain, and nothing of what was acknowledged is lost."""

from __future__ import annotations

import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections, connections, transaction

from calpulli.ledger import queries
from calpulli.ledger.actions import Receipt, append

WRITERS, EACH = 8, 25
AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def write(worker: int) -> list[Receipt]:
    close_old_connections()
    try:
        receipts = []
        for number in range(EACH):
            with transaction.atomic():
                details = {"worker": worker, "number": number}
                receipts.append(append(chain="prueba", name="prueba.hecha", at=AT, actor=None, rows=[], details=details))
        return receipts
    finally:
        connections["default"].close()


def test_eight_concurrent_writers_leave_one_valid_chain(fresh_database: str) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        receipts = [receipt for found in pool.map(write, range(WRITERS)) for receipt in found]
    facts = queries.facts_after("prueba", 0)
    assert [fact["sequence"] for fact in facts] == list(range(1, WRITERS * EACH + 1))
    assert {(r.sequence, r.digest) for r in receipts} == {(fact["sequence"], fact["digest"]) for fact in facts}
    assert list(queries.check_chains()) == []
    # The writers did run together: no worker's facts stand all in one block.
    order = [fact["details"]["worker"] for fact in facts]
    assert sum(before != after for before, after in itertools.pairwise(order)) > WRITERS


def test_an_act_that_fails_leaves_neither_row_nor_fact(fresh_database: str) -> None:
    before = queries.counts()
    try:
        with transaction.atomic():
            append(chain="prueba", name="prueba.hecha", at=AT, actor=None, rows=[], details={})
            raise RuntimeError
    except RuntimeError:
        pass
    assert queries.counts() == before


def test_a_fact_outside_a_transaction_is_refused(fresh_database: str) -> None:
    import pytest

    with pytest.raises(RuntimeError):
        append(chain="prueba", name="prueba.hecha", at=AT, actor=None, rows=[], details={})


def test_processes_of_the_command_line_share_the_chain(server: Any, fresh_database: str) -> None:
    """Two operators rotate keys at the same moment: two keys, in a row, both endorsed."""
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: server.run(fresh_database, "key", "rotate"), range(2)))
    assert [one.returncode for one in done] == [0, 0], done
    assert [key["number"] for key in queries.signing_keys()] == [1, 2, 3]
    assert all(key["endorsement"] for key in queries.signing_keys()[1:])
    assert list(queries.check_ledger([])) == []


def test_a_fact_is_never_of_before_the_one_it_follows(fresh_database: str) -> None:
    """Of two acts at once, the first to begin may be the last to be written."""
    for seconds in (0, 5, 3, 6):
        with transaction.atomic():
            at = AT + dt.timedelta(seconds=seconds)
            append(chain="orden", name="orden.hecha", at=at, actor=None, rows=[], details={})
    told = [fact["at"] for fact in queries.facts_after("orden", 0)]
    assert told == [f"2026-11-23T12:00:{second:02d}Z" for second in (0, 5, 5, 6)]
