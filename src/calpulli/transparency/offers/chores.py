"""What transparency does every so often: an edition of each data set that changed; the index of the search, and its misses."""

from __future__ import annotations

import datetime as dt

from calpulli.commons.act import Actor
from calpulli.commons.registries.chores import Chore, offer_chore

from .. import index
from ..publishing import publish_changed


def publish_editions() -> int:
    """Publishes what changed since its last edition; how many."""
    return len(publish_changed(by=Actor.system("ediciones")))


def refresh_index() -> int:
    """So that whoever searches seldom finds an old index."""
    return int(index.refresh_if_stale())


offer_chore(Chore(key="transparency.publish_editions", every=dt.timedelta(hours=1), run=publish_editions))
offer_chore(Chore(key="transparency.search_index", every=dt.timedelta(minutes=5), run=refresh_index))
offer_chore(Chore(key="transparency.old_misses", every=dt.timedelta(hours=6), run=index.forget_old_misses))
