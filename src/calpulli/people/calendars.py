"""Due dates as a calendar that a telephone follows (RFC 5545), and the private addresses under which it does.

An event has the key of its obligation, so that a due date that moved is the same event, one `SEQUENCE` later. For that,
what was last told is kept; these rows and the addresses are operational: no act and no fact.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.registries.desk import DueDate

from .models import Account, CalendarAddress, ToldDate

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Calpulli//Calendario//ES"
HANDLE_BYTES, MARK_LENGTH = 12, 32


def token_of(account_id: UUID) -> str:
    """The secret of the account's address; empty when it has none."""
    row = CalendarAddress.objects.filter(account_id=account_id).first()
    return f"{row.handle}-{_mark(row.handle)}" if row else ""


def _mark(handle: str) -> str:
    """What the installation's key makes of a handle: whoever reads the table still has no address."""
    return salted_hmac("calpulli.people.calendar", handle, algorithm="sha256").hexdigest()[:MARK_LENGTH]


def account_of(token: str) -> Account | None:
    """Whose address it is; None for one that was never given, was renewed or withdrawn, or whose account is closed."""
    handle, _dash, mark = token.partition("-")
    if not constant_time_compare(mark, _mark(handle)):
        return None
    row = CalendarAddress.objects.filter(handle=handle, account__is_active=True).select_related("account").first()
    return row.account if row else None


def renew(account_id: UUID) -> None:
    """Gives the account another address; the one that it had leads nowhere from now on."""
    values = {"handle": secrets.token_hex(HANDLE_BYTES), "made_at": clock.now()}
    CalendarAddress.objects.update_or_create(account_id=account_id, defaults=values)


def withdraw(account_id: UUID) -> int:
    """Takes the account's address away; how many it had."""
    return CalendarAddress.objects.filter(account_id=account_id).delete()[0]


def calendar_file(dates: Iterable[DueDate], *, name: str, absolute: Callable[[str], str]) -> bytes:
    """The due dates as a calendar of whole days; `absolute` makes an address of the site one of the web."""
    from icalendar import Calendar  # slow to begin: no command needs it, and of the requests only this one

    calendar = Calendar()
    for word, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", name), ("x-published-ttl", "PT6H")):
        calendar.add(word, value)
    listed = list(dates)
    told = _told(listed)
    for date in listed:
        calendar.add_component(_event(date, told[date.key], absolute))
    return bytes(calendar.to_ical())


def _event(date: DueDate, told: ToldDate, absolute: Callable[[str], str]) -> Event:
    from icalendar import Event  # as above

    event = Event()
    about = date.about
    if date.proof_url:
        about = _("%(about)s Cómo se calcula el plazo: %(url)s") % {"about": about, "url": absolute(date.proof_url)}
    for word, value in (
        ("uid", f"{date.key}@{settings.INSTITUTE}.calpulli"),
        ("dtstamp", told.changed_at),
        ("last-modified", told.changed_at),
        ("sequence", told.sequence),
        ("dtstart", date.on),
        ("summary", date.what),
        ("description", about.strip()),
        ("url", absolute(date.url)),
        ("transp", "TRANSPARENT"),
    ):
        event.add(word, value)
    return event


def _told(dates: list[DueDate]) -> dict[str, ToldDate]:
    """What calendars are told from now on; a date that moved is written with its next number."""
    known = ToldDate.objects.in_bulk([date.key for date in dates])
    changed = {date.key: date for date in dates if date.key not in known or known[date.key].on != date.on}
    if changed:
        known |= _tell(changed)
    return known


@transaction.atomic
def _tell(changed: dict[str, DueDate]) -> dict[str, ToldDate]:
    """Of two calendars asked for at once, the second finds the row of the first and leaves it."""
    now = clock.now().replace(microsecond=0)
    fresh = [ToldDate(key=key, on=date.on, changed_at=now) for key, date in sorted(changed.items())]
    ToldDate.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = {row.key: row for row in ToldDate.objects.select_for_update().filter(key__in=changed).order_by("key")}
    moved = [row for row in rows.values() if row.on != changed[row.key].on]
    for row in moved:
        row.on, row.sequence, row.changed_at = changed[row.key].on, row.sequence + 1, now
    ToldDate.objects.bulk_update(moved, ["on", "sequence", "changed_at"])
    return rows
