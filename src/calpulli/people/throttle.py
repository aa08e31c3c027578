"""How often a sign-in may fail. Its rows are operational: counted for minutes, then forgotten; no act and no fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac

from calpulli.commons import clock
from calpulli.ledger import doors as ledger

from . import limits
from .models import SignInFailure


@dataclass(frozen=True)
class Try:
    """A try that was counted before it was looked at: the rows that count it."""

    rows: tuple[int, ...]


def failure_keys(*, username: str, address: str) -> dict[str, int]:
    """What a failed sign-in counts against, and how many are let pass: keyed hashes, so that neither name nor address is kept.

    The pair is strict; the name alone is lax, so that a stranger cannot easily lock someone out of her account.
    """
    name = username.strip().lower()
    most = limits.current()
    pair, alone, place = f"{name}|{address}", f"{name}|", f"|{address}"
    return {hidden(pair): most.failures_pair, hidden(alone): most.failures_account, hidden(place): most.failures_address}


def factor_keys(account_id: object) -> dict[str, int]:
    """What a wrong second step counts against: the account alone, since whoever gets so far knows its password."""
    return {hidden(f"factor|{account_id}"): limits.current().failures_factor}


def mail_keys(email: str, address: str) -> dict[str, int]:
    """What asking for a code by mail counts against: the mailbox, whether or not somebody here has it, and who asks."""
    most = limits.current()
    mailbox = email.strip().lower()
    return {hidden(f"mail|{mailbox}"): most.mails_mailbox, hidden(f"mail||{address}"): most.mails_address}


def link_keys(account_id: object) -> dict[str, int]:
    """What asking for a link to confirm an address counts against: who asks, whatever the address."""
    return {hidden(f"link|{account_id}"): limits.current().mails_mailbox}


def guess_keys(what: str, address: str) -> dict[str, int]:
    """What a wrong code or token counts against, where nobody has said a name."""
    return {hidden(f"{what}||{address}"): limits.current().failures_address}


def hidden(text: str) -> str:
    """A keyed hash of what is counted."""
    return salted_hmac("calpulli.people.sign_in", text, algorithm="sha256").hexdigest()


def count(keys: dict[str, int]) -> Try | None:
    """Counts a try before it is looked at; None, and nothing counted, if one of its keys used up those of the window.

    Counted afterwards, of many that are sent at once all would be looked at. A good one is taken back.
    """
    now = clock.now()
    with transaction.atomic():
        for key in sorted(keys):  # one at a time counts for a key; in one order, so that no two wait for each other
            ledger.hold("calpulli.people.sign_in." + key)
        SignInFailure.objects.filter(at__lt=now - _window()).delete()
        recent = SignInFailure.objects.filter(at__gt=now - _window())
        if any(recent.filter(key=key).count() >= most for key, most in keys.items()):
            return None
        made = SignInFailure.objects.bulk_create(SignInFailure(key=key, at=now) for key in keys)
    return Try(tuple(row.pk for row in made))


def take_back(tried: Try) -> None:
    """It was good, or was not looked at after all: it does not count."""
    SignInFailure.objects.filter(pk__in=tried.rows).delete()


def forget_failures(keys: Iterable[str]) -> None:
    """After a good sign-in its own failures no longer count."""
    SignInFailure.objects.filter(key__in=list(keys)).delete()


def _window() -> dt.timedelta:
    return dt.timedelta(minutes=limits.current().window_minutes)


def forget_old() -> int:
    """Deletes the failures that no longer count; how many."""
    return SignInFailure.objects.filter(at__lt=clock.now() - _window()).delete()[0]
