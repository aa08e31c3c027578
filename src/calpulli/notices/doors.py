"""What other packages may call of notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from . import following, outbox


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


__all__ = ["announce", "send"]
