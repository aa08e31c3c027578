"""The two roles of the site and the database between them.

Both connect without a password through a socket in a private folder, so the division guards against mistakes of the
site's code, not against someone who already runs programs as its account. In production they are two credentials.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from calpulli.site.cluster.errors import ClusterError
from calpulli.site.cluster.home import PORT

DATABASE = "calpulli"
# Owns the database and its tables; migrations run as it.
OWNER = "calpulli_owner"
# What the site runs as; it owns nothing.
SITE = "calpulli_site"
SUPERUSER = "postgres"

EXISTING_ROLES = "SELECT rolname FROM pg_roles"
EXISTING_DATABASES = "SELECT datname FROM pg_database"


def address(*, folder: Path, role: str, database: str) -> str:
    """The URL of a database behind the socket in `folder`, in the form that libpq reads."""
    return f"postgresql://{role}@/{database}?host={quote(str(folder), safe='')}&port={PORT}"


def make_roles(folder: Path, *, fast: bool) -> None:
    """Create roles and database where they are missing; harmless when repeated.

    With `fast` (tests) the owner may also create databases. Raises `ClusterError`.
    """
    try:
        with psycopg.connect(_as_superuser(folder), autocommit=True, connect_timeout=20) as connection:
            for statement in _missing(connection, fast=fast):
                connection.execute(statement.encode())
    except psycopg.Error as error:
        raise ClusterError(
            f"La base de datos arrancó pero no respondió como debe: {str(error).strip()}. "
            "Deténgala con «make stop» y repita esta orden.",
            reason="failed",
        ) from error


def _missing(connection: psycopg.Connection[Any], *, fast: bool) -> Iterator[str]:
    roles = {row[0] for row in connection.execute(EXISTING_ROLES)}
    for role in (OWNER, SITE):
        if role not in roles:
            yield f"CREATE ROLE {role} LOGIN"
    yield f"ALTER ROLE {OWNER} {'CREATEDB' if fast else 'NOCREATEDB'}"
    if (DATABASE,) not in connection.execute(EXISTING_DATABASES).fetchall():
        yield f"CREATE DATABASE {DATABASE} OWNER {OWNER}"
        yield f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {DATABASE} TO {SITE}"


def _as_superuser(folder: Path) -> str:
    return address(folder=folder, role=SUPERUSER, database="postgres")
