"""Words that were searched and found nothing, counted by day, without who searched.

People type names, folios and addresses where they should not. So single words are counted, never phrases; none of a text
with an address of mail; no word with a figure or of unusual length. A word is written down only when it was asked for
`SEARCH_MISS_FLOOR` times within `SEARCH_MISS_DAYS` days: before, there is only a hash of it, keyed with the site's secret.
Nothing is kept beyond those days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, Sum
from django.utils.crypto import salted_hmac

from calpulli.commons import clock

from ..models import SearchMiss

SHORTEST, LONGEST = 3, 30
MOST_A_DAY = 2_000  # so that nobody fills the disk by searching


def note_misses(words: Iterable[str], *, text: str = "") -> None:
    """Counts each of these folded words of a search's `text` once, for today; none of a text with an address of mail."""
    if "@" in text:
        return
    for word in sorted({word for word in words if _may_be_counted(word)}):
        _note(word, salted_hmac("calpulli.transparency.miss", word, algorithm="sha256").hexdigest())


def _may_be_counted(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _note(word: str, key: str) -> None:
    today = clock.today()
    row = SearchMiss.objects.filter(day=today, key=key)
    if not row.exists():
        if SearchMiss.objects.filter(day=today).count() >= MOST_A_DAY:
            return
        SearchMiss.objects.bulk_create([SearchMiss(day=today, key=key, times=0)], ignore_conflicts=True)
    row.update(times=F("times") + 1)
    since = SearchMiss.objects.filter(key=key, day__gt=_oldest()).aggregate(times=Sum("times"))["times"]
    if since >= settings.SEARCH_MISS_FLOOR:
        SearchMiss.objects.filter(key=key).update(word=word)


def forget_old_misses() -> int:
    """Deletes what is older than the days that count; how many rows."""
    return SearchMiss.objects.filter(day__lte=_oldest()).delete()[0]


def _oldest() -> dt.date:
    return clock.today() - dt.timedelta(days=settings.SEARCH_MISS_DAYS)
