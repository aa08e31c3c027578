"""The tick: chores that are due, each run by one worker at a time, however many workers there are."""

from __future__ import annotations

import logging

from django.db import transaction

from calpulli.commons import clock
from calpulli.commons.registries.chores import CHORES, Chore

from ..models import ChoreRun

log = logging.getLogger("calpulli.jobs")


def tick() -> list[str]:
    """Runs the chores that are due and that no other worker is running; gives their keys."""
    known = set(ChoreRun.objects.values_list("key", flat=True))
    missing = [ChoreRun(key=chore.key) for chore in CHORES if chore.key not in known]
    ChoreRun.objects.bulk_create(missing, ignore_conflicts=True)
    return [chore.key for chore in CHORES if _run(chore)]


def _run(chore: Chore) -> bool:
    """Whether it was due. Its effects are committed together with when it ran; one that fails waits like one that did not."""
    with transaction.atomic():
        row = ChoreRun.objects.select_for_update(skip_locked=True).filter(key=chore.key).first()
        now = clock.now()
        if row is None or (row.ran_at is not None and row.ran_at + chore.every > now):
            return False
        try:
            with transaction.atomic():
                chore.run()
        except Exception as error:
            log.error("chore failed", exc_info=error)
        row.ran_at = now
        row.save()
    return True
