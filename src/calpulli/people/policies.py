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


def administer_accounts(actor: Actor, /) -> bool:
    """Whoever administers accounts."""
    return actor.may(Role.ADMINISTRATOR)


def attend_residents(actor: Actor, /) -> bool:
    """Whoever attends to residents in some district."""
    return actor.may(Role.DISTRICT_CLERK)


def register_resident(actor: Actor, /) -> bool:
    """Whoever attends to residents, or the operator; in which district, the act asks `attends`."""
    return "system" in actor.roles or attend_residents(actor)


def correct_resident(actor: Actor, /) -> bool:
    """As for registering."""
    return register_resident(actor)


def renew_password(actor: Actor, /) -> bool:
    """As for registering."""
    return register_resident(actor)


def attends(actor: Actor, district: str) -> bool:
    """Whether the actor attends to the residents of that district."""
    return "system" in actor.roles or actor.may(Role.DISTRICT_CLERK, district)


def deactivate_account(actor: Actor, /) -> bool:
    """Whoever has accounts in charge; which, the act asks `has_in_charge`."""
    return register_account(actor) or register_resident(actor)


def reactivate_account(actor: Actor, /) -> bool:
    """As for deactivating."""
    return deactivate_account(actor)


def has_in_charge(actor: Actor, *, resident: bool, district: str | None) -> bool:
    """Accounts of staff are an administrator's; those of residents, of whoever attends their district."""
    return attends(actor, district or "") if resident else register_account(actor)


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


def register_passkey(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def remove_passkey(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def link_identity(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def unlink_identity(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def use_paper_code(actor: Actor, /) -> bool:
    """One's own, also between the two steps of signing in."""
    return own_account(actor)


def reset_factors(actor: Actor, /) -> bool:
    """Whoever administers accounts, or the operator."""
    return register_account(actor)


def change_password(actor: Actor, /) -> bool:
    """One's own."""
    return own_account(actor)


def erase_account(actor: Actor, /) -> bool:
    """One's own, or the operator on somebody's request."""
    return "system" in actor.roles or own_account(actor)


def change_contact(actor: Actor, /) -> bool:
    """One's own, whoever one is."""
    return actor.account is not None
