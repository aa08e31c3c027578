"""How often a sign-in may fail. Its rows are operational: counted for minutes, then forgotten; no act and no fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.crypto import salted_hmac

from calpulli.commons import clock

from .models import SignInFailure


def address_of(headers: Mapping[str, str]) -> str:
    """Where a request comes from: behind a proxy of ours (`CALPULLI_HTTPS=1`), the last address that the proxy wrote."""
    forwarded = headers.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return forwarded if settings.BEHIND_PROXY and forwarded else headers.get("REMOTE_ADDR", "")


def failure_keys(*, username: str, address: str) -> dict[str, int]:
    """What a failed sign-in counts against, and how many are let pass: keyed hashes, so that neither name nor address is kept.

    The pair is strict; the name alone is lax, so that a stranger cannot easily lock someone out of her account.
    """
    name = username.strip().lower()
    limits = settings.SIGN_IN_LIMITS
    told = {f"{name}|{address}": limits["pair"], f"{name}|": limits["account"], f"|{address}": limits["address"]}
    return {_hidden(text): most for text, most in told.items()}


def _hidden(text: str) -> str:
    return salted_hmac("calpulli.people.sign_in", text, algorithm="sha256").hexdigest()


def must_wait(keys: dict[str, int]) -> bool:
    """Whether one of the keys has used up its failures of the last `SIGN_IN_WINDOW` minutes."""
    since = clock.now() - dt.timedelta(minutes=settings.SIGN_IN_WINDOW)
    return any(SignInFailure.objects.filter(key=key, at__gt=since).count() >= most for key, most in keys.items())


def note_failure(keys: Iterable[str]) -> None:
    """Counts a failed sign-in and forgets those that no longer count."""
    now = clock.now()
    SignInFailure.objects.filter(at__lt=now - dt.timedelta(minutes=settings.SIGN_IN_WINDOW)).delete()
    SignInFailure.objects.bulk_create(SignInFailure(key=key, at=now) for key in keys)


def forget_failures(keys: Iterable[str]) -> None:
    """After a good sign-in its own failures no longer count."""
    SignInFailure.objects.filter(key__in=list(keys)).delete()
