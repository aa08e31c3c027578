"""A message as mail programs take it: headers, the way out, and what every mail of ours says below."""

from __future__ import annotations

from email.utils import formataddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage

from calpulli.commons import institutes
from calpulli.commons.page_parts import url
from calpulli.commons.registries.messages import MESSAGES

from . import texts
from .models import Message

LEAVING = "calpulli.notices.leaving"


def compose(message: Message) -> EmailMessage:
    """The mail of a message. The same message has the same Message-ID however often it is sent."""
    made = EmailMessage(
        subject=message.subject,
        body=whole_body(message),
        from_email=formataddr((texts.one_line(institutes.current().name), settings.MAIL_FROM)),
        to=[message.mailbox.address],
        headers=_headers(message),
    )
    made.encoding = "utf-8"
    return made


def _headers(message: Message) -> dict[str, str]:
    """RFC 3834: no machine should answer it. RFC 8058: mail programs offer one button to leave."""
    headers = {"Message-ID": message_id(message.pk), "Auto-Submitted": "auto-generated"}
    leaving = leaving_address(message)
    if leaving:
        headers |= {"List-Unsubscribe": f"<{leaving}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def message_id(key: UUID) -> str:
    """`<KEY@DOMAIN>`, of the domain that sends."""
    return f"<{key}@{settings.MAIL_FROM.rpartition('@')[2]}>"


def may_leave(message: Message) -> bool:
    """Whether whoever receives it may ask not to; a kind that is no longer declared may be left."""
    kind = MESSAGES.get(message.kind)
    return kind is None or kind.may_leave


def leaving_address(message: Message) -> str:
    """Where one leaves what brought this message; empty for what may not be left."""
    if not may_leave(message):
        return ""
    return settings.SITE_ADDRESS + url("leave_notices", token=leaving_token(message))


def leaving_token(message: Message) -> str:
    """Signed, without end, and without an address: it names the mailbox by its key."""
    told: dict[str, Any] = {"m": str(message.mailbox_id), "k": message.kind, "t": message.topics}
    return signing.dumps(told, salt=LEAVING, compress=True)


def whole_body(message: Message) -> str:
    """The body with what every mail of ours says below it."""
    context = {"institute": institutes.current(), "leaving": leaving_address(message)}
    footer = texts.environment().get_template("notices/mail/footer.txt").render(context)
    return f"{message.body}\n-- \n{footer.strip()}\n"
