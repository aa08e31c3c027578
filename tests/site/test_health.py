"""What a machine that watches is told, and what a person sees while the database is away."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import namedtuple
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.apps import apps
from django.db import InterfaceError, OperationalError, ProgrammingError, connections
from django.test import Client

from calpulli.commons import clock
from calpulli.ledger import doors as ledger
from calpulli.notices import following, models
from calpulli.notices.jobs import worker
from calpulli.site import cluster, health

CHECKS = {"database", "migrations", "files", "key", "norms", "disk", "worker", "jobs", "mail"}
# What only a database can tell.
UNKNOWN = {"worker", "jobs", "mail"}
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def room_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the disk of this machine: 1,000 MB, of which 600 are free."""
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: Usage(1_000_000_000, 400_000_000, 600_000_000))


@pytest.fixture
def a_worker(db: None) -> None:
    worker.seen("prueba")


def told(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/salud")
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


def failing(found: dict[str, Any]) -> set[str]:
    assert set(found["checks"]) == CHECKS
    return {name for name, good in found["checks"].items() if not good}


def test_a_site_in_health(client: Client, a_worker: None) -> None:
    status, found = told(client)
    assert (status, found["status"], failing(found), found["disk_free_percent"]) == (200, "ok", set(), 60)
    assert found["chains"] == {head.chain: head.sequence for head in ledger.heads()}
    assert set(found["chains"]) >= {"people", "planning"}


def test_it_is_cheap_and_needs_no_session(client: Client, db: None, django_assert_max_num_queries: Any) -> None:
    health.wanted_migrations()
    packages = [config for config in apps.get_app_configs() if config.name.startswith("calpulli.")]
    with django_assert_max_num_queries(6 + len(packages)):  # one look-up of each chain's head, by index
        assert client.get("/salud").cookies == {}


def test_it_tells_nothing_that_helps_who_attacks(client: Client, db: None, server: Any) -> None:
    text = client.get("/salud").content.decode()
    with psycopg.connect(server.url()) as connection:
        version = str(connection.info.server_version // 10000)
    for secret in (str(server.state), "/", django.get_version(), "calpulli_site", "django", "postgres", f'"{version}'):
        assert secret not in text.lower()
    assert set(json.loads(text)) == {"status", "checks", "chains", "disk_free_percent", "jobs"}


def test_a_migration_that_is_missing(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = health.wanted_migrations() | {("planning", "9999_of_tomorrow")}
    monkeypatch.setattr(health, "wanted_migrations", lambda: newer)
    status, found = told(client)
    assert (status, found["status"], failing(found), found["chains"]) == (
        503,
        "failing",
        {"migrations", "key", "norms", "worker", "jobs", "mail"},
        {},
    )


def test_files_that_cannot_be_written(client: Client, a_worker: None, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.FILES_DIR = tmp_path / "file" / "below"
    status, found = told(client)
    assert (status, found["status"], failing(found)) == (503, "failing", {"files"})


def test_a_folder_that_the_first_file_will_make(client: Client, db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "not" / "yet"
    assert told(client)[0] == 200
    assert not (tmp_path / "not").exists()


def test_without_the_key_readers_are_served(client: Client, a_worker: None, settings: Any, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path
    status, found = told(client)
    assert (status, found["status"], failing(found)) == (200, "warning", {"key"})


def test_a_disk_that_fills(client: Client, a_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: Usage(10_000_000_000, 9_600_000_000, 400_000_000))
    status, found = told(client)
    assert (status, found["status"], failing(found), found["disk_free_percent"]) == (200, "warning", {"disk"}, 4)


def test_without_a_worker_people_are_served_and_the_operator_is_told(client: Client, db: None) -> None:
    status, found = told(client)
    assert (status, found["status"], failing(found), found["jobs"]["workers"]) == (200, "warning", {"worker"}, 0)
    worker.seen("prueba")
    with clock.rehearse(clock.now() + dt.timedelta(seconds=91)):
        assert failing(told(client)[1]) == {"worker"}


def test_a_job_that_nobody_comes_to(client: Client, a_worker: None) -> None:
    following.spread.enqueue("notices.confirm", ["x:y"], "1", {}, "")
    assert failing(told(client)[1]) == set()
    with clock.rehearse(clock.now() + dt.timedelta(seconds=310)):
        worker.seen("prueba")
        found = told(client)[1]
    assert (failing(found), found["jobs"]["waiting"]) == ({"jobs"}, 1)
    assert 305 <= found["jobs"]["oldest_s"] <= 320


def test_mail_that_could_not_be_sent(client: Client, a_worker: None) -> None:
    now = clock.now()
    dead = {"kind": "x", "subject": "x", "body": "x", "due_at": now, "state": models.Message.State.DEAD}
    models.Message.objects.create(mailbox=models.Mailbox.objects.create(address="ana@ejemplo.mx"), key="1", made_at=now, **dead)
    found = told(client)[1]
    assert (failing(found), found["jobs"]["undeliverable"]) == ({"mail"}, 1)
    with clock.rehearse(now + dt.timedelta(days=8)):
        worker.seen("prueba")
        assert failing(told(client)[1]) == set()


# -- without a database ------------------------------------------------------------------------------------------------


@pytest.fixture
def away(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    """A site whose database is nowhere."""
    connection = connections["default"]
    with django_db_blocker.unblock():
        connection.close()
        host, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], "/nowhere"
        try:
            yield Client(raise_request_exception=False)
        finally:
            connection.close()
            connection.settings_dict["HOST"] = host


def test_health_without_a_database(away: Client) -> None:
    status, found = told(away)
    assert (status, found["status"], failing(found)) == (503, "failing", {"database", "migrations", "key", "norms", *UNKNOWN})


@pytest.mark.parametrize("address", ["/", "/libro", "/entrar"])
def test_pages_without_a_database(away: Client, address: str) -> None:
    away.cookies["sessionid"] = "x" * 32
    answer = away.get(address) if address != "/entrar" else away.post(address, {"username": "area", "password": "x"})
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    text = answer.content.decode()
    assert 'lang="es-MX"' in text and "no está disponible" in text and "Traceback" not in text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_needs_no_database_is_served_without_it(away: Client) -> None:
    assert away.get("/verificador").status_code == 200


@pytest.mark.parametrize(
    ("error", "cause", "is_away"),
    [
        (OperationalError, psycopg.OperationalError, True),
        (OperationalError, psycopg.errors.ConnectionFailure, True),
        (OperationalError, psycopg.errors.AdminShutdown, True),
        (OperationalError, psycopg.errors.CannotConnectNow, True),
        (OperationalError, psycopg.errors.TooManyConnections, True),
        (InterfaceError, psycopg.InterfaceError, True),
        (OperationalError, psycopg.errors.QueryCanceled, False),
        (OperationalError, psycopg.errors.DeadlockDetected, False),
        (OperationalError, psycopg.errors.DiskFull, False),
        (ProgrammingError, psycopg.errors.UndefinedTable, False),
        (ConnectionError, OSError, False),
    ],
)
def test_an_absent_database_and_other_errors(error: type[Exception], cause: type[Exception], is_away: bool) -> None:
    raised = error("x")
    raised.__cause__ = cause("y")
    assert health.database_is_away(raised) is is_away


def test_another_failure_is_a_500(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError("x")

    monkeypatch.setattr(ledger, "signing_keys", fail)
    client.raise_request_exception = False
    answer = client.get("/llaves.json")
    assert (answer.status_code, "Retry-After" in answer) == (500, False)
    assert "El servicio falló" in answer.content.decode()


# -- the real thing ----------------------------------------------------------------------------------------------------

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(address: str) -> tuple[int, Message, str]:
    try:
        with DIRECT.open(address, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def calpulli(state: Path, port: int, *words: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DATABASE_", "CALPULLI_", "PORT", "DJANGO_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    command = [sys.executable, "-P", "-m", "calpulli.site.cli", *words]
    environment = inherited | {"CALPULLI_STATE": str(state), "PORT": str(port)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.slow
def test_the_database_stops_and_comes_back(state: Path, free_port: int) -> None:
    home = f"http://127.0.0.1:{free_port}"
    done = calpulli(state, free_port, "demo")
    assert done.returncode == 0, done.stderr
    try:
        assert ask(f"{home}/salud")[0] == 200
        for stopped in (cluster.stop, killed):
            stopped(state)
            for _ in range(3):
                began = time.monotonic()
                status, headers, text = ask(home)
                assert (status, headers["Retry-After"]) == (503, "30"), text
                assert time.monotonic() - began < 10
            status, _, text = ask(f"{home}/salud")
            assert (status, json.loads(text)["checks"]["database"]) == (503, False)
            assert ask(f"{home}/verificador")[0] == 200
            time.sleep(8)  # long enough for the pool to give up
            cluster.start(state)
            assert_served_again(home)
        lines = (state / "site.log").read_text().splitlines()
    finally:
        calpulli(state, free_port, "stop")
    written = [json.loads(line) for line in lines if line.startswith("{")]
    requests = [line for line in written if line["logger"] == "calpulli.requests"]
    assert {line["status"] for line in requests} >= {200, 503}
    assert {line["route"] for line in requests} >= {"home", "health", "verifier"}
    assert not [line for line in lines if "Traceback" in line]


def killed(state: Path) -> None:
    found = cluster.status(state)
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)
    while cluster.status(state) is not None:
        time.sleep(0.05)


def assert_served_again(home: str) -> None:
    began = time.monotonic()
    while ask(home)[0] != 200:
        assert time.monotonic() - began < 20
    assert ask(f"{home}/salud")[0] == 200


def test_the_disk_is_measured_where_the_files_will_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def usage(place: Path) -> Usage:
        asked.append(place)
        return Usage(100, 50, 50)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert health._free(tmp_path / "not" / "yet") == (50, 50)
    assert asked == [tmp_path]
