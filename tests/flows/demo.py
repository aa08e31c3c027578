"""A demonstration of one's own, with durability on, and a stream of acts on it that may be cut."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.flows.client import Client, Receipt

PATIENCE_S = 120


@dataclass(frozen=True)
class Demo:
    """A demonstration of one's own, with durability on as in any installation."""

    state: Path
    port: int
    more: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        hidden = ("DATABASE_", "CALPULLI_", "PORT", "DJANGO_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        return inherited | {"CALPULLI_STATE": str(self.state), "PORT": str(self.port)} | self.more

    def calpulli(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "calpulli.site.cli", *words]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, timeout=300)

    def up(self) -> None:
        done = self.calpulli("demo")
        assert done.returncode == 0, done.stderr

    def database(self) -> tuple[int, str]:
        """The process of the database and its address for the owner."""
        told = self.calpulli("database").stdout
        found = re.search(r"proceso (\d+).*dueña: (\S+)", told, re.S)
        assert found, told
        return int(found[1]), found[2]

    def password(self, account: str) -> str:
        found = re.search(rf"usuario {account} +contraseña (\S+)", (self.state / "demo.txt").read_text("utf-8"))
        assert found
        return found[1]

    def client(self, account: str) -> Client:
        client = Client(self.address)
        client.sign_in(account, self.password(account), lambda: self.calpulli("demo", "code", account).stdout.strip())
        return client

    def kill_site(self) -> None:
        """The server and its workers at once: they are a group of their own."""
        os.killpg(int(json.loads((self.state / "site.json").read_text())["pid"]), signal.SIGKILL)

    def kill_database(self) -> None:
        os.kill(self.database()[0], signal.SIGKILL)


@dataclass
class Stream:
    """What the clients sent and what was acknowledged of it; all of it ends when the server is gone."""

    acknowledged: list[str] = field(default_factory=list)
    receipts: list[tuple[str, Receipt]] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def run(self, *jobs: Callable[[Stream], None], until: Callable[[], bool], then: Callable[[], None]) -> None:
        """Starts the jobs, waits until something holds, does `then` and sees every job end."""
        threads = [threading.Thread(target=self._guarded, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        limit = time.monotonic() + PATIENCE_S
        while not until() and time.monotonic() < limit and not self.faults:
            time.sleep(0.01)
        then()
        for thread in threads:
            thread.join(PATIENCE_S)
        assert not self.faults, self.faults
        assert until(), f"{len(self.acknowledged)} acts in {PATIENCE_S} s"

    def _guarded(self, job: Callable[[Stream], None]) -> None:
        try:
            job(self)
        except (OSError, http.client.HTTPException):
            return  # a server that is gone: the connection breaks, or the site answers with an error for its database
        except BaseException as fault:
            self.faults.append(fault)


@contextmanager
def demonstration(**more: str) -> Iterator[Demo]:
    """A demonstration in a folder of its own, for as long as the block lasts; `more` is of its environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder = Path(tempfile.mkdtemp(prefix="cp-"))
    folder.chmod(0o711)
    made = Demo(folder, port, more)
    try:
        made.up()
        yield made
    finally:
        made.calpulli("stop")
        made.calpulli("erase")
        shutil.rmtree(folder, ignore_errors=True)


def capturing(client: Client, edition: str, name: str) -> Callable[[Stream], None]:
    """Keeps draft after draft, each with a note of its own."""

    def job(stream: Stream) -> None:
        for number in range(10_000):
            note = f"{name}-{number}"
            client.post(edition, note=note, updated_on="15/01/2026", save="1", seen=client.seen(edition))
            stream.acknowledged.append(note)
            stream.receipts.append((note, client.receipt()))

    return job


def publishing(author: Client, reviewer: Client, periods: Sequence[str]) -> Callable[[Stream], None]:
    """Walks period after period from open to published."""

    def job(stream: Stream) -> None:
        for period in periods:
            edition = author.post("/mesa/abrir", plan="iecm-2023", period=period)
            author.post(edition, note="Nota.", updated_on="15/01/2026", submit="1", seen=author.seen(edition))
            reviewer.post(f"{edition}/sellar", validated_on="16/01/2026", warned="on", seen=reviewer.seen(edition))
            author.post(f"{edition}/publicar")
            stream.published.append(period)

    return job
