"""Open sessions and codes already spent. Operational tables: they tell how the site is being used, not what the institute did."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import Privacy

from .accounts import Account
from .credentials import Passkey


class OpenSession(models.Model):
    """A sign-in that has not ended. Holds nothing with which one could enter: deleting the row ends the session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=20)
    device = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "how", "began_at", "seen_at"), Privacy.INTERNAL) | dict.fromkeys(
        ("account_id", "device"), Privacy.PERSONAL
    )

    def __str__(self) -> str:
        return f"{self.how} {self.began_at:%Y-%m-%d %H:%M}"


class SpentCode(models.Model):
    """A code of an account's application that was accepted: not accepted again. Forgotten after minutes."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    step = models.BigIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "account_id", "step"), Privacy.INTERNAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "step"], name="people_spentcode_once")]

    def __str__(self) -> str:
        return str(self.step)


class PasskeyUse(models.Model):
    """How often a passkey says that it was used: one that counts less than before may be a copy."""

    passkey = models.OneToOneField(Passkey, on_delete=models.CASCADE, related_name="use")
    count = models.BigIntegerField()
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "passkey_id", "count", "at"), Privacy.INTERNAL)

    def __str__(self) -> str:
        return str(self.count)
