"""Reads of notices."""

from __future__ import annotations

import datetime as dt

from calpulli.commons import clock

from .models import Message

SHOWN = 20


def newest_messages() -> list[Message]:
    """The last messages, sent or not, the newest first."""
    return list(Message.objects.select_related("mailbox").order_by("-made_at", "-pk")[:SHOWN])


def stuck_messages() -> list[Message]:
    """The messages that wait after a failure or were given up, the oldest first."""
    found = Message.objects.filter(state__in=(Message.State.WAITING, Message.State.DEAD), tries__gt=0)
    return list(found.select_related("mailbox").order_by("made_at"))


def undeliverable() -> int:
    """How many messages were given up in the last week: older ones an operator has seen."""
    since = clock.now() - dt.timedelta(days=7)
    return Message.objects.filter(state=Message.State.DEAD, made_at__gt=since).count()
