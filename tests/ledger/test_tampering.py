"""What someone who owns the database can change, and what `ledger verify` says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from calpulli.ledger import queries
from calpulli_core.board.facts import ZERO, fact_digest


@pytest.fixture
def owner(server: Any, fresh_database: str) -> Any:
    with server.as_owner(fresh_database) as connection:
        yield connection


def breaches(older: list[queries.Head] | None = None) -> list[queries.Breach]:
    return list(queries.check_ledger(older or []))


def unguarded(owner: psycopg.Connection[Any], statement: str, *values: object) -> None:
    """Runs `statement` as an owner who first puts every guard aside."""
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    with owner.transaction():
        for (table,) in tables:
            owner.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'.encode())
        owner.execute(statement.encode(), values)
        owner.execute(b"SET CONSTRAINTS ALL IMMEDIATE")
        for (table,) in tables:
            owner.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'.encode())


def test_the_seeded_ledger_is_whole(owner: Any) -> None:
    assert breaches(queries.heads()) == []
    assert queries.counts()["facts"] > 10


def test_a_changed_row_is_named_with_its_table_key_and_fact(owner: Any) -> None:
    unguarded(owner, "UPDATE planning_objective SET text = text || '!' WHERE plan_id = 'iecm-2023' AND number = 3")
    (key,) = owner.execute("SELECT id FROM planning_objective WHERE plan_id = 'iecm-2023' AND number = 3").fetchone()
    (breach,) = breaches()
    assert (breach.table, breach.key, breach.chain) == ("planning_objective", str(key), "planning")
    (name,) = owner.execute(
        "SELECT name FROM ledger_fact WHERE chain = 'planning' AND sequence = %s", [breach.sequence]
    ).fetchone()
    assert name == "planning.plan_imported"


def test_a_removed_row_is_named(owner: Any) -> None:
    (key,) = owner.execute("SELECT id FROM planning_swotitem ORDER BY id LIMIT 1").fetchone()
    unguarded(owner, "DELETE FROM planning_swotitem WHERE id = %s", key)
    assert [(one.table, one.key) for one in breaches()] == [("planning_swotitem", str(key))]


def test_a_row_slipped_in_is_named(owner: Any) -> None:
    unguarded(owner, "INSERT INTO planning_period (plan_id, code) VALUES ('iecm-2023', '2023-Q4')")
    (key,) = owner.execute("SELECT id FROM planning_period WHERE plan_id = 'iecm-2023' AND code = '2023-Q4'").fetchone()
    (breach,) = breaches()
    assert (breach.table, breach.key, breach.sequence) == ("planning_period", str(key), None)


@pytest.mark.parametrize(
    "change",
    [
        "name = 'planning.quarter_opened'",
        "actor = 'cuenta:otra'",
        "at = at + interval '1 day'",
        "details = details || '{\"edition\": 9}'",
    ],
)
def test_a_changed_fact_is_named(owner: Any, change: str) -> None:
    unguarded(owner, f"UPDATE ledger_fact SET {change} WHERE chain = 'planning' AND sequence = 4")
    assert [(one.chain, one.sequence, one.table) for one in breaches()] == [("planning", 4, "ledger_fact")]


def test_a_changed_attestation_is_named(owner: Any) -> None:
    unguarded(owner, "UPDATE ledger_factrow SET digest = repeat('0', 64) WHERE id = (SELECT min(id) FROM ledger_factrow)")
    found = breaches()
    assert any(one.table == "ledger_fact" for one in found)


def test_a_removed_fact_is_named(owner: Any) -> None:
    unguarded(
        owner,
        "WITH gone AS (DELETE FROM ledger_factrow WHERE fact_id = "
        "(SELECT id FROM ledger_fact WHERE chain = 'planning' AND sequence = 5)) SELECT 1",
    )
    unguarded(owner, "DELETE FROM ledger_fact WHERE chain = 'planning' AND sequence = 5")
    assert ("planning", 6) in [(one.chain, one.sequence) for one in breaches()]


def rewrite_chain(owner: psycopg.Connection[Any], chain: str) -> None:
    """An insider's best work: change an early fact and make every later link and digest agree."""
    previous = ZERO
    found = owner.execute("SELECT id FROM ledger_fact WHERE chain = %s ORDER BY sequence", [chain]).fetchall()
    for (fact_id,) in found:
        content = published(owner, fact_id) | {"previous": previous}
        if content["sequence"] == 1:
            content["actor"] = "sistema:otro"
        digest = fact_digest(content)
        unguarded(
            owner,
            "UPDATE ledger_fact SET actor = %s, previous = %s, digest = %s WHERE id = %s",
            content["actor"],
            previous,
            digest,
            fact_id,
        )
        previous = digest


def published(owner: psycopg.Connection[Any], fact_id: int) -> dict[str, Any]:
    row = owner.execute(
        "SELECT actor, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), chain, details, name, sequence "
        "FROM ledger_fact WHERE id = %s",
        [fact_id],
    ).fetchone()
    rows = owner.execute(
        'SELECT "table", key, digest FROM ledger_factrow WHERE fact_id = %s ORDER BY position', [fact_id]
    ).fetchall()
    names = ("actor", "at", "chain", "details", "name", "sequence")
    return dict(zip(names, row or (), strict=True)) | {"rows": [list(one) for one in rows]}


def test_a_chain_rewritten_whole_is_caught_by_an_older_head_and_only_by_it(
    server: Any, fresh_database: str, owner: Any, tmp_path: Path
) -> None:
    head = tmp_path / "cabeza.json"
    assert server.run(fresh_database, "ledger", "head", "--output", str(head)).returncode == 0
    known = {one["chain"]: one for one in json.loads(head.read_text())["chains"]}
    rewrite_chain(owner, "planning")
    alone = server.run(fresh_database, "ledger", "verify")
    assert alone.returncode == 0
    assert "Sin una cabeza anterior" in alone.stdout
    held = server.run(fresh_database, "ledger", "verify", "--head", str(head))
    assert held.returncode == 1
    assert f"cadena planning, hecho {known['planning']['sequence']}" in held.stdout
    assert "reescrita" in held.stdout
    assert "people" not in held.stdout


def test_a_chain_cut_short_is_caught_by_an_older_head(owner: Any) -> None:
    older = queries.heads()
    last = next(head for head in older if head.chain == "ledger")
    unguarded(owner, "DELETE FROM ledger_signingkey")
    unguarded(owner, "DELETE FROM ledger_factrow WHERE fact_id IN (SELECT id FROM ledger_fact WHERE chain = 'ledger')")
    unguarded(owner, "DELETE FROM ledger_fact WHERE chain = 'ledger'")
    assert breaches() == []
    (breach,) = breaches(older)
    assert (breach.chain, breach.sequence) == ("ledger", last.sequence)


def test_a_record_rolled_back_to_an_earlier_state_is_caught_whatever_the_rows_of_the_ledger_are_called(owner: Any) -> None:
    """The published edition is put back as it was when it was opened, and its oldest attestation is made to look newest."""
    (key,) = owner.execute("SELECT id FROM planning_edition WHERE state = 'published' ORDER BY id LIMIT 1").fetchone()
    unguarded(
        owner,
        "UPDATE planning_edition SET state = 'open', author_id = NULL, reviewer_id = NULL, submitted_at = NULL, "
        "sealed_at = NULL, sealed_files = '{}', content_root = '', published_at = NULL, bundle_number = NULL, "
        "manifest = NULL, manifest_sha256 = '', bundle_sha256 = '', note = '', updated_on = NULL, validated_on = NULL "
        "WHERE id = %s",
        key,
    )
    oldest = "SELECT min(id) FROM ledger_factrow WHERE \"table\" = 'planning_edition' AND key = %s"
    unguarded(owner, f"UPDATE ledger_factrow SET id = id + 100000 WHERE id = ({oldest})", str(key))
    assert [(one.table, one.key) for one in breaches(queries.heads())] == [("planning_edition", str(key))]


def test_a_fact_of_another_chain_does_not_answer_for_a_row(owner: Any, server: Any, fresh_database: str) -> None:
    """Neither may the site commit it, nor does the check let it pass when the owner did."""
    (key,) = owner.execute("SELECT id FROM planning_line ORDER BY id LIMIT 1").fetchone()
    with psycopg.connect(server.url(role="calpulli_site", database=fresh_database)) as site:
        told = "INSERT INTO ledger_fact (chain, sequence, name, at, details, previous, digest) VALUES "
        (fact,) = site.execute(
            (told + "('zz', 1, 'zz.done', now(), '{}', repeat('0', 64), repeat('a', 64)) RETURNING id").encode()
        ).fetchone() or (0,)
        named = 'INSERT INTO ledger_factrow (fact_id, position, "table", key, digest) VALUES (%s, 0, %s, %s, NULL)'
        site.execute(named.encode(), [fact, "planning_line", str(key)])
        site.execute(b"UPDATE planning_line SET text = 'otra' WHERE id = %s", [key])
        with pytest.raises(psycopg.errors.CheckViolation):
            site.commit()
    unguarded(owner, told + "('zz', 1, 'zz.done', now(), '{}', repeat('0', 64), repeat('a', 64))")
    unguarded(
        owner,
        'INSERT INTO ledger_factrow (fact_id, position, "table", key, digest) '
        "SELECT id, 0, 'planning_line', %s, NULL FROM ledger_fact WHERE chain = 'zz'",
        str(key),
    )
    assert any("otra cadena" in one.message and one.key == str(key) for one in breaches())


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE planning_edition SET updated_on = 'infinity'", "planning_edition"),
        ("UPDATE planning_edition SET sealed_at = '20000-01-01'", "planning_edition"),
        ("UPDATE planning_plan SET document = '{\"x\": 1.5}'", "planning_plan"),
        ("UPDATE ledger_fact SET details = '{\"x\": 1.5}' WHERE sequence = 1", "ledger_fact"),
        ("UPDATE ledger_fact SET details = '{\"ñ\": 1}' WHERE sequence = 1", "ledger_fact"),
        ("UPDATE ledger_fact SET at = 'infinity' WHERE sequence = 2", "ledger_fact"),
    ],
)
def test_a_value_that_no_act_writes_is_a_breach_and_not_a_crash(owner: Any, statement: str, table: str) -> None:
    unguarded(owner, statement)
    found = breaches()
    assert found
    assert table in {one.table for one in found}


def test_personal_data_may_change_without_breaking_the_ledger(owner: Any) -> None:
    """Erasure of a name must leave history whole; what the account may do is attested."""
    unguarded(owner, "UPDATE people_account SET display_name = '', username = id::text")
    assert breaches() == []
    unguarded(owner, 'UPDATE people_account SET roles = \'["author", "reviewer"]\'')
    assert {one.table for one in breaches()} == {"people_account"}


def test_a_head_file_that_is_not_one_is_refused_with_its_remedy(server: Any, fresh_database: str, tmp_path: Path) -> None:
    file = tmp_path / "otra.json"
    file.write_text("[]")
    done = server.run(fresh_database, "ledger", "verify", "--head", str(file))
    assert done.returncode == 2
    assert "no es un archivo de cabezas" in done.stderr
