"""The queue: jobs that other packages enqueue with django-tasks, in the database, within the transaction that causes them.

A job is held by the lock of its row, and its effects are committed together with its end. So a worker that is killed
leaves the job as it was, for the next one, and a job that only writes to the database is done exactly once.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, Min, Q, When
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from calpulli.commons import clock

log = logging.getLogger("calpulli.jobs")
# What the library writes for a job that is due as soon as it is written.
AT_ONCE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
# How long after each failure a job is tried again; after the last it stays failed, for a person to look at.
PATIENCE = tuple(dt.timedelta(seconds=seconds) for seconds in (5, 60, 600, 3600))


@dataclass(frozen=True)
class Queue:
    """How the queue stands: jobs that are due, how long the oldest has been, and how many were given up."""

    waiting: int
    oldest_s: int
    failed: int


def work_one(worker: str) -> bool:
    """Does the first job that is due and that nobody else holds; False when there is none."""
    with transaction.atomic():
        job = DBTaskResult.objects.ready().select_for_update(skip_locked=True).first()
        if job is None:
            return False
        job.worker_ids = [*job.worker_ids, worker]
        job.started_at = clock.now()
        try:
            with transaction.atomic():
                result = job.task_result
                job.task.call(*result.args, **result.kwargs)
        except Exception as error:
            _failed(job, error)
        else:
            job.status, job.finished_at = TaskResultStatus.SUCCESSFUL, clock.now()
        job.save()
    return True


def _failed(job: DBTaskResult[..., Any], error: Exception) -> None:
    """Puts it off, or gives it up. Of the error its kind is kept: its words may quote data."""
    log.error("job failed", exc_info=error)
    job.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    tried = len(job.worker_ids)
    if tried > len(PATIENCE):
        job.status, job.finished_at = TaskResultStatus.FAILED, clock.now()
        return
    job.run_after = clock.now() + PATIENCE[tried - 1]


def standing() -> Queue:
    """How the queue stands now, in one look at the table."""
    now = clock.now()
    due = Q(status=TaskResultStatus.READY) & (Q(run_after=AT_ONCE) | Q(run_after__lte=now))
    began = Case(When(run_after__lt=AT_ONCE, then="run_after"), default="enqueued_at")
    told = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=due),
        oldest=Min(began, filter=due),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
    )
    since = told["oldest"] or now
    return Queue(waiting=told["waiting"], oldest_s=max(0, int((now - since).total_seconds())), failed=told["failed"])


def failed() -> list[DBTaskResult[..., Any]]:
    """The jobs that were given up, the oldest first."""
    return list(DBTaskResult.objects.failed().order_by("enqueued_at"))


def retry() -> int:
    """Puts every job that was given up back in the queue; how many."""
    with transaction.atomic():
        found = list(DBTaskResult.objects.failed().select_for_update())
        for job in found:
            job.status, job.worker_ids, job.finished_at, job.run_after = TaskResultStatus.READY, [], None, clock.now()
            job.save()
    return len(found)


def forget_done(*, before: dt.datetime) -> int:
    """Deletes the jobs that ended well before then."""
    return DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()[0]
