"""Who may change accounts and the organisation."""

from calpulli.commons.act import Actor

from .models import Role


def import_organisation(actor: Actor, /) -> bool:
    """Only the installation itself, run by its operator."""
    return "system" in actor.roles


def register_account(actor: Actor, /) -> bool:
    """An administrator, or the operator from the command line."""
    return "system" in actor.roles or actor.may(Role.ADMINISTRATOR)


def set_password(actor: Actor, /) -> bool:
    """Only the operator: a person changes her own."""
    return "system" in actor.roles


def open_desk(actor: Actor, /) -> bool:
    """Whoever signed in: without a part in anything, the desk is empty and says so."""
    return actor.account is not None


def see_load(actor: Actor, /) -> bool:
    """Staff: whoever carries a role, if only to read."""
    return actor.account is not None and bool(actor.roles - {Role.RESIDENT})


def appoint(actor: Actor, /) -> bool:
    """As for registering."""
    return register_account(actor)


def end_appointment(actor: Actor, /) -> bool:
    """As for registering."""
    return register_account(actor)


def grant_role(actor: Actor, /) -> bool:
    """As for registering."""
    return register_account(actor)


def revoke_role(actor: Actor, /) -> bool:
    """As for registering."""
    return register_account(actor)


def own_account(actor: Actor, /) -> bool:
    """Whoever signed in; that it is her own account is seen to by each act."""
    return actor.account is not None


def set_one_time_key(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def remove_one_time_key(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def make_paper_codes(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def use_paper_code(actor: Actor, /) -> bool:
    """One's own, also between the two steps of signing in."""
    return own_account(actor)


def reset_factors(actor: Actor, /) -> bool:
    """Whoever administers accounts, or the operator."""
    return register_account(actor)
