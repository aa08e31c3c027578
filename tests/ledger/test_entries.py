"""Entries come in batches: hashed as they are stored, refused out of their batch, and read again by the check."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import psycopg
import pytest
from django.db import transaction

from calpulli.annual.models import Delivery, DeliveryBatch
from calpulli.commons import clock
from calpulli.commons.act import Action, Actor, Work
from calpulli.ledger.doors import check_ledger

DAY = dt.date(2026, 3, 31)
ROW = (1, DAY, 24314, "distrito-01", 2, 5, 7, 0)
EMPTY = "calpulli-entries-v1\nposition\tactivity_id\ton\tmonth\tdistrict\tunits\twomen\tmen\tunsaid\n"
TWO = f"{EMPTY}1\t1\t2026-03-31\t24314\tdistrito-01\t2\t5\t7\t0\n2\t1\t2026-03-31\t24314\ta\\tb\\\\c\\nd\t1\t0\t0\t3\n"


def anyone(actor: Actor, /) -> bool:
    return True


def pour_some(work: Work, rows: list[tuple[Any, ...]]) -> DeliveryBatch:
    return work.pour(DeliveryBatch(recorded_at=clock.now()), Delivery, rows)


def poured(rows: list[tuple[Any, ...]]) -> DeliveryBatch:
    told = Action("annual.deliveries_recorded", anyone, pour_some)  # not registered: the real act asks more
    return told(rows, by=Actor.system("prueba")).result


def told() -> list[str]:
    return [breach.message for breach in check_ledger([])]


@pytest.mark.django_db
def test_the_digest_is_that_of_the_specification() -> None:
    odd = (1, DAY, 24314, "a\tb\\c\nd", 1, 0, 0, 3)
    batch = poured([ROW, odd])
    assert (batch.count, batch.entries_sha256) == (2, hashlib.sha256(TWO.encode()).hexdigest())
    assert list(batch.deliveries.values_list("position", "district", "on").order_by("position")) == [
        (1, "distrito-01", DAY),
        (2, "a\tb\\c\nd", DAY),
    ]
    assert told() == []


@pytest.mark.django_db
def test_a_batch_may_have_nothing() -> None:
    batch = poured([])
    assert (batch.count, batch.entries_sha256) == (0, hashlib.sha256(EMPTY.encode()).hexdigest())
    assert told() == []


@pytest.mark.django_db
def test_what_has_no_exact_form_is_refused_and_nothing_is_kept() -> None:
    before = DeliveryBatch.objects.count()
    with pytest.raises(TypeError, match="float"):
        poured([(1, DAY, 24314, "", 0.5, 0, 0, 0)])
    assert DeliveryBatch.objects.count() == before


@pytest.fixture
def owner(server: Any, fresh_database: str) -> Any:
    with server.as_owner(fresh_database) as connection:
        yield connection


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE annual_delivery SET women = 50 WHERE position = 2", "las entradas del lote {key} fueron alteradas"),
        ("UPDATE annual_delivery SET position = 3 WHERE position = 2", "las entradas del lote {key} fueron alteradas"),
        ("DELETE FROM annual_delivery WHERE position = 2", "el lote dice 2 entradas y tiene 1"),
        ("DELETE FROM annual_delivery", "el lote dice 2 entradas y no tiene ninguna"),
        ("UPDATE annual_delivery SET batch_id = batch_id + 7", "hay entradas de un lote que no existe: 2"),
    ],
)
def test_the_check_names_what_an_owner_changed(owner: Any, statement: str, message: str) -> None:
    batch = poured([ROW, ROW])
    with owner.transaction():
        owner.execute(b"ALTER TABLE annual_delivery DISABLE TRIGGER USER")
        owner.execute(statement.encode())
        owner.execute(b"ALTER TABLE annual_delivery ENABLE TRIGGER USER")
    assert any(one.startswith(message.format(key=batch.pk)) for one in told())


def test_a_batch_that_says_other_entries_is_named(owner: Any) -> None:
    batch = poured([ROW])
    with owner.transaction():
        owner.execute(b"ALTER TABLE annual_deliverybatch DISABLE TRIGGER USER")
        owner.execute(b"UPDATE annual_deliverybatch SET count = 2")
        owner.execute(b"ALTER TABLE annual_deliverybatch ENABLE TRIGGER USER")
    assert "el lote dice 2 entradas y tiene 1" in told()
    assert any(one.table == "annual_deliverybatch" and one.key == str(batch.pk) for one in check_ledger([]))


@pytest.mark.parametrize(
    "statement", ["UPDATE annual_delivery SET units = 9", "DELETE FROM annual_delivery", "TRUNCATE annual_delivery"]
)
def test_entries_never_change(server: Any, owner: Any, fresh_database: str, statement: str) -> None:
    poured([ROW])
    site = psycopg.connect(server.url(role="calpulli_site", database=fresh_database), autocommit=True)
    with site, pytest.raises(psycopg.errors.InsufficientPrivilege):
        site.execute(statement.encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the ledger only grows"):
        owner.execute(statement.encode())


INSERT = (
    'INSERT INTO annual_delivery (batch_id, position, activity_id, "on", month, district, units, women, men, unsaid) '
    "VALUES ({batch}, 2, 1, '2026-03-31', 24314, '', 1, 0, 0, 0)"
)


def test_a_batch_takes_entries_only_in_its_own_transaction(server: Any, fresh_database: str) -> None:
    batch = poured([ROW])
    with psycopg.connect(server.url(role="calpulli_site", database=fresh_database), autocommit=True) as site:
        for key in (batch.pk, batch.pk + 1):  # one that was closed, and one that nobody made
            with pytest.raises(psycopg.errors.CheckViolation, match="only in its own transaction"):
                site.execute(INSERT.format(batch=key).encode())
    assert told() == []


def test_a_batch_within_a_savepoint_takes_its_entries(fresh_database: str) -> None:
    before = Delivery.objects.count()
    with transaction.atomic():
        with transaction.atomic():
            poured([ROW])
        with transaction.atomic():
            poured([ROW, ROW])
    assert Delivery.objects.count() == before + 3
    assert told() == []


def test_a_later_batch_of_another_takes_no_entries_of_ours(server: Any, fresh_database: str) -> None:
    """A batch that somebody else made and committed after we began: we see it, and it is not ours."""
    url = server.url(role="calpulli_site", database=fresh_database)
    with psycopg.connect(url) as first:
        first.execute(b"SELECT pg_current_xact_id()")
        later = poured([ROW])
        with pytest.raises(psycopg.errors.CheckViolation, match="only in its own transaction"):
            first.execute(INSERT.format(batch=later.pk).encode())
