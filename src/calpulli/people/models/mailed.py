"""Codes that were asked for by mail. Operational: good for minutes, and then forgotten."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import Privacy

from .accounts import Account


class MailedCode(models.Model):
    """Somebody asked for a code at an address, known here or not. The code itself is kept nowhere: see `mailed`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.CharField(max_length=254)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "made_at", "tries"), Privacy.INTERNAL) | dict.fromkeys(
        ("address", "account_id"), Privacy.PERSONAL
    )

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="people_mailedcode_recent")]

    def __str__(self) -> str:
        return str(self.id)
