"""Who may change accounts."""

from calpulli.commons.act import Actor


def register_account(actor: Actor, /) -> bool:
    """Only the institute's own machinery, run by its operator."""
    return "system" in actor.roles


def set_password(actor: Actor, /) -> bool:
    """As for registering."""
    return "system" in actor.roles


def open_desk(actor: Actor, /) -> bool:
    """Whoever signed in: without a part in anything, the desk is empty and says so."""
    return actor.account is not None


def see_load(actor: Actor, /) -> bool:
    """Staff: whoever carries a role."""
    return actor.account is not None and bool(actor.roles)
