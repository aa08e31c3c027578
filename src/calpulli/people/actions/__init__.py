"""The only writes of people."""

from .accounts import register_account, set_password
from .credentials import make_paper_codes, remove_one_time_key, reset_factors, set_one_time_key, use_paper_code
from .holdings import appoint, end_appointment, grant_role, revoke_role
from .organisation import import_organisation

__all__ = [
    "appoint",
    "end_appointment",
    "grant_role",
    "import_organisation",
    "make_paper_codes",
    "register_account",
    "remove_one_time_key",
    "reset_factors",
    "revoke_role",
    "set_one_time_key",
    "set_password",
    "use_paper_code",
]
