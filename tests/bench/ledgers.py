"""The ledger on real PostgreSQL as the site's role, guards on: what an act costs, and what checking everything costs."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from calpulli.site.cluster import OWNER
from tests.bench.measure import Batch, BrokenMeasure, Figures, Measure, compared, cpu_of, in_turns
from tests.bench.stage import COPIES, Stage

ROAD, PLAIN, _ = COPIES
WRITERS, UNITS = 8, 400


@cache
def prepared(stage: Stage) -> int:
    """Django on two copies of the demonstration; the second has no guards. Gives the database's process."""
    installation = stage.installation
    urls = {name: installation.cluster.url(database=name) for name in COPIES}
    for name in os.environ.keys() - installation.environment.keys():
        del os.environ[name]
    os.environ.update(installation.environment, DATABASE_URL=urls[ROAD], DJANGO_SETTINGS_MODULE="calpulli.site.settings")
    import django
    from django.conf import settings

    from calpulli.site.settings import database

    settings.DATABASES["llana"] = database(urls[PLAIN])
    django.setup()
    _unguard(stage)
    from tests.bench.writing import import_plans

    import_plans()
    return installation.cluster.pid


def _unguard(stage: Stage) -> None:
    from calpulli.ledger.states import domain_models

    with stage.installation.connect(role=OWNER, database=PLAIN) as connection:
        for model in domain_models():
            connection.execute(f'DROP TRIGGER ledger_attested ON "{model._meta.db_table}"'.encode())


@cache
def _timings(stage: Stage) -> dict[tuple[str, int], list[float]]:
    """CPU seconds of every round, by side and number of writers; all of them in turns."""
    server = prepared(stage)
    from tests.bench.writing import plain, road, writing

    batches = {
        (side, writers): writing(write, writers=writers, units=UNITS, side=side, server=server)
        for writers in (1, WRITERS)
        for side, write in {"road": road(), "plain": plain}.items()
    }
    found = in_turns([*batches.values()], rounds=stage.rounds(5))
    _require_intact()
    return dict(zip(batches, found, strict=True))


def _acts(writers: int, stage: Stage) -> Figures:
    found = _timings(stage)
    ours, peer = (statistics.median(found[side, writers]) / UNITS * 1e3 for side in ("road", "plain"))
    spent = found["road", writers]
    return Figures(ours=ours, peer=peer, cpu_s=sum(spent), n=len(spent) * UNITS)


def _require_intact() -> None:
    """The whole check, of every chain and every row."""
    from calpulli.ledger import doors as ledger

    breaches = list(ledger.check_ledger([]))
    if breaches:
        raise BrokenMeasure(f"el libro no quedó íntegro: {breaches[0]}")


@cache
def _history(stage: Stage) -> int:
    """Brings the ledger to 20,000 facts; gives the database's process."""
    server = prepared(stage)
    from tests.bench.history import write_history

    write_history(facts=stage.size(20_000), editions=stage.size(4_000))
    return server


@cache
def _checks(stage: Stage) -> Figures:
    """The whole check and the bare reading, in turns."""
    server = _history(stage)
    from calpulli.ledger import doors as ledger
    from tests.bench.history import read_everything

    count = ledger.counts()["facts"]
    if count < stage.size(20_000):
        raise BrokenMeasure(f"hay {count} hechos")
    ours, peer = _with_server(_require_intact, server), _with_server(read_everything, server)
    return compared(ours, peer, rounds=stage.rounds(3), units=count, scale=1e6)


def _with_server(work: Callable[[], object], server: int) -> Batch:
    def batch() -> float:
        before = time.process_time() + cpu_of(server)
        work()
        return time.process_time() + cpu_of(server) - before

    return batch


MEASURES: list[Measure[Stage]] = [
    # Staff and imports write a few acts a second at most: ten of them then still leave four fifths of a core.
    Measure(
        id="ledger.act",
        what="Un acto por el camino real (abrir un periodo), con lo que hace la base",
        unit="ms CPU",
        limit=20.0,
        take=lambda stage: replace(_acts(1, stage), peer=None),
    ),
    # Reading back, digests, lock, head, fact, its rows and the guard: about a dozen statements where the peer has two.
    # The peer's own cost is so small, and that of waiting for the chain's lock so dependent on what else runs, that
    # the limits are twice what was seen.
    Measure(
        id="ledger.act.1",
        what="Un acto por el camino real, 1 escritor; par: los mismos renglones por el ORM, sin hecho ni candados",
        unit="ms CPU",
        limit=12.0,
        take=lambda stage: _acts(1, stage),
    ),
    Measure(
        id="ledger.act.8",
        what="Un acto por el camino real, 8 escritores; par: los mismos renglones por el ORM, sin hecho ni candados",
        unit="ms CPU",
        limit=20.0,
        take=lambda stage: _acts(WRITERS, stage),
    ),
    # Twenty thousand facts, years of an institute's work, in ten seconds.
    Measure(
        id="ledger.verify",
        what="calpulli ledger verify sobre 20,000 hechos: por cada 1,000, con lo que hace la base",
        unit="ms CPU/1,000",
        limit=500.0,
        take=lambda stage: replace(_checks(stage), peer=None),
    ),
    # The floor of any check; digests, links and the comparison with every row are on top of it.
    Measure(
        id="ledger.verify.reading",
        what="Comprobar 20,000 hechos; par: una consulta que lee los mismos renglones y nada más",
        unit="ms CPU/1,000",
        limit=30.0,
        take=_checks,
    ),
]
