"""One real PostgreSQL for the whole run; every test that writes works as the site's own role, guards on.

A template database is migrated, guarded and seeded once, by the same commands that an operator runs. Tests within a
transaction share one copy; `fresh_database` gives a test a copy of its own, to commit to and to tamper with.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "calpulli_template"
SHARED = "calpulli_shared"


def pytest_configure() -> None:
    """Pages under test name their static files as they stand: nothing was collected for them."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    _ask_from_this_computer()


def _ask_from_this_computer() -> None:
    """The test client asks for localhost: elsewhere the demonstration's accounts are refused, which has tests of its own."""
    from django.test.client import RequestFactory

    plain = RequestFactory._base_environ
    RequestFactory._base_environ = lambda self, **more: plain(self, **{"SERVER_NAME": "localhost", **self.defaults, **more})


@dataclass(frozen=True)
class Server:
    """The run's PostgreSQL."""

    url: Callable[..., str]
    state: Path

    def as_owner(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection as the owner of `database`, each statement its own transaction."""
        return psycopg.connect(self.url(role="calpulli_owner", database=database), autocommit=True)

    def copy(self, source: str, name: str) -> None:
        """A new database like `source`."""
        with self.as_owner("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"'.encode())

    def drop(self, name: str) -> None:
        """Removes a database, whoever is connected: also PostgreSQL's own cleaner, which only a superuser may send away."""
        with psycopg.connect(self.url(role="postgres", database="postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """The environment of a command on `database`."""
        urls = {
            "DATABASE_URL": self.url(role="calpulli_site", database=database),
            "DATABASE_OWNER_URL": self.url(role="calpulli_owner", database=database),
        }
        paths = {"PYTHONPATH": str(ROOT / "src"), "CALPULLI_STATE": str(self.state), "CALPULLI_PREPARE": "no"}
        return os.environ | urls | paths | {"DJANGO_SETTINGS_MODULE": "calpulli.site.settings"} | more

    def run(self, database: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """`calpulli` WORDS on `database`, as a process of its own."""
        command = [sys.executable, "-m", "calpulli.site.cli", *words]
        environment = self.environment(database, **more)
        return subprocess.run(command, env=environment, text=True, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    from calpulli.site.cluster import temporary

    state = tmp_path_factory.mktemp("state")
    with temporary() as cluster:
        yield Server(cluster.url, state)


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """The name of a database migrated, guarded and seeded."""
    with server.as_owner("postgres") as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0".encode())
    owner = {"CALPULLI_DATABASE_ROLE": "owner"}
    for words, more in ((("migrate", "--noinput"), owner), (("guard_database",), owner), (("seed_demo",), {})):
        done = server.run(TEMPLATE, *words, **more)
        assert done.returncode == 0, done.stdout + done.stderr
    return TEMPLATE


@pytest.fixture(scope="session")
def django_db_setup(server: Server, template: str, django_db_blocker: object) -> None:
    """The shared copy, for tests that roll back."""
    server.copy(template, SHARED)
    _point_django(server, SHARED)


def _point_django(server: Server, database: str) -> None:
    from django.conf import settings
    from django.db import connections

    from calpulli.site.settings import database as parse

    connections["default"].close()
    parsed = parse(server.url(role="calpulli_site", database=database))
    connections["default"].settings_dict.update({key: parsed[key] for key in ("NAME", "USER", "HOST", "PORT")})
    settings.STATE = server.state
    settings.KEYS_DIR = server.state / "keys"
    settings.FILES_DIR = server.state / "files"


@pytest.fixture
def fresh_database(server: Server, template: str, django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """The name of a copy of one's own; Django works on it as the site's role, and commits."""
    name = f"calpulli_{uuid.uuid4().hex[:12]}"
    server.copy(template, name)
    with _unblocked(django_db_blocker):
        _point_django(server, name)
        try:
            yield name
        finally:
            _point_django(server, SHARED)
            server.drop(name)


@contextmanager
def _unblocked(blocker: object) -> Iterator[None]:
    with blocker.unblock():  # type: ignore[attr-defined]  # pytest-django publishes no type for it
        yield
