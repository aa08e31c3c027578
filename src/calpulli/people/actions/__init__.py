"""The only writes of people."""

from .accounts import register_account, set_password
from .contact import change_contact
from .credentials import make_paper_codes, remove_one_time_key, reset_factors, set_one_time_key, use_paper_code
from .erasure import erase_account
from .holdings import appoint, end_appointment, grant_role, revoke_role
from .identities import link_identity, unlink_identity
from .organisation import import_organisation
from .passkeys import register_passkey, remove_passkey
from .residents import correct_resident, register_resident, renew_password
from .standing import change_password, deactivate_account, reactivate_account

__all__ = [
    "appoint",
    "change_contact",
    "change_password",
    "correct_resident",
    "deactivate_account",
    "end_appointment",
    "erase_account",
    "grant_role",
    "import_organisation",
    "link_identity",
    "make_paper_codes",
    "reactivate_account",
    "register_account",
    "register_passkey",
    "register_resident",
    "remove_one_time_key",
    "remove_passkey",
    "renew_password",
    "reset_factors",
    "revoke_role",
    "set_one_time_key",
    "set_password",
    "unlink_identity",
    "use_paper_code",
]
