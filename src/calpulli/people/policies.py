"""Who may change accounts."""

from calpulli.commons.act import Actor


def register_account(actor: Actor, /) -> bool:
    """Only the institute's own machinery, run by its operator."""
    return "system" in actor.roles


def set_password(actor: Actor, /) -> bool:
    """As for registering."""
    return "system" in actor.roles
