"""Reads of accounts."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q

from calpulli.commons import clock
from calpulli.ledger.doors import remembered

from ..models import Account, Appointment, Grant, LinkedIdentity, in_force


def name_of(account_id: UUID | None) -> str:
    """The name behind an opaque reference, for staff pages; empty when there is none."""
    account = _account(account_id)
    return account.display_name if account else ""


def area_of(account_id: UUID | None, *, on: dt.date | None = None) -> str:
    """The area of an account that day (today, if not said), for public pages: posts answer in public, names do not.

    Of an account that held no post then, what was said when it was registered.
    """
    return _area_of(account_id, on or clock.today()) if account_id else ""


def post_of(account_id: UUID | None, *, on: dt.date) -> str:
    """The post and the area of an account that day, for public pages; the area alone where it held no post then."""
    return _post_of(account_id, on) if account_id else ""


@remembered("people")
def _post_of(account_id: UUID, on: dt.date) -> str:
    held = Appointment.objects.filter(in_force(on), account=account_id).select_related("post__area").last()
    return f"{held.post.title}, {held.post.area.name}" if held else _area_of(account_id, on)


@remembered("people")
def _area_of(account_id: UUID, on: dt.date) -> str:
    account = _account(account_id)
    if account is None:
        return ""
    held = Appointment.objects.filter(in_force(on), account=account).select_related("post__area").last()
    return held.post.area.name if held else account.area


def _account(account_id: UUID | None) -> Account | None:
    return Account.objects.filter(pk=account_id).first() if account_id else None


def area_holding(role: str) -> str:
    """The one area whose people carry that role; empty when there is none, or more than one."""
    granted = Grant.objects.filter(in_force(clock.today()), role=role).values("account")
    holders = Account.objects.filter(Q(pk__in=granted) | Q(roles__contains=[role]), is_active=True)
    areas = {account.place for account in holders}
    return areas.pop() if len(areas) == 1 else ""


def exists(username: str) -> bool:
    """Whether there is an account of that user name."""
    return Account.objects.filter(username=username).exists()


def find(username: str) -> Account | None:
    """The account of that user name."""
    return Account.objects.filter(username=username).first()


def with_identity(issuer: str, subject: str) -> Account | None:
    """The resident to whom an identity from elsewhere is linked; None when there is none or she may not enter."""
    found = LinkedIdentity.objects.filter(issuer=issuer, subject=subject).select_related("account").first()
    return found.account if found and found.account.is_active and found.account.is_resident else None
