"""What other packages may call of people."""

from calpulli.commons.act import Actor

from .calendars import calendar_file
from .models import Role
from .queries import (
    AreaCard,
    Contact,
    address_of,
    area_cards,
    area_holding,
    area_of,
    contacts,
    find,
    find_named,
    name_of,
    post_of,
)


def actor_named(username: str) -> Actor:
    """The actor behind a user name; LookupError when there is none."""
    account = find(username)
    if account is None:
        raise LookupError(username)
    return account.actor()


def area_key(name: str) -> str | None:
    """The key of the area in force of that name; None when the organisation has none."""
    area = find_named(name)
    return area.key if area else None


__all__ = [
    "AreaCard",
    "Contact",
    "Role",
    "actor_named",
    "address_of",
    "area_cards",
    "area_holding",
    "area_key",
    "area_of",
    "calendar_file",
    "contacts",
    "name_of",
    "post_of",
]
