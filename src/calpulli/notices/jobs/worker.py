"""A worker: does jobs one after the other, minds the tick, and says that it lives. Any number of them share one database."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import threading
import uuid
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, transaction

from calpulli.commons import clock

from ..models import Worker
from . import queue, tick

log = logging.getLogger("calpulli.jobs")
# How long it sleeps when there is nothing to do, between ticks, and after the database went away.
IDLE_S, TICK_S, AWAY_S = 1.0, 20.0, 2.0
# A worker may be at one job for as long as a mail server is slow; after this long it is taken for dead.
LIVES_FOR = dt.timedelta(seconds=90)
FORGET_AFTER = dt.timedelta(days=1)


class Loop:
    """The life of one worker. `stop` lets it finish the job that it has in hand."""

    def __init__(self) -> None:
        self.name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._stopping = threading.Event()
        self._ticked_at: dt.datetime | None = None

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Asks it to end after the job in hand."""
        self._stopping.set()

    def run(self) -> None:
        """Works until it is asked to stop; waits for a database that went away."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self._stopping.is_set():
            self._stopping.wait(self._step())
        try:
            Worker.objects.filter(pk=self.name).delete()
        except (DatabaseError, InterfaceError):
            log.warning("the database is away")

    def _step(self) -> float:
        """One job, and the tick if it is time; how long to rest after it."""
        try:
            self._mind()
            return 0 if queue.work_one(self.name) else IDLE_S
        except (DatabaseError, InterfaceError) as error:
            log.error("the database is away", exc_info=error)
            close_old_connections()
            return AWAY_S

    def _mind(self) -> None:
        now = clock.now()
        if self._ticked_at is not None and (now - self._ticked_at).total_seconds() < TICK_S:
            return
        seen(self.name)
        tick.tick()
        self._ticked_at = now


def seen(name: str) -> None:
    """Says that this worker lives, and forgets those that long ago said so for the last time."""
    now = clock.now()
    with transaction.atomic():
        Worker.objects.update_or_create(pk=name, defaults={"seen_at": now})
        Worker.objects.filter(seen_at__lt=now - FORGET_AFTER).delete()


def living() -> int:
    """How many workers live."""
    return Worker.objects.filter(seen_at__gt=clock.now() - LIVES_FOR).count()


def drain(name: str = "drain") -> int:
    """Does everything that is due now, chores too, and ends; how many jobs."""
    tick.tick()
    done = 0
    while queue.work_one(name):
        done += 1
    return done
