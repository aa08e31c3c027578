"""Who may do what with indicators. What depends on the sheet's area or state is checked by its action."""

from __future__ import annotations

from calpulli.commons.act import Actor
from calpulli.people.doors import Role


def propose_sheets(actor: Actor, /) -> bool:
    """Whoever captures, of the area that the sheet names."""
    return actor.may(Role.AUTHOR)


def approve_sheets(actor: Actor, /) -> bool:
    """Whoever reviews; that it is another person, the act sees to."""
    return actor.may(Role.REVIEWER)


def refuse_sheets(actor: Actor, /) -> bool:
    """Whoever reviews."""
    return actor.may(Role.REVIEWER)


def propose_retirement(actor: Actor, /) -> bool:
    """Whoever captures, of the area of the indicator; another person decides."""
    return actor.may(Role.AUTHOR)


def retire_sheets(actor: Actor, /) -> bool:
    """As for approving them."""
    return actor.may(Role.REVIEWER)


def propose_targets(actor: Actor, /) -> bool:
    """Whoever captures, of the area of the indicator."""
    return actor.may(Role.AUTHOR)


def approve_targets(actor: Actor, /) -> bool:
    """Whoever reviews; that it is another person, the act sees to."""
    return actor.may(Role.REVIEWER)


def refuse_targets(actor: Actor, /) -> bool:
    """Whoever reviews."""
    return actor.may(Role.REVIEWER)


def compute_indicators(actor: Actor, /) -> bool:
    """The installation's own machinery: nobody decides when a number is computed."""
    return actor.account is None and "system" in actor.roles


def tell_people(actor: Actor, /) -> bool:
    """As for computing."""
    return compute_indicators(actor)


def see_sheets(actor: Actor, /) -> bool:
    """Staff with a part in them, if only to read."""
    return actor.may(Role.READER)
