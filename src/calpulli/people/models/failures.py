"""What is counted for a while and then forgotten. Operational tables: no act and no fact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import Privacy


class SignInFailure(models.Model):
    """A sign-in that failed, counted for a while and then forgotten. Operational: no fact, no name, no address."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "key", "at"), Privacy.INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="people_failure_recent")]

    def __str__(self) -> str:
        return self.key[:8]
