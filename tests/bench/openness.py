"""Our open data against Datasette on the same rows: pages of JSON, and the whole table as CSV. CPU of a request, in turns.

Datasette lives in an environment of its own, below `build/`, made from hashed requirements. Ours counts the database's
process too; Datasette's SQLite runs within its own. Nothing is compressed on either side, and nobody answers 304.
"""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from calpulli.site.cluster import OWNER
from tests.bench import generated
from tests.bench.measure import Batch, BrokenMeasure, Figures, Measure, compared, cpu_of, ended
from tests.bench.pages import WAIT_S, Site, _site
from tests.bench.stage import ROOT, Stage

FACTS = 20_000
CHAIN = "medicion"
ENVIRONMENT = ROOT / "build" / "datasette"
NAMES = ("cadena", "secuencia", "acto", "momento", "quien", "detalles", "anterior", "huella")
TYPED = [f"{name} {'INTEGER' if name == 'secuencia' else 'TEXT'}" for name in NAMES]
ROWS = f"/api/v1/conjuntos/hechos/renglones?cadena={CHAIN}&limite="
PEER_ROWS = f"/datos/hechos.json?cadena={CHAIN}&_shape=objects&_size="


@dataclass(frozen=True)
class Against:
    """One comparison: our address and Datasette's, how many requests a batch, and how many rows both must give."""

    what: str
    ours: str
    peer: str
    requests: int
    limit: float
    count: Callable[[bytes], int]


def _json_rows(content: bytes) -> int:
    told = json.loads(content)
    return len(told.get("renglones", told.get("rows")))


def _csv_rows(content: bytes) -> int:
    return content.count(b"\n") - 1


# As it comes, Datasette also looks for facets to suggest in each page and counts what the filter leaves. BARE leaves both
# out, as ours does: the same work on both sides.
BARE_TOLD = ", sin que Datasette sugiera ni cuente"
BARE = "&_nosuggest=1&_nocount=1"
CSV = "/datos/hechos.csv"
AGAINST = {
    "page": Against("1,000 renglones en JSON", f"{ROWS}1000", f"{PEER_ROWS}1000", 20, 1 / 3, _json_rows),
    "small": Against("10 renglones en JSON", f"{ROWS}10", f"{PEER_ROWS}10", 60, 1 / 6, _json_rows),
    "csv": Against("La tabla entera en CSV", CSV, f"{CSV}?_stream=on&_size=max", 5, 1 / 3, _csv_rows),
    "page.bare": Against(f"1,000 renglones en JSON{BARE_TOLD}", f"{ROWS}1000", f"{PEER_ROWS}1000{BARE}", 20, 0.8, _json_rows),
    "small.bare": Against(f"10 renglones en JSON{BARE_TOLD}", f"{ROWS}10", f"{PEER_ROWS}10{BARE}", 60, 1.0, _json_rows),
}


@cache
def _prepared(stage: Stage) -> tuple[Site, Site]:
    """Our site and Datasette, each with the same facts."""
    facts = generated.facts(stage.size(FACTS), chain=CHAIN)
    _fill(stage, facts)
    file = stage.folder / "datos.db"
    _copy(stage, file)
    return _site(stage), _datasette(stage, file)


def _fill(stage: Stage, facts: list[dict[str, object]]) -> None:
    columns = ("chain", "sequence", "name", "at", "actor", "details", "previous", "digest")
    with stage.installation.connect(role=OWNER) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY ledger_fact ({', '.join(columns)}) FROM STDIN".encode()) as copy:
            for fact in facts:
                copy.write_row([json.dumps(fact[name]) if name == "details" else fact[name] for name in columns])
        cursor.execute(b"ANALYZE")


def _copy(stage: Stage, file: Path) -> None:
    """The same rows, with the same values, in SQLite."""
    query = (
        b"SELECT chain, sequence, name, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), actor, details::text, "
        b"previous, digest FROM ledger_fact ORDER BY chain, sequence"
    )
    with stage.installation.connect(role=OWNER) as connection, sqlite3.connect(file) as target:
        target.execute(f"CREATE TABLE hechos ({', '.join(TYPED)}, PRIMARY KEY (cadena, secuencia))")
        target.executemany(f"INSERT INTO hechos VALUES ({', '.join('?' * len(NAMES))})", connection.execute(query))
    target.close()


def _datasette(stage: Stage, file: Path) -> Site:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [_program(), "serve", "--immutable", str(file), "--port", str(port), "--setting", "max_returned_rows", "1000"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, env=stage.environment, stdin=quiet, stdout=quiet, stderr=quiet)
    stage.closing.enter_context(ended(process))
    site, until = Site(port, process.pid), time.monotonic() + WAIT_S
    while process.poll() is None and time.monotonic() < until:
        try:
            site.get("/datos/hechos.json?_size=1")
        except OSError:
            time.sleep(0.05)
        else:
            return site
    raise BrokenMeasure("Datasette no respondió")


def _program() -> str:
    """Datasette's own command; its environment is made the first time."""
    program = ENVIRONMENT / "bin" / "datasette"
    if not program.exists():
        uv = max((ROOT / ".tools").glob("uv-*/bin/uv"), key=lambda path: path.stat().st_mtime)
        install = ("pip", "install", "--quiet", "--require-hashes", "--python", str(ENVIRONMENT / "bin" / "python"))
        for words in (("venv", "--quiet", str(ENVIRONMENT)), (*install, "-r", str(ROOT / "requirements" / "bench.txt"))):
            subprocess.run([str(uv), *words], check=True)
    return str(program)


def _requests(site: Site, address: str, servers: tuple[int, ...], times: int) -> Batch:
    def batch() -> float:
        connection = site.connect()
        before = cpu_of(*servers)
        for _ in range(times):
            site.get(address, connection, encoding="identity")
        spent = cpu_of(*servers) - before
        connection.close()
        return spent

    return batch


def _compare(name: str, stage: Stage) -> Figures:
    ours, peer = _prepared(stage)
    told = AGAINST[name]
    counts = [told.count(site.get(address, encoding="identity")[1]) for site, address in ((ours, told.ours), (peer, told.peer))]
    if counts[0] != counts[1] or not counts[0]:
        raise BrokenMeasure(f"no dan los mismos renglones: {counts}")
    mine = _requests(ours, told.ours, (ours.pid, stage.installation.cluster.pid), told.requests)
    others = _requests(peer, told.peer, (peer.pid,), told.requests)
    return compared(mine, others, rounds=stage.rounds(7), units=told.requests, scale=1e3)


# The aims: a third, a sixth and a third of what Datasette costs as it comes. Against the bare one ours only must not be
# dearer (a page: by a margin); most of a small page is the framework's way in and out, and the check of the connection.
MEASURES: list[Measure[Stage]] = [
    Measure(
        id=f"open.{name}",
        what=f"{told.what}; par: Datasette 0.65, los mismos renglones",
        unit="ms CPU",
        limit=told.limit,
        take=partial(_compare, name),
    )
    for name, told in AGAINST.items()
]
