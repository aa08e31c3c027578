"""What is being written and was not sent: kept for its author alone, without facts, until it is sent or discarded.

Each save says which one it goes on from (`Mark`): of two windows, the one that is behind keeps nothing over the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from calpulli.commons import clock

from .models import Report, ReportDraft

WRITTEN = re.compile(r"([0-9]{1,5})\.([0-9]{1,9})")


@dataclass(frozen=True)
class Mark:
    """Where a window stands: the version that had been sent when it opened, and how many times the draft had been saved."""

    after: int
    number: int

    def __str__(self) -> str:
        return f"{self.after}.{self.number}"


class Newer(Exception):  # noqa: N818 - what there is
    """Something newer was kept, or sent, than what the window goes on from."""

    def __init__(self, draft: ReportDraft | None) -> None:
        super().__init__()
        self.draft = draft


def read_mark(text: str) -> Mark | None:
    """What a window says of itself; None for what is no mark."""
    found = WRITTEN.fullmatch(text)
    return Mark(int(found[1]), int(found[2])) if found else None


def stands(activity_id: int, quarter: int, *, author: str) -> Mark:
    """Where a window that opens now stands."""
    last = Report.objects.filter(activity_id=activity_id, quarter=quarter).order_by("-version").first()
    draft = kept(activity_id, quarter, author=author)
    return Mark(last.version if last else 0, draft.number if draft else 0)


def keep(activity_id: int, quarter: int, said: dict[str, Any], *, author: str, since: Mark) -> ReportDraft:
    """Keeps what the author has written so far, in place of what was kept before; Newer if that is not where she goes on from."""
    if stands(activity_id, quarter, author=author) != since:
        raise Newer(kept(activity_id, quarter, author=author))
    key = {"activity_id": activity_id, "quarter": quarter, "author_id": author}
    values = {"said": said, "saved_at": clock.now(), "after": since.after, "number": since.number + 1}
    if not ReportDraft.objects.filter(**key, number=since.number).update(**values):
        _begin(key, values)  # the update asks again which one there is: two that save at once are one after the other
    return ReportDraft.objects.get(**key)


def _begin(key: dict[str, Any], values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            ReportDraft.objects.create(**key, **values)
    except IntegrityError as error:
        raise Newer(ReportDraft.objects.filter(**key).first()) from error


def kept(activity_id: int, quarter: int, *, author: str) -> ReportDraft | None:
    """What the author kept of it; None if nothing."""
    return ReportDraft.objects.filter(Q(author_id=author), activity_id=activity_id, quarter=quarter).first()


def forget(author: str) -> int:
    """Forgets all that the author kept. Gives how much it was."""
    return ReportDraft.objects.filter(Q(author_id=author)).delete()[0]


def forget_one(author: str, activity_id: int, quarter: int) -> None:
    """Forgets what the author kept of one report: it was sent, or discarded."""
    ReportDraft.objects.filter(Q(author_id=author), activity_id=activity_id, quarter=quarter).delete()
