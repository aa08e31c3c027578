"""Reads of people."""

from __future__ import annotations

from uuid import UUID

from .models import Account


def name_of(account_id: UUID | None) -> str:
    """The name behind an opaque reference, for staff pages; empty when there is none."""
    account = _account(account_id)
    return account.display_name if account else ""


def area_of(account_id: UUID | None) -> str:
    """The area of an account, for public pages: posts answer in public, names do not."""
    account = _account(account_id)
    return account.area if account else ""


def _account(account_id: UUID | None) -> Account | None:
    return Account.objects.filter(pk=account_id).first() if account_id else None


def area_holding(role: str) -> str:
    """The one area whose people carry that role; empty when there is none, or more than one."""
    areas = Account.objects.filter(is_active=True, roles__contains=[role]).values_list("area", flat=True).distinct()[:2]
    return areas[0] if len(areas) == 1 else ""


def exists(username: str) -> bool:
    """Whether there is an account of that user name."""
    return Account.objects.filter(username=username).exists()


def find(username: str) -> Account | None:
    """The account of that user name."""
    return Account.objects.filter(username=username).first()
