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


class Passkey(DomainRow):
    """A key in a telephone, a computer or a token: here is its public half, with which an answer of it is checked."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=1400, unique=True, help_text="Its name among authenticators, in base64url.")
    public_key = models.TextField(help_text="COSE, in base64url.")
    name = models.CharField(max_length=60)
    since = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "account_id": Privacy.INTERNAL,
        "credential": Privacy.PERSONAL,
        "public_key": Privacy.INTERNAL,
        "name": Privacy.PERSONAL,
        "since": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.account_id} {self.pk}"


class LinkedIdentity(DomainRow):
    """Who the account's owner is for a provider of identities: its issuer, and what it calls her."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "account_id": Privacy.INTERNAL,
        "issuer": Privacy.INTERNAL,
        "subject": Privacy.PERSONAL,
        "since": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="people_linkedidentity_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.since:%Y-%m-%d}"
