"""What calendars have to remember. Operational tables: made again at will, no act and no fact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import Privacy

from .accounts import Account


class CalendarAddress(models.Model):
    """Of an account, the secret part of the address of its dates. Another one ends the old address; none ends them all."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="+")
    handle = models.CharField(max_length=24, unique=True)
    made_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "account_id": Privacy.INTERNAL,
        "handle": Privacy.SECRET,
        "made_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return str(self.account_id)


class ToldDate(models.Model):
    """The due date that calendars were last told of an obligation, and how many times it has moved."""

    key = models.CharField(max_length=120, primary_key=True)
    on = models.DateField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("key", "on", "sequence", "changed_at"), Privacy.PUBLIC)

    def __str__(self) -> str:
        return self.key
