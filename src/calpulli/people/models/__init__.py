"""Who there is: how the institute is organised, accounts, what each holds, and what signing in has to remember."""

from .accounts import Account, AccountManager
from .failures import SignInFailure
from .holdings import Appointment, Grant
from .organisation import Area, Post, in_force
from .roles import Reach, Role, granted_roles, role_of, with_included

__all__ = [
    "Account",
    "AccountManager",
    "Appointment",
    "Area",
    "Grant",
    "Post",
    "Reach",
    "Role",
    "SignInFailure",
    "granted_roles",
    "in_force",
    "role_of",
    "with_included",
]
