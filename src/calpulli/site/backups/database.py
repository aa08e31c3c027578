"""The database out and in: one snapshot for dump and heads, and one transaction for putting it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from calpulli.site.backups.programs import run_program
from calpulli.site.places import SetUpError

HEADS = "SELECT DISTINCT ON (chain) chain, sequence, digest FROM ledger_fact ORDER BY chain, sequence DESC"
HAS_LEDGER = "SELECT to_regclass('public.ledger_fact') IS NOT NULL"
OWN_TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')"
# Open sessions are left out: their keys are what browsers send, and whoever had a backup could enter with them.
SESSIONS = "public.django_session"
# A row's transaction number is how the database knows that a fact was written together with it (ledger.guard). In another
# server those numbers will come again: negative ones never do.
FORGET_TRANSACTIONS = """
ALTER TABLE {table} DISABLE TRIGGER USER;
UPDATE {table} SET transaction = -abs(transaction);
ALTER TABLE {table} ENABLE TRIGGER USER;
"""
NUMBERED = ("ledger_fact", "ledger_factrow")


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The database at one instant: what `pg_dump` calls it, the server's major version, the heads of the ledger."""

    name: str
    server: int
    chains: list[dict[str, Any]]


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    """Hold one instant of the database still while the block runs; whoever writes goes on. Raises `SetUpError`."""
    with _connected(url) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if not _value(connection, HAS_LEDGER):
            raise SetUpError("La base de datos no tiene libro de hechos: no hay nada de Calpulli que respaldar en ella.")
        rows = connection.execute(HEADS).fetchall()
        chains = [{"chain": chain, "digest": digest, "sequence": sequence} for chain, sequence, digest in rows]
        name = str(_value(connection, "SELECT pg_export_snapshot()"))
        yield Snapshot(name=name, server=connection.info.server_version // 10000, chains=chains)


def dump(url: str, held: Snapshot, file: Path) -> None:
    """Write the database of a snapshot into `file`, without owners and rights: those are the other installation's."""
    left_out = ["--no-owner", "--no-privileges", f"--exclude-table-data={SESSIONS}"]
    run_program("pg_dump", "-Fc", *left_out, f"--snapshot={held.name}", f"--file={file}", url=url, server=held.server)


def is_empty(url: str) -> bool:
    """Whether the database has no table of anyone. Raises `SetUpError`."""
    with _connected(url) as connection:
        return _value(connection, OWN_TABLES) == 0


def load(url: str, file: Path) -> None:
    """Put a dump into an empty database: all of it or nothing."""
    with _connected(url) as connection:
        server = connection.info.server_version // 10000
    whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    run_program("pg_restore", *whole, str(file), url=url, server=server)
    with _connected(url) as connection, connection.transaction():
        for table in NUMBERED:
            connection.execute(FORGET_TRANSACTIONS.format(table=table).encode())


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    try:
        with psycopg.connect(url, connect_timeout=20, autocommit=True) as connection:
            yield connection
    except psycopg.Error as error:
        raise SetUpError(
            f"La base de datos no respondió como debe: {str(error).strip()}. Revise DATABASE_URL y DATABASE_OWNER_URL, "
            "o quítelas para usar la base de datos incluida."
        ) from error


def _value(connection: psycopg.Connection[tuple[Any, ...]], query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None
