"""What other packages may call of people."""

from calpulli.commons.act import Actor

from .models import Role
from .queries import area_holding, area_of, find, name_of


def actor_named(username: str) -> Actor:
    """The actor behind a user name; LookupError when there is none."""
    account = find(username)
    if account is None:
        raise LookupError(username)
    return account.actor()


__all__ = ["Role", "actor_named", "area_holding", "area_of", "name_of"]
