"""The indicators of a large institute: 20 programmes, 300 activities a year, 500 sheets, a million entries, five million
deliveries.

All of it comes in through the acts (`volume`), so that what is added up beside the entries is what an installation has. What
is read of it is compared with polars, cell by cell and for what it costs; polars works on columns that it already holds in
memory, and only its own time counts. Then one delivery goes in over HTTP, and the public pages must say so.
"""

from __future__ import annotations

import datetime as dt
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import requests

from calpulli.site.cluster import OWNER
from tests.bench.ledgers import ROAD, prepared
from tests.bench.measure import Batch, BrokenMeasure, Figures, Measure, compared, cpu_of, here
from tests.bench.pages import Site, served
from tests.bench.stage import COPIES, Stage

VOLUME = COPIES[2]
DELIVERIES, ENTRIES = 5_000_000, 1_000_000
EVENTS, AGAIN = 5, 10  # deliveries, and how often the board is looked at after each
TOLD_OF = "volumen-quarter-annual-deliveries-units"


@dataclass(frozen=True)
class Poured:
    """The volume in its database, and which cells its indicators need for the eight quarters."""

    volume: Any
    server: int
    cells: frozenset[Any]


@contextmanager
def _there(stage: Stage) -> Iterator[int]:
    """Django on the copy that holds the volume; gives the database's process."""
    server = prepared(stage)
    from django.db import connection

    _move(connection, VOLUME)
    try:
        yield server
    finally:
        _move(connection, ROAD)


def _move(connection: Any, name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


@cache
def _poured(stage: Stage) -> Poured:
    with _there(stage) as server:
        from calpulli.commons import clock
        from tests.bench import volume, volume_sheets

        told = volume.Volume(stage.size(DELIVERIES), stage.size(ENTRIES), clock.today().year - 2)
        volume.pour(told)
        volume_sheets.propose(told)
        with stage.installation.connect(role=OWNER, database=VOLUME) as connection:
            connection.execute(b"VACUUM ANALYZE")
        return Poured(told, server, frozenset(volume_sheets.cells(told)))


def _with_server(server: int, work: Callable[[], object]) -> Batch:
    """CPU of this process, all its threads, and of the database."""
    plain = here(work)

    def batch() -> float:
        before = cpu_of(server)
        return plain() + cpu_of(server) - before

    return batch


def _computed(poured: Poured) -> None:
    """What the command does for eight quarters: read, compute, write each with its steps; then it is undone."""
    from django.db import transaction

    from calpulli.commons.act import Actor
    from calpulli.indicators.actions import compute_indicators
    from calpulli.indicators.inputs import Compute

    with transaction.atomic():
        done = compute_indicators(Compute(poured.volume.quarters), by=Actor.system("medición")).result
        if done.count < 3_000:
            raise BrokenMeasure(f"solo se calcularon {done.count} valores")
        transaction.set_rollback(True)


def _indicators(stage: Stage) -> Figures:
    poured = _poured(stage)
    with _there(stage):
        return compared(_with_server(poured.server, lambda: _computed(poured)), rounds=3)


def _cells(stage: Stage) -> Figures:
    """Both sides give every cell, and the same."""
    poured = _poured(stage)
    with _there(stage):
        from calpulli.indicators.queries.cells import read
        from tests.bench import volume_oracle as oracle

        with stage.installation.connect(role=OWNER, database=VOLUME) as connection:
            columns = oracle.Columns.read(connection)
        groups = oracle.groups_of(poured.cells)
        expected = oracle.values(columns, oracle.aggregated(columns, groups), poured.cells)
        found = read(poured.cells)
        wrong = [cell for cell in poured.cells if found[cell].value != expected[cell]]
        if wrong:
            raise BrokenMeasure(f"{len(wrong)} de {len(expected)} celdas no dan lo que polars: {wrong[0]}")
        ours = _with_server(poured.server, lambda: read(poured.cells))
        found_in = compared(ours, here(lambda: oracle.aggregated(columns, groups)), rounds=stage.rounds(3))
        # Asking for so many cells costs much the same whatever the rows: of a tenth of them, ours is judged and no ratio.
        return replace(found_in, peer=None) if stage.quick else found_in


@dataclass(frozen=True)
class Visitor:
    """Whoever looks, and whoever records, before the same server."""

    site: Site
    server: int
    staff: requests.Session
    activity: int
    form: str
    page: str
    board: str
    drill: str

    def url(self, path: str) -> str:
        """The whole address."""
        return f"http://127.0.0.1:{self.site.port}{path}"

    def spent(self) -> float:
        """CPU of the server and of the database so far."""
        return cpu_of(self.site.pid, self.server)


@cache
def _visitor(stage: Stage) -> Visitor:
    poured = _poured(stage)
    address = stage.installation.cluster.url
    site = served(stage, DATABASE_URL=address(database=VOLUME), DATABASE_OWNER_URL=address(role=OWNER, database=VOLUME))
    with _there(stage):
        from django.urls import reverse

        from calpulli.annual.models import Activity

        last = poured.volume.quarters[-1]
        activity = Activity.objects.get(
            exercise__year=poured.volume.years[1], exercise__plan_key=poured.volume.plan_key, key="V0001"
        )
        query = f"?periodo={last}&area=secretaria-administrativa"
        return Visitor(
            site=site,
            server=poured.server,
            staff=_signed_in(stage, site),
            activity=activity.pk,
            form=reverse("annual_deliveries"),
            page=reverse("indicator_value", kwargs={"key": TOLD_OF, "period": last}),
            board=f"{reverse('board')}?trimestre={last}",
            drill=reverse("measure", kwargs={"key": "budget.exercised"}) + query,
        )


def _signed_in(stage: Stage, site: Site) -> requests.Session:
    """The account that captures, in both steps, as a browser does it."""
    from calpulli.people import factors
    from calpulli.people.models import Account

    session, base = requests.Session(), f"http://127.0.0.1:{site.port}"
    session.headers["Referer"] = base
    note = (stage.installation.state / "demo.txt").read_text()
    password = re.search(r"usuario area +contraseña (\S+)", note)
    code = factors.fresh_code(Account.objects.get(username="area"))
    if password is None or code is None:
        raise BrokenMeasure("no hay con qué entrar")
    for path, told in (("/entrar", {"username": "area", "password": password[1]}), ("/entrar/codigo", {"code": code})):
        answer = _posted(session, base + path, told)
        if answer.status_code != 200 or "<form" not in answer.text:
            raise BrokenMeasure(f"{path}: {answer.status_code}")
    return session


def _posted(session: requests.Session, url: str, told: dict[str, Any]) -> requests.Response:
    """The form with its mark, and where it leads."""
    mark = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', session.get(url).text)
    if mark is None:
        raise BrokenMeasure(f"{url} no dio su formulario")
    return session.post(url, data=told | {"csrfmiddlewaretoken": mark[1]}, timeout=60)


def _event(visitor: Visitor, place: int) -> None:
    """One delivery through the form of its area; each on a day of its own, for one that is equal to another is asked about."""
    on = dt.date(int(visitor.page[-7:-3]), 12, 10 + place)
    told = {
        "activity": visitor.activity,
        "on": f"{on:%d/%m/%Y}",
        "district": "",
        "units": 7,
        "women": 1,
        "men": 1,
        "unsaid": 0,
    }
    answer = _posted(visitor.staff, visitor.url(visitor.form), told)
    if not answer.history or answer.status_code != 200:
        raise BrokenMeasure(f"la entrega no entró: {answer.status_code}")


def _seen(visitor: Visitor, path: str) -> int:
    """The number of units that a public page shows, which needs no more than this one request."""
    text = requests.get(visitor.url(path), timeout=120).text
    begins = text.find(f"/{TOLD_OF}/") if path == visitor.board else 0  # on the board, perhaps only in its table
    found = re.search(r'(?:stat-value">|<td[^>]*><span>)([\d,]+)<', text[max(begins, 0) :])
    if begins < 0 or found is None:
        raise BrokenMeasure(f"{path} no dice cuántas unidades")
    return int(found[1].replace(",", ""))


@cache
def _events(stage: Stage) -> dict[str, list[float]]:
    """Of each event: CPU and wall from the moment that somebody sends it until a page shows it; then the board, cold and warm."""
    visitor, found = _visitor(stage), {"cpu": list[float](), "wall": list[float](), "cold": list[float](), "warm": list[float]()}
    _seen(visitor, visitor.board)
    for place in range(EVENTS):
        before, began, at = _seen(visitor, visitor.page), visitor.spent(), time.monotonic()
        _event(visitor, place)
        _require(_seen(visitor, visitor.page), before + 7)
        found["wall"].append(time.monotonic() - at)
        found["cpu"].append(visitor.spent() - began)
        for name, times in (("cold", 1), ("warm", AGAIN)):
            began = visitor.spent()
            for _ in range(times):
                _require(_seen(visitor, visitor.board), before + 7)
            found[name].append((visitor.spent() - began) / times)
    print(f"  reloj, del envío a la página: {statistics.median(found['wall']):.2f} s", file=sys.stderr, flush=True)
    return found


def _require(shown: int, expected: int) -> None:
    if shown != expected:
        raise BrokenMeasure(f"la página dice {shown} y pasó que son {expected}")


def _of_events(name: str, scale: float, stage: Stage) -> Figures:
    taken = _events(stage)[name]
    return Figures(ours=max(statistics.median(taken), 1e-4) * scale, cpu_s=sum(taken), n=len(taken))


def _drill(stage: Stage) -> Figures:
    visitor = _visitor(stage)

    def batch() -> float:
        before = visitor.spent()
        if 'class="table' not in requests.get(visitor.url(visitor.drill), timeout=120).text:
            raise BrokenMeasure("sin renglones")
        return visitor.spent() - before

    return compared(batch, rounds=stage.rounds(5), scale=1e3)


MEASURES: list[Measure[Stage]] = [
    Measure(
        id="scale.indicators",
        what="500 indicadores de 8 trimestres con 5 M de entregas y 1 M de movimientos: leer, calcular y guardar cada paso",
        unit="s CPU",
        limit=60.0,
        take=_indicators,
    ),
    Measure(
        id="scale.cells",
        what="todas sus celdas, iguales una por una a las de polars; par: polars, las mismas sumas de columnas ya en memoria",
        unit="s CPU",
        limit=2.0,
        take=_cells,
    ),
    Measure(
        id="scale.event",
        what="una entrega por su formulario, hasta que la página pública dice el número nuevo",
        unit="s CPU",
        limit=1.0,
        take=partial(_of_events, "cpu", 1.0),
    ),
    Measure(
        id="scale.board.cold",
        what="el tablero con los 500 indicadores, la primera vez después de esa entrega",
        unit="ms CPU",
        limit=1_000.0,
        take=partial(_of_events, "cold", 1e3),
    ),
    Measure(
        id="scale.board.warm",
        what="el mismo tablero, las demás veces",
        unit="ms CPU",
        limit=100.0,
        take=partial(_of_events, "warm", 1e3),
    ),
    Measure(
        id="scale.drill",
        what="de un número del dinero a sus renglones: la primera hoja de un trimestre",
        unit="ms CPU",
        limit=1_000.0,
        take=_drill,
    ),
]
