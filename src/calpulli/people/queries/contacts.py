"""To whom notices of work are mailed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from calpulli.commons.act import Actor

from ..models import Account


@dataclass(frozen=True)
class Contact:
    """An account by its key, and where its owner wants her notices."""

    account: str
    address: str


def contacts(may: Callable[[Actor], bool]) -> list[Contact]:
    """Staff who `may`, and who gave an address; in the order of their user names."""
    found = Account.objects.filter(is_active=True, kind=Account.Kind.STAFF).exclude(email="").order_by("username")
    return [Contact(str(account.id), account.email) for account in found if may(account.actor())]


def address_of(account_id: UUID | None) -> str:
    """Where the owner of an account wants her notices; empty if she gave no address or does not work here any more."""
    found = Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None
    return found.email if found else ""
