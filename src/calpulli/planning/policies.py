"""Who may do what in planning. What depends on the state of an edition is checked by its action."""

from calpulli.commons.act import Actor
from calpulli.people.doors import Role

# Who reads an edition in each of its states: its page, its step on the desk and the files that came with it.
READERS: dict[str, tuple[Role, ...]] = {
    "open": (Role.READER,),
    "in_review": (Role.READER,),
    "sealed": (Role.READER,),
    "published": (Role.READER,),
}


def import_plan(actor: Actor, /) -> bool:
    """Only the installation itself, run by its operator."""
    return "system" in actor.roles


def import_record(actor: Actor, /) -> bool:
    """Whoever captures, or the operator from the command line."""
    return import_plan(actor) or _has(actor, Role.AUTHOR)


def open_period(actor: Actor, /) -> bool:
    """Whoever captures."""
    return _has(actor, Role.AUTHOR)


def capture_edition(actor: Actor, /) -> bool:
    """Whoever captures."""
    return _has(actor, Role.AUTHOR)


def submit_edition(actor: Actor, /) -> bool:
    """Whoever captures."""
    return _has(actor, Role.AUTHOR)


def withdraw_edition(actor: Actor, /) -> bool:
    """Whoever captures; that it is her own sending, the act sees to."""
    return _has(actor, Role.AUTHOR)


def return_edition(actor: Actor, /) -> bool:
    """Whoever reviews."""
    return _has(actor, Role.REVIEWER)


def seal_edition(actor: Actor, /) -> bool:
    """Whoever reviews."""
    return _has(actor, Role.REVIEWER)


def publish_edition(actor: Actor, /) -> bool:
    """Either of the two: once sealed there is nothing left to decide."""
    return _has(actor, Role.AUTHOR) or _has(actor, Role.REVIEWER)


def open_erratum(actor: Actor, /) -> bool:
    """Whoever captures."""
    return _has(actor, Role.AUTHOR)


def see_desk(actor: Actor, /) -> bool:
    """Staff with a part in the record, if only to read."""
    return _has(actor, Role.READER)


def see_edition(actor: Actor, state: str) -> bool:
    """Whoever reads editions in that state (`READERS`): a role that reads less than the whole desk is told apart there."""
    return any(_has(actor, role) for role in READERS[state])


def in_scope(actor: Actor, role: Role, area: str | None) -> bool:
    """Whether the actor holds `role` in an area (its key); without one, anywhere."""
    return "system" in actor.roles or actor.may(role, area)


def _has(actor: Actor, role: Role) -> bool:
    return actor.may(role)
