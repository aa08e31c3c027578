"""The site, then the database, killed in the middle of a stream of acts: what was acknowledged is there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

import psycopg
import pytest

from tests.flows.client import Client
from tests.flows.demo import Demo, Stream, capturing, demonstration, publishing

pytestmark = pytest.mark.slow
# Enough that every client is in the middle of an act when the kill comes.
ACTS_BEFORE = 20


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with demonstration() as made:
        yield made


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
