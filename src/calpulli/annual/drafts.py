"""What is being written and was not sent: kept for its author alone, without facts, until it is sent or discarded."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from calpulli.commons import clock

from .models import ReportDraft


def keep(activity_id: int, quarter: int, said: dict[str, Any], *, author: str) -> ReportDraft:
    """Keeps what the author has written so far of the report of that quarter, in place of what was kept before."""
    values = {"said": said, "saved_at": clock.now()}
    draft, _ = ReportDraft.objects.update_or_create(activity_id=activity_id, quarter=quarter, author_id=author, defaults=values)
    return draft


def kept(activity_id: int, quarter: int, *, author: str) -> ReportDraft | None:
    """What the author kept of it; None if nothing."""
    return ReportDraft.objects.filter(Q(author_id=author), activity_id=activity_id, quarter=quarter).first()


def forget(author: str) -> int:
    """Forgets all that the author kept. Gives how much it was."""
    return ReportDraft.objects.filter(Q(author_id=author)).delete()[0]


def forget_one(author: str, activity_id: int, quarter: int) -> None:
    """Forgets what the author kept of one report: it was sent, or discarded."""
    ReportDraft.objects.filter(Q(author_id=author), activity_id=activity_id, quarter=quarter).delete()
