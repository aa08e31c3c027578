"""Who there is: how the institute is organised, accounts, what each holds, how each proves who she is, and open sessions."""

from .accounts import Account, AccountManager
from .calendars import CalendarAddress, ToldDate
from .credentials import LinkedIdentity, OneTimeKey, Passkey, RecoveryCode
from .failures import SignInFailure
from .holdings import Appointment, Grant
from .mailed import MailedCode
from .organisation import Area, Post, in_force
from .roles import Reach, Role, granted_roles, role_of, with_included
from .sessions import OpenSession, PasskeyUse, SpentCode

__all__ = [
    "Account",
    "AccountManager",
    "Appointment",
    "Area",
    "CalendarAddress",
    "Grant",
    "LinkedIdentity",
    "MailedCode",
    "OneTimeKey",
    "OpenSession",
    "Passkey",
    "PasskeyUse",
    "Post",
    "Reach",
    "RecoveryCode",
    "Role",
    "SignInFailure",
    "SpentCode",
    "ToldDate",
    "granted_roles",
    "in_force",
    "role_of",
    "with_included",
]
