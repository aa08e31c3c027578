"""What other packages may call of notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from calpulli.commons.registries.messages import MESSAGES

from . import following, outbox, queries
from .jobs import queue, worker
from .models import Refusal


def send(kind: str, *, to: str, context: Mapping[str, Any], key: str) -> UUID | None:
    """Sends a mail of a declared kind to one address, once the transaction around is committed; never if it rolls back.

    `key` says what it is about: of the same kind, address and key there is one message, however often this is called.
    The text is written now. None when that was so, or when that address asked not to receive this kind. LookupError for a
    kind that nobody declared, ValidationError for what is no address.
    """
    return outbox.put(kind, to=to, context=context, key=key)


def announce(kind: str, *, topics: Sequence[str], event: str, context: Mapping[str, Any]) -> None:
    """Tells whoever follows one of those topics, once the transaction around is committed; never if it rolls back.

    An address gets one mail of an `event`, whatever it follows and however often this is called. `context` must be JSON.
    """
    following.announce(kind, topics=topics, event=event, context=context)


@dataclass(frozen=True)
class Standing:
    """How work after the commit stands.

    Workers that live; jobs that are due, for how long the oldest has been, and how many were given up; messages that could not
    be sent in the last week.
    """

    workers: int
    waiting: int
    oldest_s: int
    failed: int
    undeliverable: int


def standing() -> Standing:
    """How it stands now, for whoever watches the installation."""
    found = queue.standing()
    return Standing(worker.living(), found.waiting, found.oldest_s, found.failed, queries.undeliverable())


def staff_kinds() -> list[tuple[str, str]]:
    """Key and words of the notices of work that whoever signs in may turn off."""
    return [(kind.key, str(kind.label)) for kind in MESSAGES if kind.staff and kind.may_leave]


def refused_kinds(address: str) -> set[str]:
    """The kinds of mail that an address asked not to receive."""
    return set(Refusal.objects.filter(mailbox__address=address.strip().lower()).values_list("kind", flat=True))


def want(address: str, kind: str, *, wanted: bool) -> None:
    """Sets whether an address receives a kind of mail that may be left."""
    following.want(address, kind, wanted=wanted)


def move(old: str, new: str, *, hers: bool) -> None:
    """Tells that whoever had the address `old` has `new` now, or none when it is empty; within the act that says so.

    `hers`: whether all that is kept under the old one counts as hers (`Person.signs_in_by_mail`), or her notices of work alone.
    """
    following.move(old, new, hers=hers)


__all__ = [
    "Standing",
    "announce",
    "move",
    "refused_kinds",
    "send",
    "staff_kinds",
    "standing",
    "want",
]
