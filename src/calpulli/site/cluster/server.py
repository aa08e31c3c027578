"""Create, start and stop one PostgreSQL server."""

import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from calpulli.site.cluster.account import listed_account
from calpulli.site.cluster.binaries import Binaries, find_binaries
from calpulli.site.cluster.errors import ClusterError, disk_full, forbidden, told_in_spanish
from calpulli.site.cluster.home import Home, forget_socket_folder, make_home, socket_folder
from calpulli.site.cluster.running import Running, forget_stale, live_server, running_server
from calpulli.site.cluster.settings import settings_text

# A new cluster takes about 40 MB; the rest is room to work.
SPACE_TO_CREATE = 120_000_000
LONGEST_LOG = 10_000_000
# Recovery after a power cut replays what was not written yet.
START_WAIT_S = 120
_STARTED: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    home: Home
    binaries: Binaries


def start_server(home: Home, *, fast: bool) -> Running:
    """The running server of `home`: the one that runs already, or a new one.

    Raises `ClusterError`.
    """
    already = running_server(home.data)
    if already is not None:
        return already
    make_home(home)
    binaries = find_binaries(home)
    _create(home, binaries, fast=fast)
    forget_stale(home.data)
    return _launch(home, binaries, fast=fast)


def stop_server(home: Home, *, gently: bool = True) -> bool:
    """Stop the server of `home`, ending its connections; False when none was running.

    Not `gently`: without writing what it holds in memory, for data that will be deleted. Raises `ClusterError`.
    """
    already = running_server(home.data)
    if already is None:
        return False
    # What PostgreSQL calls fast, and, for one that does not end, immediate: it then recovers at its next start.
    ways = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0))
    for number, patience_s in ways if gently else ways[1:]:
        with told_in_spanish(home.data):
            os.kill(already.pid, number)
        if _has_ended(home, patience_s):
            forget_socket_folder(already.socket_folder, home=home)
            return True
    raise ClusterError(
        f"El servidor de base de datos (proceso {already.pid}) no terminó al pedírselo. Deténgalo a mano: kill {already.pid}.",
        reason="failed",
    )


def _has_ended(home: Home, patience_s: float) -> bool:
    until = time.monotonic() + patience_s
    while live_server(home.data) is not None:
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _create(home: Home, binaries: Binaries, *, fast: bool) -> None:
    """Make the data folder whole or not at all: it takes its name only once it is complete."""
    if home.data.exists():
        return
    with told_in_spanish(home.folder):
        if shutil.disk_usage(home.folder).free < SPACE_TO_CREATE:
            raise disk_full(home.folder)
        started = home.folder / "data.new"
        shutil.rmtree(started, ignore_errors=True)
        started.mkdir(mode=0o700)
        _initialise(home, binaries, started, fast=fast)
        home.account.give(started)
        started.rename(home.data)


def _initialise(home: Home, binaries: Binaries, started: Path, *, fast: bool) -> None:
    # initdb wants a user with a name; the folder passes to our own number right after.
    account = listed_account() if home.account.drop else home.account
    account.give(started)
    command = [binaries.tool("initdb"), "-D", str(started), "--username=postgres", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C", "--data-checksums", *(["--no-sync"] if fast else [])]
    answer = account.run(command, cwd=home.folder, timeout_s=300)
    if answer.returncode != 0:
        shutil.rmtree(started, ignore_errors=True)
        raise _told(answer.stderr, home)


def _launch(home: Home, binaries: Binaries, *, fast: bool) -> Running:
    socket = socket_folder(home)
    _write_settings(home, socket, fast=fast)
    _shorten_log(home)
    attempt = _Attempt(home=home, binaries=binaries)
    for _ in range(20):
        said = _try_start(attempt)
        running = running_server(home.data)
        if running is not None:
            return running
        if "shared memory block" not in said:
            break
        # What is left of a server that was killed takes a moment to notice.
        time.sleep(0.5)
    forget_socket_folder(socket, home=home)
    raise _told(said, home)


def _try_start(attempt: _Attempt) -> str:
    """Start the server and wait until it answers or ends; returns what it printed."""
    home = attempt.home
    before = home.log.stat().st_size
    # Not through pg_ctl: it hands paths to a shell.
    command = [attempt.binaries.tool("postgres"), "-D", str(home.data), "-c", f"config_file={home.settings}"]
    with told_in_spanish(home.log):
        process = home.account.spawn(command, cwd=home.folder, log=home.log)
    _wait_until_ready(process, home)
    with home.log.open(errors="replace") as log:
        log.seek(before)
        return log.read()


def _wait_until_ready(process: subprocess.Popen[bytes], home: Home) -> None:
    until = time.monotonic() + START_WAIT_S
    while process.poll() is None and time.monotonic() < until:
        if running_server(home.data, wait_s=0) is not None:
            break
        time.sleep(0.01)
    # Kept, so that whoever ends while it runs is not warned of, and gathered when the next one starts.
    _STARTED[:] = [process, *(other for other in _STARTED if other.poll() is None)]


def _write_settings(home: Home, socket: Path, *, fast: bool) -> None:
    with told_in_spanish(home.settings):
        started = home.settings.with_suffix(".new")
        started.unlink(missing_ok=True)
        started.write_text(settings_text(data=home.data, socket=socket, fast=fast))
        started.chmod(0o644)
        os.replace(started, home.settings)


def _shorten_log(home: Home) -> None:
    with told_in_spanish(home.log):
        if home.log.stat().st_size > LONGEST_LOG:
            os.replace(home.log, home.log.with_suffix(".log.1"))
            make_home(home)


def _told(said: str, home: Home) -> ClusterError:
    """What PostgreSQL said, as an error that names the remedy."""
    if re.search(r"No space left on device|Disk quota exceeded", said):
        return disk_full(home.folder)
    if "Permission denied" in said:
        return forbidden(home.folder)
    if "could not look up effective user ID" in said:
        return ClusterError(
            f"La cuenta número {os.geteuid()} no tiene nombre en esta máquina y PostgreSQL lo exige para crear sus datos. "
            "Use una cuenta que figure en /etc/passwd, o una base de datos ya existente con DATABASE_URL.",
            reason="permission",
        )
    lines = [line.strip() for line in said.splitlines() if re.search(r"FATAL|PANIC|error:|no respondió", line)]
    what = "; ".join(lines[:3]) or "no dijo por qué"
    return ClusterError(f"PostgreSQL no arrancó en {home.folder}: {what}. Todo lo que dijo está en {home.log}.", reason="failed")
