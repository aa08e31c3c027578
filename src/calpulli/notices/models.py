"""What waits to be told, and to whom. All of it is operational: docs/decisions/0014 says why no fact tells it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import Privacy

PERSONAL, INTERNAL = Privacy.PERSONAL, Privacy.INTERNAL


class Mailbox(models.Model):
    """An address of electronic mail: the one place where it is written, so that erasing this row erases all that hangs on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.CharField(max_length=254, unique=True, help_text="In lower case.")

    privacy: ClassVar[dict[str, Privacy]] = {"id": INTERNAL, "address": PERSONAL}

    def __str__(self) -> str:
        return str(self.id)


class Message(models.Model):
    """A mail: its words are those of the moment in which it was asked for."""

    class State(models.TextChoices):
        """The road of a message."""

        WAITING = "waiting", "En espera"
        SENT = "sent", "Enviado"
        DEAD = "dead", "No se pudo enviar"
        EXPIRED = "expired", "Venció antes de enviarse"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=60)
    key = models.CharField(
        max_length=64, unique=True, help_text="Of kind, address and the caller's key: the same is written once."
    )
    topics = models.JSONField(default=list, help_text="The topics for which it was sent, if any.")
    subject = models.CharField(max_length=250)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=120, blank=True, help_text="Kind and number of the last failure; never its words.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            *("id", "mailbox_id", "kind", "key", "topics", "state", "made_at", "due_at", "expires_at", "sent_at"),
            *("tries", "trouble"),
        ),
        INTERNAL,
    ) | {"subject": PERSONAL, "body": Privacy.SECRET}

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="notices_message_due")]

    def __str__(self) -> str:
        return str(self.id)


class Refusal(models.Model):
    """A mailbox that asked not to receive a kind of message."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="refusals")
    kind = models.CharField(max_length=60)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "mailbox_id", "kind"), INTERNAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "kind"], name="notices_refusal_once")]

    def __str__(self) -> str:
        return self.kind


class Subscription(models.Model):
    """A mailbox that follows a topic, once whoever owns it has confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=160)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "mailbox_id", "topic", "asked_at", "confirmed_at"), INTERNAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "topic"], name="notices_subscription_once")]
        indexes = [models.Index(fields=["topic"], name="notices_subscription_topic")]

    def __str__(self) -> str:
        return self.topic


class Asking(models.Model):
    """A form that somebody sent, counted for an hour and then forgotten."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "key", "at"), INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="notices_asking_recent")]

    def __str__(self) -> str:
        return self.key[:8]


class ChoreRun(models.Model):
    """When a chore of the tick ran last; its row is locked while it runs."""

    key = models.CharField(primary_key=True, max_length=60)
    ran_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("key", "ran_at"), INTERNAL)

    def __str__(self) -> str:
        return self.key


class Worker(models.Model):
    """A process that works off the queue, and when it was last seen."""

    id = models.CharField(primary_key=True, max_length=40)
    seen_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "seen_at"), INTERNAL)

    def __str__(self) -> str:
        return self.id
