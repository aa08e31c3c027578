"""What transparency does every so often: an edition of each data set that changed."""

from __future__ import annotations

import datetime as dt

from calpulli.commons.act import Actor
from calpulli.commons.registries.chores import Chore, offer_chore

from ..publishing import publish_changed


def publish_editions() -> int:
    """Publishes what changed since its last edition; how many."""
    return len(publish_changed(by=Actor.system("ediciones")))


offer_chore(Chore(key="transparency.publish_editions", every=dt.timedelta(hours=1), run=publish_editions))
