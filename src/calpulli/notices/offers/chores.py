"""What notices does every so often."""

from __future__ import annotations

import datetime as dt

from calpulli.commons import clock
from calpulli.commons.registries.chores import Chore, offer_chore

from .. import following, outbox
from ..jobs import queue

JOBS_KEPT_FOR = dt.timedelta(days=7)


def forget_jobs() -> int:
    """Deletes jobs that were done a week ago."""
    return queue.forget_done(before=clock.now() - JOBS_KEPT_FOR)


offer_chore(Chore("notices.overlooked_mail", dt.timedelta(minutes=5), outbox.send_overlooked))
offer_chore(Chore("notices.old_mail", dt.timedelta(hours=6), outbox.forget_old))
offer_chore(Chore("notices.unconfirmed", dt.timedelta(hours=6), following.forget_unconfirmed))
offer_chore(Chore("notices.done_jobs", dt.timedelta(hours=6), forget_jobs))
