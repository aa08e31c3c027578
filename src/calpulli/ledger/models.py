"""Facts, the rows that each fact answers for, and signing keys."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models


class Privacy(StrEnum):
    """Whether a field may leave the institute, and whether it enters the ledger's digest."""

    PUBLIC = "public"  # published as it stands
    INTERNAL = "internal"  # staff only; inside the digest
    PERSONAL = "personal"  # about a person: outside the digest, so that it can be erased
    SECRET = "secret"  # credentials: outside the digest, in no export  # noqa: S105

    @property
    def hashed(self) -> bool:
        """Whether the field is part of the row's digest."""
        return self in (Privacy.PUBLIC, Privacy.INTERNAL)


class DomainRow(models.Model):
    """A table whose every change must leave a fact in the same transaction.

    `privacy` names each concrete field by its attribute and says its class; a house test refuses a field without one.
    """

    privacy: ClassVar[dict[str, Privacy]] = {}

    class Meta:
        abstract = True


class Batch(DomainRow):
    """What came together: a domain row that answers for many entries (docs/spec/ledger.md, section 6)."""

    count = models.PositiveIntegerField()
    entries_sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True


class Entry(models.Model):
    """A row that comes by the thousand and never changes. Its batch answers for it.

    A table of entries has a foreign key `batch`, without a constraint in the database (the guard sees to it, once for each
    statement), and says in `columns` which of its columns are hashed, in order; `position` is the first.
    """

    position = models.PositiveIntegerField()

    columns: ClassVar[tuple[str, ...]] = ()
    privacy: ClassVar[dict[str, Privacy]] = {}

    class Meta:
        abstract = True


class TransactionId(models.Func):
    """The identifier of the running transaction, as a number (PostgreSQL >= 13)."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class Fact(models.Model):
    """One act: its name, when, by whom (an opaque reference), and the link to the fact before it."""

    chain = models.CharField(max_length=40)
    sequence = models.BigIntegerField()
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80, null=True)
    details = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "chain", "sequence", "name", "at", "actor", "details", "previous", "digest"), Privacy.PUBLIC
    ) | {"transaction": Privacy.INTERNAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="ledger_fact_place")]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence} {self.name}"


class FactRow(models.Model):
    """The state in which a fact left one row of a domain table (digest null: the row was removed)."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=63)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, null=True)
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "fact_id", "position", "table", "key", "digest"), Privacy.PUBLIC
    ) | {"transaction": Privacy.INTERNAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "position"], name="ledger_factrow_place")]
        indexes = [models.Index(fields=["table", "key", "-id"], name="ledger_factrow_latest")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class SigningKey(DomainRow):
    """A public key that signs bundles; its private half lives in a file (see `custody`)."""

    number = models.PositiveIntegerField(primary_key=True)
    public_key = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    endorsement = models.CharField(max_length=128, null=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("number", "public_key", "fingerprint", "endorsement"), Privacy.PUBLIC)

    def __str__(self) -> str:
        return f"{self.number} {self.fingerprint[:16]}"
