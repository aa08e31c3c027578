"""What proves that a person is who she says: rows of their own, changed by acts, their secrets outside facts and exports."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import DomainRow, Privacy

from .accounts import Account


class OneTimeKey(DomainRow):
    """The key from which an account's application makes its six digits (RFC 6238). Encrypted: see `vault`."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    sealed_secret = models.CharField(max_length=300)
    since = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "account_id": Privacy.INTERNAL,
        "sealed_secret": Privacy.SECRET,
        "since": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.account_id} {self.since:%Y-%m-%d}"


class RecoveryCode(DomainRow):
    """One of the codes on paper for whoever lost the second factor: 80 bits, kept as their hash, used once."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "account_id": Privacy.INTERNAL,
        "code_hash": Privacy.SECRET,
        "used_at": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code_hash"], name="people_recoverycode_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.pk}"
