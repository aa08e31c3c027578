"""Between the two steps: whose password was right, kept in the browser's session and good for minutes."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from calpulli.commons import clock

from ..models import Account

KEY, MINUTES = "second_step", 10


@dataclass(frozen=True)
class Pending:
    """Somebody who gave her password and not yet the second factor."""

    account: Account
    destination: str


def begin(request: HttpRequest, account: Account, destination: str) -> None:
    """Notes the first step, under another session key: a browser's key from before is worth nothing after it."""
    request.session.cycle_key()
    mark = account.get_session_auth_hash()
    told = {"account": str(account.pk), "at": clock.now().timestamp(), "mark": mark, "next": destination}
    request.session[KEY] = told


def find(request: HttpRequest) -> Pending | None:
    """Who is between the steps; None when it was long ago, or the password is another by now."""
    told = request.session.get(KEY)
    if not told or clock.now().timestamp() - told["at"] > 60 * MINUTES:
        return None
    account = Account.objects.filter(pk=told["account"], is_active=True).first()
    return Pending(account, told["next"]) if account and account.get_session_auth_hash() == told["mark"] else None


def forget(request: HttpRequest) -> None:
    """After the second step, or when it is given up."""
    request.session.pop(KEY, None)
