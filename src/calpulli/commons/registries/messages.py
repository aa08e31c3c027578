"""The kinds of mail that packages send, each declared beside the package that knows why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class MessageKind:
    """A kind of mail. `template` is plain text in Jinja2: its first line is the subject, the rest the body.

    `may_leave`: whether whoever receives it may ask not to; a code to sign in may not be left. `secret`: the body is
    emptied once it is sent. `staff`: it tells of the work of whoever signs in, who chooses on the page of the account.
    `valid_for`: after that long it is not worth sending any more.
    """

    key: str
    label: StrOrPromise
    template: str
    may_leave: bool
    secret: bool = False
    staff: bool = False
    valid_for: dt.timedelta | None = None


MESSAGES: Registry[MessageKind] = Registry("kinds of message")


def offer_message(kind: MessageKind) -> MessageKind:
    """Registers a kind of mail under its key, `package.what_it_tells`."""
    return MESSAGES.add(kind.key, kind)
