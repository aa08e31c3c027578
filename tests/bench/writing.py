"""Writers of the ledger's measures. Imported once Django stands on the copies (`ledgers`); the alias `llana` has no guards."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice

from django.db import connections, transaction

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.people.doors import actor_named
from calpulli.planning.actions import import_plan, open_period
from calpulli.planning.inputs import ImportPlan, OpenPeriod
from calpulli.planning.models import Edition, Period, Plan
from tests.bench.founding import SOURCE, founding_plan
from tests.bench.measure import Batch, BrokenMeasure, cpu_of

UNGUARDED = "llana"
FAMILY = "medicion"
LAST_DAY = dt.datetime(2199, 12, 31, 18, tzinfo=dt.UTC)
YEARS = range(2024, 2199)  # the years that the norms of its institute cover
# Plans that only measurements have: a plan has no more than some 900 periods.
WRITTEN_PLANS, HISTORY_PLANS = range(1, 8), range(8, 15)
Place = tuple[str, str]
Write = Callable[[Place], object]


def import_plans() -> None:
    """The founding programme under keys of its own, by the act that imports plans; in the other copy, bare rows."""
    for number in (*WRITTEN_PLANS, *HISTORY_PLANS):
        import_plan(_command(number), by=Actor.system("medicion"))
    Plan.objects.using(UNGUARDED).bulk_create(Plan.objects.filter(family=FAMILY))


def _command(number: int) -> ImportPlan:
    return ImportPlan(
        key=key_of_plan(number),
        family=FAMILY,
        generation=number,
        kind=Plan.Kind.REFERENCE,
        institute="iecm",
        seal_notice="",
        programme=founding_plan().programme,
        source=SOURCE.read_bytes(),
        identifiers={},
    )


def key_of_plan(number: int) -> str:
    """The key of a plan that only measurements have."""
    return f"{FAMILY}-{number}"


def places(plans: range, parts: Sequence[str]) -> list[Place]:
    """Plan and code of periods, in no order, none twice."""
    made = [(key_of_plan(plan), f"{year}{part}") for plan in plans for year in YEARS for part in parts]
    random.Random(45).shuffle(made)
    return made


@cache
def _unopened(side: str) -> Iterator[Place]:
    """What that side has not written yet."""
    return iter(places(WRITTEN_PLANS, ("", "-Q1", "-Q2", "-Q3", "-Q4")))


def road() -> Write:
    """The act that opens a period: policy, check, two rows, their digests, the fact."""
    author = actor_named("area")
    return lambda place: open_period(OpenPeriod(*place), by=author)


def plain(place: Place) -> None:
    """The same two rows, inserted by the ORM in one transaction, and nothing else."""
    with transaction.atomic(using=UNGUARDED):
        period = Period.objects.using(UNGUARDED).create(plan_id=place[0], code=place[1])
        Edition.objects.using(UNGUARDED).create(period=period, number=1)


def writing(write: Write, *, writers: int, units: int, side: str, server: int) -> Batch:
    """CPU of this process and of the database while `writers` threads make `units` writes; connecting does not count."""

    def batch() -> float:
        parts = [list(islice(_unopened(side), units // writers)) for _ in range(writers)]
        if len(parts[-1]) < units // writers:
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


def _writer(write: Write, mine: list[Place], gate: threading.Barrier, failed: list[BaseException]) -> None:
    """Connects, waits for all, writes, waits for all. An error is told, not raised: the others wait at the gate."""
    for connection in connections.all():
        connection.ensure_connection()
    gate.wait()
    gate.wait()
    try:
        with clock.rehearse(LAST_DAY):
            for place in mine:
                write(place)
    except BaseException as error:
        failed.append(error)
    gate.wait()
    connections.close_all()
