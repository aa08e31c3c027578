"""Who there is: accounts, and what signing in has to remember."""

from .accounts import Account, AccountManager, Role
from .failures import SignInFailure

__all__ = ["Account", "AccountManager", "Role", "SignInFailure"]
