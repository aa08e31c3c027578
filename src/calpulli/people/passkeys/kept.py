"""The passkeys of an account, and from where each counts."""

from __future__ import annotations

from calpulli.commons import clock

from ..models import Account, Passkey, PasskeyUse


def begin_count(passkey: Passkey, count: int) -> None:
    """From where a new passkey counts."""
    PasskeyUse.objects.create(passkey=passkey, count=count, at=clock.now())


def of_account(account: Account) -> list[Passkey]:
    """The account's passkeys, oldest first."""
    return list(Passkey.objects.filter(account=account).select_related("use").order_by("since"))
