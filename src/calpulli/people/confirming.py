"""A mail address is hers once she opened a link that went there: until then her notices go where they went.

The link carries what was asked for encrypted, so that no address stands in it; it is kept nowhere else.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from calpulli.commons import clock
from calpulli.notices import doors as notices

from . import vault
from .models import Account

KIND = "people.confirm_address"
GOOD_FOR = dt.timedelta(days=3)


@dataclass(frozen=True)
class Asked:
    """The address that she wants, and the kinds of notice."""

    address: str
    kinds: tuple[str, ...]


def ask(account: Account, address: str, kinds: Sequence[str]) -> None:
    """Mails the link to the new address."""
    path = reverse("confirm_address", args=[token(account, address, kinds)])
    notices.send(KIND, to=address, context={"path": path, "days": GOOD_FOR.days}, key=f"{account.pk} {clock.now().isoformat()}")


def token(account: Account, address: str, kinds: Sequence[str]) -> str:
    """What the link carries, for that account alone."""
    told = {"at": clock.now().timestamp(), "old": account.email, "new": address, "kinds": list(kinds)}
    return vault.seal(json.dumps(told), about=_about(account)).rstrip("=")


def read(given: str, account: Account) -> Asked | None:
    """What was asked for; None for a link that is of another account, is old, or comes after another change."""
    try:
        told = json.loads(vault.unseal(given + "=" * (-len(given) % 4), about=_about(account)))
    except vault.VaultLocked:
        return None
    if clock.now().timestamp() - told["at"] > GOOD_FOR.total_seconds() or told["old"] != account.email:
        return None
    return Asked(told["new"], tuple(told["kinds"]))


def _about(account: Account) -> str:
    return f"address of {account.pk}"
