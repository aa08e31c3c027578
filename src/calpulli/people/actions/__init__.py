"""The only writes of people."""

from .accounts import register_account, set_password
from .holdings import appoint, end_appointment, grant_role, revoke_role
from .organisation import import_organisation

__all__ = [
    "appoint",
    "end_appointment",
    "grant_role",
    "import_organisation",
    "register_account",
    "revoke_role",
    "set_password",
]
