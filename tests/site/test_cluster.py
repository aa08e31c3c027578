"""The embedded database in its ordinary life, on a real PostgreSQL."""

import os
import pwd
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from calpulli.site import cluster


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, connect_timeout=10) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def do(url: str, statement: str) -> None:
    with psycopg.connect(url, connect_timeout=10, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_the_site_owns_nothing_and_may_create_nothing(state: Path) -> None:
    running = cluster.start(state, fast=True)
    do(running.owner_url, "CREATE TABLE hecho (n int)")
    assert ask(running.owner_url, "SELECT tableowner FROM pg_tables WHERE tablename = 'hecho'") == "calpulli_owner"
    assert ask(running.site_url, "SELECT current_user") == "calpulli_site"
    for forbidden in ("CREATE TABLE mio (n int)", "SELECT * FROM hecho", "CREATE TEMP TABLE mio (n int)", "CREATE DATABASE mia"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            do(running.site_url, forbidden)


def test_it_keeps_what_was_written_and_speaks_spanish_letters(state: Path) -> None:
    first = cluster.start(state)
    do(first.owner_url, "CREATE TABLE palabra (t text)")
    do(first.owner_url, "INSERT INTO palabra VALUES ('ñandú — ✓')")
    assert first.stop() is True
    assert cluster.status(state) is None
    assert cluster.stop(state) is False
    again = cluster.start(state)
    assert again.pid != first.pid
    assert ask(again.owner_url, "SELECT t FROM palabra") == "ñandú — ✓"


@pytest.mark.parametrize(("fast", "fsync"), [(False, "on"), (True, "off")])
def test_only_tests_give_up_durability(state: Path, fast: bool, fsync: str) -> None:
    running = cluster.start(state, fast=fast)
    assert ask(running.site_url, "SHOW fsync") == fsync
    assert ask(running.site_url, "SHOW full_page_writes") == fsync
    assert ask(running.site_url, "SHOW data_checksums") == "on"
    assert ask(running.site_url, "SHOW server_encoding") == "UTF8"


def test_nobody_else_can_reach_it(state: Path) -> None:
    running = cluster.start(state, fast=True)
    assert ask(running.site_url, "SHOW listen_addresses") == ""
    for folder in (running.socket_folder, state / "postgres" / "data"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_starting_twice_finds_the_same_server(state: Path) -> None:
    first = cluster.start(state, fast=True)
    assert cluster.start(state, fast=True) == first == cluster.status(state)


def test_commands_started_together_share_one_server(state: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from calpulli.site import cluster;"
        "print(cluster.start(Path(sys.argv[1]), fast=True).pid)"
    )
    command = [sys.executable, "-c", program, str(state)]
    together = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = [process.communicate(timeout=60)[0].strip() for process in together]
    assert [process.returncode for process in together] == [0, 0, 0, 0]
    running = cluster.status(state)
    assert running is not None
    assert set(answers) == {str(running.pid)}


@pytest.mark.parametrize("name", ["año «2023» it's a\"b\\c $HOME `id`", "uno, dos"])
def test_any_name_of_folder_will_do(state: Path, name: str) -> None:
    running = cluster.start(state / name, fast=True)
    try:
        assert ask(running.site_url, "SELECT current_database()") == "calpulli"
    finally:
        cluster.remove(state / name)


def test_a_long_path_gets_a_short_private_socket_folder(state: Path) -> None:
    deep = state / ("x" * 60) / ("y" * 60)
    running = cluster.start(deep, fast=True)
    try:
        assert running.socket_folder.parent != deep / "postgres"
        assert stat.S_IMODE(running.socket_folder.stat().st_mode) == 0o700
        assert ask(running.site_url, "SELECT 1") == 1
        assert cluster.start(deep, fast=True) == running
    finally:
        cluster.remove(deep)
    assert not running.socket_folder.exists()


def test_a_temporary_one_leaves_nothing_behind() -> None:
    with cluster.temporary() as running:
        assert ask(running.site_url, "SELECT 1") == 1
        state = running.state
    assert not state.exists()
    with pytest.raises(ProcessLookupError):
        _signal_unless_zombie(running.pid)


def _signal_unless_zombie(pid: int) -> None:
    """A server whose parent has not noticed yet is a zombie: ended, with its number still listed."""
    os.kill(pid, 0)
    if Path(f"/proc/{pid}/cmdline").read_bytes() == b"":
        raise ProcessLookupError


def test_the_server_is_never_root_and_the_machine_keeps_its_users(state: Path) -> None:
    users, groups = Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()
    running = cluster.start(state, fast=True)
    owner = Path(f"/proc/{running.pid}").stat().st_uid
    assert owner != 0
    assert (state / "postgres" / "data").stat().st_uid == owner
    assert (Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()) == (users, groups)
    if os.geteuid() == 0:
        assert owner not in {entry.pw_uid for entry in pwd.getpwall()}
    else:
        assert owner == os.geteuid()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change account")
def test_root_may_keep_its_state_where_no_other_account_enters(state: Path) -> None:
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    running = cluster.start(closed / "state", fast=True)
    try:
        assert ask(running.site_url, "SELECT 1") == 1
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        do(running.owner_url, "CREATE TABLE queda (n int)")
        running.stop()
        assert ask(cluster.start(closed / "state", fast=True).owner_url, "SELECT count(*) FROM queda") == 0
    finally:
        cluster.remove(closed / "state")
    assert not running.socket_folder.exists()
