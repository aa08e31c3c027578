"""Accounts: of staff, and of residents."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.db import models

from calpulli.commons import clock
from calpulli.commons.act import WHOLE, Actor
from calpulli.commons.registries.personal import Person
from calpulli.ledger.doors import DomainRow, Privacy

from .organisation import Area, in_force
from .roles import Role, with_included


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their user name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of that user name; DoesNotExist otherwise."""
        return self.get(username=(username or "").strip().lower())


class Account(DomainRow):
    """A person who signs in. Only `id` ever reaches the ledger."""

    class Kind(models.TextChoices):
        """Whether she works here; staff is the empty word, so that accounts from before residents keep their digests."""

        STAFF = "", "Personal"
        RESIDENT = "resident", "Residente"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("usuario", max_length=60, unique=True)
    display_name = models.CharField("nombre", max_length=120)
    email = models.EmailField("correo", max_length=254, blank=True, default="", db_default="")
    # What was said when the account was registered; a post that she holds says more (`place`).
    area = models.CharField("área", max_length=160, blank=True)
    # Held in the whole institute, by accounts from before roles were granted with dates (`Grant`).
    roles = models.JSONField("funciones", default=list)
    password = models.CharField("contraseña", max_length=128)
    # Chosen by somebody else: until its owner sets her own, the account may do nothing but that.
    password_is_temporary = models.BooleanField(default=False, db_default=False)
    # Somebody took away her second factor: until she has another, the account does nothing.
    must_enrol = models.BooleanField(default=False, db_default=False)
    # Until when a password on paper serves; nothing for one that its owner chose.
    paper_expires_at = models.DateTimeField(null=True)
    is_active = models.BooleanField("activa", default=True)
    inactive_because = models.TextField(blank=True, default="", db_default="")
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True, default="", db_default="")
    # Personal, though few: a digest of so little could be guessed back.
    district = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="residents")
    erased_on = models.DateField(null=True)
    # True, or nothing: an account that the demonstration brought, whose password and code are in a note for whoever tries it.
    demonstration = models.BooleanField(null=True, default=None)

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "username": Privacy.PERSONAL,
        "display_name": Privacy.PERSONAL,
        "email": Privacy.PERSONAL,
        "area": Privacy.INTERNAL,
        "roles": Privacy.INTERNAL,
        "password": Privacy.SECRET,
        "password_is_temporary": Privacy.SECRET,
        "must_enrol": Privacy.SECRET,
        "paper_expires_at": Privacy.INTERNAL,
        "is_active": Privacy.INTERNAL,
        "inactive_because": Privacy.PERSONAL,
        "kind": Privacy.INTERNAL,
        "district_id": Privacy.PERSONAL,
        "erased_on": Privacy.INTERNAL,
        "demonstration": Privacy.INTERNAL,
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

    def set_unusable_password(self) -> None:
        """No password fits any more, and every open session ends; the caller saves, inside an act."""
        self.password = make_password(None)

    def check_password(self, raw: str) -> bool:
        """Whether `raw` is the password. Never rewrites the hash: that would be a change without an act."""
        return check_password(raw, self.password)

    def has_usable_password(self) -> bool:
        """Whether the account signs in with a password at all."""
        return is_password_usable(self.password)

    def get_session_auth_hash(self) -> str:
        """Changes with the password, so that changing it ends every other session."""
        from django.utils.crypto import salted_hmac

        return salted_hmac("calpulli.people.session", self.password, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> list[str]:
        """No earlier secrets are accepted."""
        return []

    @property
    def is_resident(self) -> bool:
        """Whether it is of a resident, and not of staff."""
        return self.kind == self.Kind.RESIDENT

    @property
    def place(self) -> str:
        """Where she works now, or the district where she lives, in words; empty when neither is known."""
        if self.is_resident:
            return self.district.name if self.district else ""
        held = self.appointments.filter(in_force(clock.today())).select_related("post__area").last()
        return held.post.area.name if held else self.area

    def person(self) -> Person:
        """Whose data it is, for what is kept of her. A resident signs in with her mail; nobody of staff does."""
        return Person(str(self.pk), self.email, signs_in_by_mail=self.is_resident)

    def actor(self) -> Actor:
        """The account as acts and policies see it: what it holds today."""
        scopes = frozenset() if self.password_is_temporary or self.must_enrol else frozenset(self._scopes())
        roles = frozenset(role for role, _ in scopes)
        return Actor(ref=f"cuenta:{self.id}", roles=roles, account=str(self.id), scopes=scopes)

    def _scopes(self) -> Iterator[tuple[str, str]]:
        """(role, area) of every role, with those that come with it and the areas that hang from its own."""
        for role, area in self._held():
            places = [area] if area == WHOLE else Area.with_all_below(area)
            yield from ((name, place) for name in with_included(role) for place in places)

    def _held(self) -> Iterator[tuple[str, str]]:
        yield from ((role, WHOLE) for role in self.roles)
        for grant in self.grants.filter(in_force(clock.today())):
            yield grant.role, grant.area_id or WHOLE
        if self.is_resident and self.district_id:
            yield Role.RESIDENT.value, self.district_id
