"""What PostgreSQL refuses to the site's own role, and to a careless owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest


@pytest.fixture
def site(server: Any, fresh_database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(server.url(role="calpulli_site", database=fresh_database), autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_fact SET name = 'x'",
        "DELETE FROM ledger_fact",
        "TRUNCATE ledger_fact CASCADE",
        "UPDATE ledger_factrow SET digest = NULL",
        "DELETE FROM ledger_factrow",
        "TRUNCATE planning_edition",
        "ALTER TABLE ledger_fact DISABLE TRIGGER ALL",
        "DROP TRIGGER ledger_sealed ON ledger_fact",
        "DROP TABLE ledger_factrow",
        "CREATE TABLE mine (id int)",
        "CREATE OR REPLACE FUNCTION ledger_require_fact() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
    ],
)
def test_the_site_may_not(site: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        site.execute(statement.encode())


def test_the_site_owns_nothing(site: psycopg.Connection[Any]) -> None:
    owned = site.execute(
        "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = 'calpulli_site')"
    ).fetchone()
    assert owned == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO planning_period (plan_id, code) VALUES ('iecm-2023', '2023-Q3')",
        "UPDATE planning_edition SET note = 'otra'",
        "DELETE FROM planning_swotitem",
        "UPDATE people_account SET roles = '[]'",
    ],
)
def test_a_domain_row_changed_without_a_fact_does_not_commit(site: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="without a fact in its transaction"):
        site.execute(statement.encode())


def test_a_fact_of_an_earlier_transaction_does_not_serve(site: psycopg.Connection[Any]) -> None:
    """The row has facts already; a new change needs its own."""
    (key,) = site.execute("SELECT key FROM ledger_factrow WHERE \"table\" = 'planning_edition' LIMIT 1").fetchone() or ("",)
    with pytest.raises(psycopg.errors.CheckViolation):
        site.execute("UPDATE planning_edition SET note = 'otra' WHERE id = %s", [int(key)])


def test_even_the_owner_is_stopped_while_the_guards_stand(server: Any, fresh_database: str) -> None:
    with server.as_owner(fresh_database) as owner:
        for statement in ("UPDATE ledger_fact SET name = 'x'", "DELETE FROM ledger_factrow", "TRUNCATE ledger_fact CASCADE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(statement.encode())
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute(b"UPDATE planning_plan SET seal_notice = ''")


def test_every_domain_table_is_guarded(server: Any, fresh_database: str) -> None:
    from calpulli.ledger.states import domain_models, table_of

    with server.as_owner(fresh_database) as owner:
        found = owner.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'ledger_attested'").fetchall()
    assert {name for (name,) in found} == {table_of(model) for model in domain_models()}
    assert len(found) >= 8


FACT = "INSERT INTO ledger_fact (chain, sequence, name, at, details, previous, digest) VALUES "


@pytest.mark.parametrize(
    "values",
    [
        "('planning', 1000000, 'x', now(), '{}', repeat('0', 64), repeat('d', 64))",
        "('planning', (SELECT max(sequence) + 1 FROM ledger_fact WHERE chain = 'planning'), 'x', now(), '{}', "
        "repeat('0', 64), repeat('d', 64))",
        "('nueva', 2, 'x', now(), '{}', repeat('0', 64), repeat('d', 64))",
        "('nueva', 1, 'x', now(), '{}', repeat('1', 64), repeat('d', 64))",
    ],
)
def test_a_fact_that_does_not_follow_the_last_one_is_refused(site: psycopg.Connection[Any], values: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="does not follow"):
        site.execute((FACT + values).encode())


def test_a_row_cannot_join_a_fact_of_the_past_nor_claim_another_transaction(site: psycopg.Connection[Any]) -> None:
    past = (
        'INSERT INTO ledger_factrow (fact_id, position, "table", key, digest) SELECT min(id), 99, %s, %s, NULL FROM ledger_fact'
    )
    with pytest.raises(psycopg.errors.CheckViolation, match="in the transaction of that fact"):
        site.execute(past.encode(), ["people_account", "x"])
    with site.transaction():
        (fact,) = site.execute(
            (FACT + "('nueva', 1, 'x', now(), '{}', repeat('0', 64), repeat('d', 64)) RETURNING id").encode()
        ).fetchone() or (0,)
        claimed = (
            'INSERT INTO ledger_factrow (fact_id, position, "table", key, digest, transaction) '
            "VALUES (%s, 0, 'x', 'y', NULL, 999999999) RETURNING transaction, pg_current_xact_id()::text::bigint"
        )
        told, own = site.execute(claimed.encode(), [fact]).fetchone() or (0, 1)
    assert told == own
