"""The one source of now, in the institute's time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_rehearsed: ContextVar[dt.datetime | None] = ContextVar("rehearsed", default=None)


def now() -> dt.datetime:
    """This instant, aware, in UTC."""
    return _rehearsed.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Today's date where the institute is."""
    return timezone.localtime(now()).date()


@contextmanager
def rehearse(instant: dt.datetime) -> Iterator[None]:
    """Within the block, now is `instant` (aware): for an act, seeds that tell a past, and tests."""
    token = _rehearsed.set(instant)
    try:
        yield
    finally:
        _rehearsed.reset(token)


def day_at(instant: dt.datetime) -> dt.date:
    """The institute's date at that instant."""
    return timezone.localtime(instant).date()


def day_of(instant: dt.datetime | None) -> dt.date | None:
    """The same; None for None."""
    return day_at(instant) if instant else None
