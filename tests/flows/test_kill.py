"""The site, then the database, killed in the middle of a stream of acts: what was acknowledged is there."""

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
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.flows.client import Client, Receipt

pytestmark = pytest.mark.slow
# Enough that every client is in the middle of an act when the kill comes.
ACTS_BEFORE = 20
PATIENCE_S = 120


@dataclass(frozen=True)
class Demo:
    """A demonstration of one's own, with durability on as in any installation."""

    state: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def calpulli(self, *words: str) -> subprocess.CompletedProcess[str]:
        hidden = ("DATABASE_", "CALPULLI_", "PORT", "DJANGO_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        command = [sys.executable, "-P", "-m", "calpulli.site.cli", *words]
        environment = inherited | {"CALPULLI_STATE": str(self.state), "PORT": str(self.port)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)

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


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder = Path(tempfile.mkdtemp(prefix="cp-"))
    folder.chmod(0o711)
    made = Demo(folder, port)
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
            reviewer.post(f"{edition}/sellar", validated_on="16/01/2026", seen=reviewer.seen(edition))
            author.post(f"{edition}/publicar")
            stream.published.append(period)

    return job


def stream_cut_by(demo: Demo, kill: Callable[[], None], *, drafted: Sequence[str], published: Sequence[str]) -> Stream:
    """The stream of several sessions, each with a draft of its own, killed while they are at work."""
    author = demo.client("area")
    editions = [author.post("/mesa/abrir", plan="iecm-2023", period=period) for period in drafted]
    drafts = [capturing(demo.client("area"), edition, f"c{number}") for number, edition in enumerate(editions)]
    stream = Stream()
    enough = lambda: len(stream.receipts) >= ACTS_BEFORE and len(stream.published) >= 1  # noqa: E731
    stream.run(*drafts, publishing(author, demo.client("revision"), published), until=enough, then=kill)
    return stream


def missing(demo: Demo, stream: Stream) -> list[str]:
    """What was acknowledged and is not in the database any more."""
    with psycopg.connect(demo.database()[1]) as connection:
        facts = connection.execute("SELECT sequence, digest, name FROM ledger_fact WHERE chain = 'planning'").fetchall()
    kept = {(sequence, digest) for sequence, digest, _ in facts}
    lost = [note for note, receipt in stream.receipts if (receipt.sequence, receipt.digest) not in kept]
    captured = sum(name == "planning.edition_captured" for *_, name in facts)
    return lost if captured >= len(stream.acknowledged) else [*lost, f"{captured} drafts of {len(stream.acknowledged)}"]


def check_whole(demo: Demo, stream: Stream, head: str) -> None:
    """The ledger holds what was acknowledged, continues the head of before, and the bundles verify."""
    assert missing(demo, stream) == []
    older = demo.state / "cabeza.json"
    older.write_text(head)
    done = demo.calpulli("ledger", "verify", "--head", str(older))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Libro íntegro" in done.stdout
    for period in stream.published:
        folder = str(demo.state / period)
        exported = demo.calpulli(
            "quarter", "export", "--plan", "iecm-2023", "--quarter" if "Q" in period else "--year", period, "--output", folder
        )
        assert exported.returncode == 0, exported.stderr
        command = [sys.executable, "-m", "calpulli_core.verify", folder]
        verified = subprocess.run(command, capture_output=True, text=True, check=False)
        assert verified.returncode == 0, verified.stdout + verified.stderr


def test_acts_survive_the_death_of_the_site(demo: Demo) -> None:
    head = Client(demo.address).get("/libro/cabeza.json")
    stream = stream_cut_by(
        demo, demo.kill_site, drafted=["2023-Q2", "2023-Q3", "2023-Q4"], published=["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    )
    with pytest.raises(OSError, match="refused"):
        Client(demo.address).get("/")
    demo.up()
    check_whole(demo, stream, head)
    print(f"{len(stream.acknowledged)} acuses, {len(stream.published)} publicados antes de matar el sitio")


def test_acts_survive_the_death_of_the_database(demo: Demo) -> None:
    head = Client(demo.address).get("/libro/cabeza.json")
    stream = stream_cut_by(
        demo, demo.kill_database, drafted=["2025-Q1", "2025-Q2", "2025-Q3"], published=["2025-Q4", "2023", "2024"]
    )
    site = json.loads((demo.state / "site.json").read_text())["pid"]
    demo.up()
    check_whole(demo, stream, head)
    assert json.loads((demo.state / "site.json").read_text())["pid"] == site, "the site that ran goes on"
    client = demo.client("area")
    edition = client.post("/mesa/abrir", plan="iecm-2023", period="2025")
    client.post(edition, note="Sigue.", updated_on="15/01/2026", save="1", seen=client.seen(edition))
    assert client.receipt().sequence > max(receipt.sequence for _, receipt in stream.receipts)
    print(f"{len(stream.acknowledged)} acuses, {len(stream.published)} publicados antes de matar la base")
