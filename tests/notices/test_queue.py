"""Jobs and chores: done once, put off when they fail, and by one worker at a time."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from calpulli.commons import clock
from calpulli.commons.registries import chores
from calpulli.commons.registries.chores import Chore, offer_chore
from calpulli.notices.jobs import queue, tick, worker
from calpulli.notices.models import Asking, ChoreRun, Worker
from tests.notices.conftest import work

DONE: list[str] = []


@task()
def note(word: str) -> None:
    DONE.append(word)
    Asking.objects.create(key=word, at=clock.now())


@task()
def fail(word: str) -> None:
    Asking.objects.create(key=word, at=clock.now())
    raise RuntimeError(f"ana@ejemplo.mx {word}")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    DONE.clear()


@pytest.fixture
def own_chores() -> Iterator[None]:
    known = dict(chores.CHORES._items)
    chores.CHORES._items.clear()
    yield
    chores.CHORES._items.update(known)


def test_a_job_is_done_once(db: None) -> None:
    note.enqueue("uno")
    note.enqueue("dos")
    assert work() == 2
    assert work() == 0
    assert sorted(DONE) == ["dos", "uno"]


def test_a_job_that_fails_keeps_nothing_and_is_tried_again_until_it_is_given_up(db: None) -> None:
    fail.enqueue("x")
    waits = []
    for _ in range(4):
        assert work() == 1
        job = DBTaskResult.objects.get()
        assert job.status == "READY"
        waits.append(round((job.run_after - clock.now()).total_seconds()))
        DBTaskResult.objects.update(run_after=clock.now())
    assert waits == [5, 60, 600, 3600]
    assert work() == 1
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == ("FAILED", "builtins.RuntimeError")
    assert "ana" not in job.traceback
    assert not Asking.objects.exists()
    assert queue.standing().failed == 1
    assert queue.retry() == 1
    assert queue.standing().waiting == 1


def test_a_job_that_someone_holds_is_left_to_him(fresh_database: str) -> None:
    """Two workers at once: each job is done by one of them."""
    for number in range(40):
        note.enqueue(str(number))

    def work_here() -> None:
        while queue.work_one(threading.current_thread().name):
            pass
        connection.close()

    threads = [threading.Thread(target=work_here) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(DONE, key=int) == [str(number) for number in range(40)]
    assert Asking.objects.count() == 40
    assert len({name for job in DBTaskResult.objects.all() for name in job.worker_ids}) > 1


def test_a_chore_runs_when_it_is_due_and_not_before(db: None, own_chores: None) -> None:
    ran: list[dt.datetime] = []
    offer_chore(Chore("test.hourly", dt.timedelta(hours=1), lambda: ran.append(clock.now()) or 1))  # type: ignore[func-returns-value]
    noon = dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)
    for minutes in (0, 1, 59, 60, 61, 180):
        with clock.rehearse(noon + dt.timedelta(minutes=minutes)):
            tick.tick()
    assert [(at - noon).total_seconds() / 60 for at in ran] == [0, 60, 180]


def test_a_chore_that_fails_keeps_nothing_stops_no_other_and_waits_its_turn(db: None, own_chores: None) -> None:
    def bad() -> int:
        Asking.objects.create(key="bad", at=clock.now())
        raise RuntimeError

    offer_chore(Chore("test.bad", dt.timedelta(hours=1), bad))
    offer_chore(Chore("test.good", dt.timedelta(hours=1), lambda: 1))
    assert tick.tick() == ["test.bad", "test.good"]
    assert tick.tick() == []
    assert not Asking.objects.exists()


def test_of_several_workers_one_runs_a_chore(fresh_database: str, own_chores: None) -> None:
    ran: list[str] = []
    begun = threading.Barrier(4, timeout=30)
    release = threading.Event()

    def slow() -> int:
        ran.append(threading.current_thread().name)
        release.wait(30)
        return 1

    offer_chore(Chore("test.slow", dt.timedelta(hours=1), slow))
    ChoreRun.objects.create(key="test.slow")

    def tick_here() -> None:
        begun.wait()
        tick.tick()
        connection.close()

    threads = [threading.Thread(target=tick_here) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(1)
    release.set()
    for thread in threads:
        thread.join(30)
    assert len(ran) == 1


def test_a_worker_is_taken_for_dead_after_a_while_and_then_forgotten(db: None) -> None:
    now = clock.now()
    worker.seen("uno")
    assert worker.living() == 1
    with clock.rehearse(now + dt.timedelta(seconds=95)):
        assert worker.living() == 0
    with clock.rehearse(now + dt.timedelta(days=2)):
        worker.seen("dos")
    assert list(Worker.objects.values_list("pk", flat=True)) == ["dos"]
