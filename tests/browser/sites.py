"""A site as an operator runs it: the real server on a free port of loopback, on a database and a state folder of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Server

ROOT = Path(__file__).resolve().parents[2]
FIRST_ANSWER_S = 60
# Of the accounts that the tests register themselves.
PASSWORD = "copal-nube-jade-12"
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Site:
    """A site that answers at `address`; `editions` are those that a test prepared, by name."""

    address: str
    state: Path
    passwords: dict[str, str]
    editions: dict[str, int | str] = field(default_factory=dict)
    ask: Callable[..., str] = field(default=lambda *words: "", repr=False)  # `calpulli` WORDS on this site

    def code(self, account: str) -> str:
        """The code with which an account of the demonstration finishes signing in, as its operator asks for it."""
        return self.ask("demo", "code", account).strip()

    def url(self, address: str) -> str:
        """An address of the site, with the editions' names in braces as their numbers."""
        return self.address + address.format(**self.editions)


@contextmanager
def served(server: Server, database: str, state: Path, *, editions: dict[str, int | str] | None = None) -> Iterator[Site]:
    """`calpulli serve` on `database`, with what `state` holds (keys, files, the note with the passwords)."""
    run(server, database, state, "collectstatic", "--noinput", "--verbosity", "0")
    port = free_port()
    environment = server.environment(database, CALPULLI_STATE=str(state), PORT=str(port))
    command = [sys.executable, "-m", "calpulli.site.cli", "serve"]
    with (state / "served.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    ask = partial(run, server, database, state)
    site = Site(f"http://127.0.0.1:{port}", state, passwords(state), editions or {}, ask)
    try:
        _wait(site, process)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=30)


def run(server: Server, database: str, state: Path, *words: str, said: str = "", module: str = "calpulli.site.cli") -> str:
    """What `calpulli` WORDS prints; `said` is its standard input."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=server.environment(database, CALPULLI_STATE=str(state)),
        input=said,
        text=True,
        capture_output=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def copied_state(server: Server, folder: Path) -> Path:
    """A copy of the run's state folder: what a site does to its files, no other sees."""
    shutil.copytree(server.state, folder, dirs_exist_ok=True)
    return folder


def passwords(state: Path) -> dict[str, str]:
    """By account: those that the demonstration's note tells, and those of the tests' own accounts."""
    own = dict.fromkeys(("ambas", "lectura", "sesiones", "nueva", "claves", "llaves"), PASSWORD)
    note = state / "demo.txt"
    told = [line.split() for line in note.read_text("utf-8").splitlines()] if note.exists() else []
    return own | {words[1]: words[3] for words in told if words[:1] == ["usuario"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(site: Site, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + FIRST_ANSWER_S
    while time.monotonic() < until and process.poll() is None:
        try:
            DIRECT.open(site.address + "/", timeout=10).close()
        except urllib.error.HTTPError as answer:
            raise AssertionError((site.state / "served.log").read_text()) from answer
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((site.state / "served.log").read_text())
