"""Accounts. Areas and posts join when their work starts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.db import models

from calpulli.commons.act import Actor
from calpulli.ledger.doors import DomainRow, Privacy


class Role(models.TextChoices):
    """What an account may do in its area."""

    AUTHOR = "author", "Captura y envía a revisión"
    REVIEWER = "reviewer", "Revisa, sella y publica"


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their user name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of that user name; DoesNotExist otherwise."""
        return self.get(username=(username or "").strip().lower())


class Account(DomainRow):
    """A person who signs in. Only `id` ever reaches the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("usuario", max_length=60, unique=True)
    display_name = models.CharField("nombre", max_length=120)
    area = models.CharField("área", max_length=160)
    roles = models.JSONField("funciones", default=list)
    password = models.CharField("contraseña", max_length=128)
    is_active = models.BooleanField("activa", default=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "username": Privacy.PERSONAL,
        "display_name": Privacy.PERSONAL,
        "area": Privacy.INTERNAL,
        "roles": Privacy.INTERNAL,
        "password": Privacy.SECRET,
        "is_active": Privacy.INTERNAL,
    }

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_authenticated = True
    is_anonymous = False

    def __str__(self) -> str:
        return self.display_name

    def get_username(self) -> str:
        """The name that is typed to sign in."""
        return self.username

    def natural_key(self) -> tuple[str]:
        """The user name, as Django's serializers want it."""
        return (self.username,)

    def set_password(self, raw: str) -> None:
        """Hashes and sets the password; the caller saves, inside an act."""
        self.password = make_password(raw)

    def check_password(self, raw: str) -> bool:
        """Whether `raw` is the password. Never rewrites the hash: that would be a change without an act."""
        return check_password(raw, self.password)

    def get_session_auth_hash(self) -> str:
        """Changes with the password, so that changing it ends every other session."""
        from django.utils.crypto import salted_hmac

        return salted_hmac("calpulli.people.session", self.password, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> list[str]:
        """No earlier secrets are accepted."""
        return []

    def has(self, role: Role) -> bool:
        """Whether the account carries `role`."""
        return role.value in self.roles

    def actor(self) -> Actor:
        """The account as acts and policies see it."""
        return Actor(ref=f"cuenta:{self.id}", roles=frozenset(self.roles), account=str(self.id))
