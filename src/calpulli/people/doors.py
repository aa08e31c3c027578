"""What other packages may call of people."""

from calpulli.commons.act import Actor

from .calendars import calendar_file
from .models import Role
from .queries import area_holding, area_of, find, find_area, name_of


def actor_named(username: str) -> Actor:
    """The actor behind a user name; LookupError when there is none."""
    account = find(username)
    if account is None:
        raise LookupError(username)
    return account.actor()


def area_key(name: str) -> str | None:
    """The key of the area in force of that name; None when the organisation has none."""
    area = find_area(name)
    return area.key if area else None


__all__ = ["Role", "actor_named", "area_holding", "area_key", "area_of", "calendar_file", "name_of"]
