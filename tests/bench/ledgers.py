"""The ledger on real PostgreSQL as the site's role, guards on: what an act costs, and what checking everything costs."""

from __future__ import annotations

import datetime as dt
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from tests.bench import generated
from tests.bench.measure import Batch, BrokenMeasure, Figures, Measure, compared, cpu_of
from tests.bench.stage import COPIES, Stage

from calpulli.site.cluster import OWNER

ROAD, PLAIN = COPIES
PLAN, HISTORY_PLAN = "demo-2026", "iecm-2023"
WRITERS, EACH = 8, 25
LAST_DAY = dt.datetime(2999, 12, 31, 18, tzinfo=dt.UTC)
Write = Callable[[str], object]
# What a check of the chains has to read, and nothing else.
EVERYTHING = """
SELECT f.*, r.position, r."table", r.key, r.digest
FROM ledger_fact f LEFT JOIN ledger_factrow r ON r.fact_id = f.id
ORDER BY f.chain, f.sequence, r.position
"""


@cache
def _prepared(stage: Stage) -> int:
    """Django on two copies of the demonstration; the second has no guards. Gives the database's process."""
    installation = stage.installation
    urls = {name: installation.cluster.url(database=name) for name in COPIES}
    os.environ.update(installation.environment, DATABASE_URL=urls[ROAD], DJANGO_SETTINGS_MODULE="calpulli.site.settings")
    import django
    from django.conf import settings

    from calpulli.site.settings import database

    settings.DATABASES["llana"] = database(urls[PLAIN])
    django.setup()
    _unguard(stage)
    return installation.cluster.pid


def _unguard(stage: Stage) -> None:
    from calpulli.ledger.states import domain_models

    with stage.installation.connect(role=OWNER, database=PLAIN) as connection:
        for model in domain_models():
            connection.execute(f'DROP TRIGGER ledger_attested ON "{model._meta.db_table}"'.encode())


@cache
def _codes() -> Iterator[str]:
    """Periods that nobody has opened, in no order, none twice."""
    codes = [f"{year}{part}" for year in range(2040, 2999) for part in ("", "-Q1", "-Q2", "-Q3", "-Q4")]
    random.Random(45).shuffle(codes)
    return iter(codes)


def _road() -> Write:
    """The act that opens a period: policy, check, two rows, their digests, the fact."""
    from calpulli.people.doors import actor_named
    from calpulli.planning.actions import open_period
    from calpulli.planning.inputs import OpenPeriod

    author = actor_named("area")
    return lambda code: open_period(OpenPeriod(PLAN, code), by=author)


def _plain() -> Write:
    """The same two rows, inserted by the ORM in one transaction, and nothing else."""
    from django.db import transaction

    from calpulli.planning.models import Edition, Period

    def write(code: str) -> None:
        with transaction.atomic(using="llana"):
            period = Period.objects.using("llana").create(plan_id=PLAN, code=code)
            Edition.objects.using("llana").create(period=period, number=1)

    return write


def _writing(write: Write, *, writers: int, each: int, server: int) -> Batch:
    """CPU of this process and of the database while `writers` threads make `each` writes; connecting does not count."""

    def batch() -> float:
        parts = [list(islice(_codes(), each)) for _ in range(writers)]
        if len(parts[-1]) < each:
            raise BrokenMeasure("se acabaron los periodos que abrir")
        gate, failed = threading.Barrier(writers + 1), list[BaseException]()
        threads = [threading.Thread(target=_writer, args=(write, part, gate, failed)) for part in parts]
        for thread in threads:
            thread.start()
        gate.wait()
        before = time.process_time() + cpu_of(server)
        gate.wait()
        gate.wait()
        spent = time.process_time() + cpu_of(server) - before
        for thread in threads:
            thread.join()
        if failed:
            raise BrokenMeasure(repr(failed[0]))
        return spent

    return batch


def _writer(write: Write, codes: list[str], gate: threading.Barrier, failed: list[BaseException]) -> None:
    """Connects, waits for all, writes, waits for all. An error is told, not raised: the others wait at the gate."""
    from django.db import connections

    from calpulli.commons import clock

    for connection in connections.all():
        connection.ensure_connection()
    gate.wait()
    gate.wait()
    try:
        with clock.rehearse(LAST_DAY):
            for code in codes:
                write(code)
    except BaseException as error:  # noqa: BLE001 - told to the thread that measures
        failed.append(error)
    gate.wait()
    connections.close_all()


def _acts(writers: int, stage: Stage) -> Figures:
    server, each = _prepared(stage), WRITERS * EACH // writers
    ours = _writing(_road(), writers=writers, each=each, server=server)
    peer = _writing(_plain(), writers=writers, each=each, server=server)
    found = compared(ours, peer, rounds=stage.rounds(5), units=writers * each, scale=1e3)
    _require_intact()
    return found


def _act_alone(stage: Stage) -> Figures:
    server = _prepared(stage)
    ours = _writing(_road(), writers=1, each=WRITERS * EACH, server=server)
    return compared(ours, rounds=stage.rounds(5), units=WRITERS * EACH, scale=1e3)


def _require_intact() -> None:
    from calpulli.ledger import doors as ledger

    breaches = list(ledger.check_ledger([]))
    if breaches:
        raise BrokenMeasure(f"el libro no quedó íntegro: {breaches[0]}")


@cache
def _history(stage: Stage) -> int:
    """Brings the ledger to 20,000 facts (2,000 with --quick) in one transaction; gives the database's process.

    A few rows have hundreds of facts, most have one or two. Written in bulk, as the site's role and under its guards.
    """
    server, dice = _prepared(stage), random.Random(2026)
    from django.db import transaction

    with transaction.atomic():
        editions = _history_rows(stage.size(4_000), dice)
        _history_facts(stage.size(20_000), editions, dice)
    _require_intact()
    return server


def _history_rows(count: int, dice: random.Random) -> list[object]:
    """Editions of as many periods, and their periods; keys have gaps, as sequences leave them."""
    from django.db import connection

    from calpulli.planning.models import Edition, Period

    made: list[object] = []
    codes = iter(sorted(f"{year}-Q{n}" for year in range(1900, 2999) for n in (1, 2, 3, 4) if year != 2023))
    while len(made) < count:
        part = [Period(plan_id=HISTORY_PLAN, code=code) for code in islice(codes, min(500, count - len(made)))]
        Period.objects.bulk_create(part)
        made += Edition.objects.bulk_create(
            Edition(period=period, number=1, note=generated.text(dice)) for period in part
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('planning_edition', 'id')) FROM generate_series(1, 17)")
    return made


def _history_facts(total: int, editions: list[object], dice: random.Random) -> None:
    """Facts that name every row, the last of each with the state that the row has."""
    from calpulli.ledger import doors as ledger
    from calpulli.ledger.models import Fact, FactRow
    from calpulli_core.board.facts import fact_digest

    named = _named(total, editions, dice)
    states = _last_states(named)
    head = ledger.head("planning")
    sequence, previous = head.sequence, head.digest
    facts, rows = [], []
    for number, touched in enumerate(named):
        sequence += 1
        told = [[table, key, states.get((number, table, key)) or generated.digest(dice)] for table, key, _ in touched]
        # Several acts share their second.
        at = LAST_DAY + dt.timedelta(seconds=number // 3)
        fact = Fact(chain="planning", sequence=sequence, name="planning.edition_captured", at=at, actor="sistema:medicion")
        fact.details, fact.previous = {"plan": HISTORY_PLAN, "reason": generated.text(dice)}, previous
        previous = fact.digest = fact_digest(_content(fact, told))
        facts.append(fact)
        rows += [FactRow(fact=fact, position=n, table=t, key=k, digest=d) for n, (t, k, d) in enumerate(told)]
    Fact.objects.bulk_create(facts, batch_size=2_000)
    FactRow.objects.bulk_create(rows, batch_size=2_000)


def _named(total: int, editions: list[object], dice: random.Random) -> list[list[tuple[str, str, object]]]:
    """The rows that each fact names: first each edition with its period, then editions, a few of them again and again."""
    from calpulli.ledger.states import key_of, table_of

    def place(row: object) -> tuple[str, str, object]:
        return table_of(type(row)), key_of(row), row

    opened = [[place(edition.period), place(edition)] for edition in editions]
    while len(opened) < total:
        chosen = {min(int(dice.paretovariate(0.5)), len(editions)) - 1 for _ in range(generated.few(dice))}
        opened.append([place(editions[number]) for number in sorted(chosen)])
    return opened


def _last_states(named: list[list[tuple[str, str, object]]]) -> dict[tuple[int, str, str], str]:
    """Digest of each row as it stands, under the number of the last fact that names it."""
    from calpulli.ledger.states import row_digest

    last = {(table, key): (number, row) for number, touched in enumerate(named) for table, key, row in touched}
    return {(number, *place): row_digest(type(row).objects.get(pk=row.pk)) for place, (number, row) in last.items()}


def _content(fact: object, rows: list[list[str]]) -> dict[str, object]:
    from calpulli.ledger.queries import instant_text

    names = ("actor", "chain", "details", "name", "previous", "sequence")
    return {name: getattr(fact, name) for name in names} | {"at": instant_text(fact.at), "rows": rows}


def _checking(work: Callable[[], object], server: int) -> Batch:
    def batch() -> float:
        before = time.process_time() + cpu_of(server)
        work()
        return time.process_time() + cpu_of(server) - before

    return batch


def _read_everything() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING)
        cursor.fetchall()


def _verify(stage: Stage, *, against_reading: bool) -> Figures:
    server = _history(stage)
    from calpulli.ledger import doors as ledger

    ours, peer = _checking(_require_intact, server), _checking(_read_everything, server)
    count = ledger.counts()["facts"]
    if count < stage.size(20_000):
        raise BrokenMeasure(f"hay {count} hechos")
    return compared(ours, peer if against_reading else None, rounds=stage.rounds(3), units=count, scale=1e6)


MEASURES: list[Measure[Stage]] = [
    # Staff and imports write a few acts a second at most; this leaves a core free for readers.
    Measure(
        id="ledger.act",
        what="Un acto por el camino real (abrir un periodo), con lo que hace la base",
        unit="ms CPU",
        limit=30.0,
        take=_act_alone,
    ),
    # Reading back, digests, lock, head, fact, its rows and the guard: about ten statements where the peer has two. The
    # part of the database is told in hundredths of a second, so a limit half above what was seen does not flap.
    Measure(
        id="ledger.act.1",
        what="Un acto por el camino real, 1 escritor; par: los mismos renglones por el ORM, sin hecho ni candados",
        unit="ms CPU",
        limit=8.0,
        take=lambda stage: _acts(1, stage),
    ),
    Measure(
        id="ledger.act.8",
        what="Un acto por el camino real, 8 escritores; par: los mismos renglones por el ORM, sin hecho ni candados",
        unit="ms CPU",
        limit=8.0,
        take=lambda stage: _acts(WRITERS, stage),
    ),
    Measure(
        id="ledger.verify",
        what="calpulli ledger verify sobre 20,000 hechos: por cada 1,000, con lo que hace la base",
        unit="ms CPU/1,000",
        limit=1000.0,
        take=lambda stage: _verify(stage, against_reading=False),
    ),
    Measure(
        id="ledger.verify.reading",
        what="Comprobar 20,000 hechos; par: una consulta que lee los mismos renglones y nada más",
        unit="ms CPU/1,000",
        limit=30.0,
        take=lambda stage: _verify(stage, against_reading=True),
    ),
]
