"""Public pages from a real server on loopback: CPU of a request (server and database), and what the first view transfers."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import time
from dataclasses import dataclass
from functools import cache, partial
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tests.bench.founding import PLAN_KEY, QUARTER
from tests.bench.measure import Batch, BrokenMeasure, Figures, Measure, compared, cpu_of, ended
from tests.bench.stage import PROGRAM, Stage

PAGES = {
    "home": ("Portada", "/"),
    "record": ("Registro publicado de un trimestre", f"/registros/{PLAN_KEY}/{QUARTER}"),
    "datasets": ("Catálogo de datos abiertos", "/datos"),
    "dataset": ("Un conjunto de datos", "/datos/lineas-de-accion"),
    "search": ("Búsqueda con respuesta", "/buscar?q=linea"),
    "line": ("Línea de acción", f"/programas/{PLAN_KEY}/linea/1.1"),
}
# A file that the server hands over as it is: only its size matters.
VERIFIER = {"verifier": ("Verificador", "/verificador")}
REQUESTS = 40
WAIT_S = 180  # of a first page, however large the installation and however busy the machine
CPU_MS, FIRST_VIEW_KB = 15.0, 80.0
# What a browser fetches by itself to show the page.
FETCHED = {"stylesheet", "icon", "preload"}


@dataclass(frozen=True)
class Site:
    """A running server: where it listens, and its process."""

    port: int
    pid: int

    def connect(self) -> http.client.HTTPConnection:
        """A connection that stays open between requests."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)

    def get(
        self, path: str, connection: http.client.HTTPConnection | None = None, *, encoding: str = "gzip, br"
    ) -> tuple[int, bytes]:
        """Bytes of the answer's head, and its body as sent; BrokenMeasure unless it is a 200."""
        chosen = connection or self.connect()
        chosen.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = chosen.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise BrokenMeasure(f"{path}: {answer.status}")
        return sum(len(name) + len(value) + 4 for name, value in answer.getheaders()), body


@cache
def _site(stage: Stage) -> Site:
    """The demonstration served as `calpulli serve` does, until the run ends."""
    return served(stage)


def served(stage: Stage, **more: str) -> Site:
    """A server of its own, with more of its surroundings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = stage.installation.environment | {"PORT": str(port)} | more
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([str(PROGRAM), "serve"], env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    stage.closing.enter_context(ended(process))
    site = Site(port, process.pid)
    _wait(site, process)
    return site


def _wait(site: Site, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT_S
    while process.poll() is None and time.monotonic() < until:
        try:
            site.get("/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise BrokenMeasure("el servidor no respondió")


def _requests(path: str, stage: Stage) -> Batch:
    """REQUESTS of one page, one after another over one connection."""
    site, servers = _site(stage), (_site(stage).pid, stage.installation.cluster.pid)

    def batch() -> float:
        connection = site.connect()
        site.get(path, connection)
        before = cpu_of(*servers)
        for _ in range(REQUESTS):
            site.get(path, connection)
        spent = cpu_of(*servers) - before
        connection.close()
        return spent

    return batch


def _cpu(path: str, stage: Stage) -> Figures:
    return compared(_requests(path, stage), rounds=stage.rounds(7), units=REQUESTS, scale=1e3)


class _Parts(HTMLParser):
    """The addresses of what a page needs to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        wanted = tag in ("script", "img") or (tag == "link" and FETCHED & set((told.get("rel") or "").split()))
        address = told.get("src") or (told.get("href") if tag == "link" else None)
        if wanted and address and not address.startswith("data:"):
            self.found.add(address)


def _first_view(path: str, stage: Stage) -> Figures:
    """Everything of the page from a cold cache: heads and bodies as sent, every font of its style sheets."""
    site, seen, total = _site(stage), set[str](), 0
    waiting = [path]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        head, body = site.get(address)
        total += head + len(body)
        waiting += [urlsplit(urljoin(address, part)).path for part in _parts(address, path, site)]
    if not any(address.endswith(".css") for address in seen) and "<style" not in _plain(path, site):
        raise BrokenMeasure(f"{path}: sin hoja de estilo no es la página que se quería medir")
    return Figures(ours=total / 1000, cpu_s=0.0, n=len(seen))


def _parts(address: str, path: str, site: Site) -> set[str]:
    if address == path:
        parser = _Parts()
        parser.feed(_plain(address, site))
        return parser.found
    if address.endswith(".css"):
        return {part for part in re.findall(r"url\([\"']?([^)\"']+)", _plain(address, site)) if not part.startswith("data:")}
    return set()


def _plain(address: str, site: Site) -> str:
    return site.get(address, encoding="identity")[1].decode()


# A core then answers more than 60 requests a second: a city's peak on the cheapest machine. The budget of bytes is the
# invariant of a public page: first view, cold cache, fonts included.
MEASURES: list[Measure[Stage]] = [
    *(
        Measure(
            id=f"page.cpu.{name}",
            what=f"{title}: una petición, con lo que hace la base",
            unit="ms CPU",
            limit=CPU_MS,
            take=partial(_cpu, path),
        )
        for name, (title, path) in PAGES.items()
    ),
    *(
        Measure(
            id=f"page.bytes.{name}",
            what=f"{title}: primera vista, comprimida, con estilos y letras",
            unit="kB",
            limit=FIRST_VIEW_KB,
            take=partial(_first_view, path),
        )
        for name, (title, path) in (PAGES | VERIFIER).items()
    ),
]
