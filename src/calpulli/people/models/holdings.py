"""Who holds what, from when until when: posts and roles."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from calpulli.ledger.doors import DomainRow, Privacy

from .accounts import Account
from .organisation import Area, Post

INTERNAL = Privacy.INTERNAL


class Appointment(DomainRow):
    """An account holds a post."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    since = models.DateField()
    until = models.DateField(null=True)
    # Hashed with the rest and told to nobody: without it whoever knows the accounts and the posts, which are public, would find
    # out from the digest who holds which. Empty in those of before it.
    salt = models.CharField(max_length=32, blank=True, default="", db_default="", editable=False)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "account_id", "post_id", "since", "until", "salt"), INTERNAL)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="people_appointment_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.post_id


class Grant(DomainRow):
    """An account has a role, in an area or (area null) in the whole institute."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="grants")
    since = models.DateField()
    until = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "account_id", "role", "area_id", "since", "until"), INTERNAL)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="people_grant_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.role
