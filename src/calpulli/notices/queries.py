"""Reads of notices."""

from __future__ import annotations

from .models import Message

SHOWN = 50


def newest_messages() -> list[Message]:
    """The last messages, sent or not, the newest first."""
    return list(Message.objects.select_related("mailbox").order_by("-made_at", "-pk")[:SHOWN])


def stuck_messages() -> list[Message]:
    """The messages that wait after a failure or were given up, the oldest first."""
    found = Message.objects.filter(state__in=(Message.State.WAITING, Message.State.DEAD), tries__gt=0)
    return list(found.select_related("mailbox").order_by("made_at"))
