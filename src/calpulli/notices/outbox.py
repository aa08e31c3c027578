"""Mail on its way: written with the act that causes it, sent afterwards, sent again while it cannot be, given up in the end.

Its rows are operational, and this room is the only one that writes them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import smtplib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django_tasks import task

from calpulli.commons import clock, institutes
from calpulli.commons.registries.messages import MESSAGES, MessageKind

from . import mail, texts
from .models import Mailbox, Message, Refusal

State = Message.State
LONGEST_ADDRESS = 254
# How long messages are kept: those that ended well, and those that could not be sent.
KEPT_FOR, DEAD_KEPT_FOR = dt.timedelta(days=30), dt.timedelta(days=90)
OVERLOOKED_AFTER = dt.timedelta(minutes=15)
# How long after each failure the next try waits; after the last, a person must look at it.
PATIENCE = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60))


def put(kind_key: str, *, to: str, context: Mapping[str, Any], key: str, topics: Sequence[str] = ()) -> UUID | None:
    """Writes a message and asks for it to be sent once the transaction around is committed.

    None if that address does not want such messages, or if the same (kind, address, `key`) was already written.
    Raises LookupError for a kind that nobody declared and ValidationError for what is no address.
    """
    kind = MESSAGES.get(kind_key)
    if kind is None:
        raise LookupError(f"no kind of message is called {kind_key}")
    with transaction.atomic():
        mailbox = mailbox_of(to)
        if kind.may_leave and Refusal.objects.filter(mailbox=mailbox, kind=kind.key).exists():
            return None
        return _write(kind, mailbox, context, key, list(topics))


def mailbox_of(address: str) -> Mailbox:
    """The mailbox of an address, made if need be; ValidationError for what is no address."""
    return Mailbox.objects.get_or_create(address=checked(address))[0]


def key_of(address: str) -> UUID:
    """The key of the mailbox of an address, made if need be: by the same statements, whether or not it was known."""
    known = checked(address)
    Mailbox.objects.bulk_create([Mailbox(address=known)], ignore_conflicts=True)
    return Mailbox.objects.values_list("pk", flat=True).get(address=known)


def checked(address: str) -> str:
    """The address as it is kept, in lower case; ValidationError for what is none, or is more than one."""
    given = address.strip(" ").lower()
    if len(given) > LONGEST_ADDRESS or texts.one_line(given) != given:
        raise ValidationError("this is no address", code="invalid")
    validate_email(given)
    return given


def _write(kind: MessageKind, mailbox: Mailbox, context: Mapping[str, Any], key: str, topics: list[str]) -> UUID | None:
    now, text = clock.now(), texts.write(kind, context)
    message = Message(
        mailbox=mailbox,
        kind=kind.key,
        key=_once(kind.key, str(mailbox.pk), key),
        topics=topics,
        subject=text.subject,
        body=text.body,
        made_at=now,
        due_at=now,
        expires_at=now + kind.valid_for if kind.valid_for else None,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if not Message.objects.filter(pk=message.pk).exists():
        return None
    deliver.enqueue(str(message.pk))
    return message.pk


def _once(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@task()
def deliver(message_id: str) -> str:
    """Sends a message if it still waits; the row stays locked until its new state is committed, so that nobody else sends it."""
    found = Message.objects.select_for_update(skip_locked=True, of=("self",)).select_related("mailbox")
    message = found.filter(pk=message_id, state=State.WAITING).first()
    if message is None:
        return "nothing to do"
    now = clock.now()
    if message.expires_at is not None and message.expires_at <= now:
        return _settle(message, State.EXPIRED)
    try:
        _hand_over(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return _put_off(message, error)
    message.sent_at = now
    return _settle(message, State.SENT)


def _hand_over(message: Message) -> None:
    """To the mail server; in a demonstration without one, the copy at `/demo/correo` is all there is."""
    if settings.MAIL_SERVER is None and not institutes.current().demonstration:
        raise OSError("no mail server")
    if (
        settings.MAIL_SERVER
        and institutes.current().demonstration
        and not _is_this_machine(str(settings.MAIL_SERVER["EMAIL_HOST"]))
    ):
        raise OSError("a demonstration sends nothing")
    with get_connection(timeout=settings.MAIL_TIMEOUT_S) as connection:
        connection.send_messages([mail.compose(message)])


def _is_this_machine(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _settle(message: Message, state: str) -> str:
    kind = MESSAGES.get(message.kind)
    message.state, message.trouble = state, ""
    if kind is not None and kind.secret and not institutes.current().demonstration:
        message.body = ""
    message.save()
    return state


def _put_off(message: Message, error: Exception) -> str:
    """Tries again later; gives up at once on an address that its server says does not exist."""
    message.trouble, message.tries = told(error), message.tries + 1
    if message.tries > len(PATIENCE) or _is_final(error):
        message.state = State.DEAD
        message.save()
        return State.DEAD
    message.due_at = clock.now() + PATIENCE[message.tries - 1]
    message.save()
    deliver.using(run_after=message.due_at).enqueue(str(message.pk))
    return State.WAITING


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_final(error: Exception) -> bool:
    """Whether the server refused this recipient or this message for good; what it says of our own account may be mended."""
    final = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return final and all(code >= 500 for code in _codes(error))


def told(error: Exception) -> str:
    """Kind and number of a failure, without its words, which quote addresses."""
    return " ".join([type(error).__name__, *map(str, _codes(error))])[:120]


def retry() -> int:
    """Tries now what was given up or put off; how many."""
    with transaction.atomic():
        given_up = Q(state=State.DEAD) | Q(state=State.WAITING, tries__gt=0)
        found = list(Message.objects.select_for_update(skip_locked=True).filter(given_up))
        for message in found:
            message.state, message.tries, message.due_at = State.WAITING, 0, clock.now()
            message.save()
            deliver.enqueue(str(message.pk))
    return len(found)


def send_overlooked() -> int:
    """Asks again for what is long due and was not sent, should its job have been lost; how many."""
    with transaction.atomic():
        overlooked = Message.objects.filter(state=State.WAITING, due_at__lt=clock.now() - OVERLOOKED_AFTER)
        found = list(overlooked.select_for_update(skip_locked=True).order_by("due_at")[:1000])
        for message in found:
            message.due_at = clock.now()
            message.save()
            deliver.enqueue(str(message.pk))
    return len(found)


def forget_old() -> int:
    """Deletes messages that ended long ago, and mailboxes that nothing hangs on; how many messages."""
    now = clock.now()
    ended = Message.objects.filter(state__in=(State.SENT, State.EXPIRED), made_at__lt=now - KEPT_FOR)
    dead = Message.objects.filter(state=State.DEAD, made_at__lt=now - DEAD_KEPT_FOR)
    count = ended.delete()[0] + dead.delete()[0]
    forget_empty()
    return count


def forget_empty() -> None:
    """Deletes the mailboxes that nothing hangs on."""
    Mailbox.objects.filter(messages=None, subscriptions=None, refusals=None).delete()
