"""The shapes in which people reach this package."""

from .accounts import RegisterAccount, SetPassword
from .signing import SignInForm

__all__ = ["RegisterAccount", "SetPassword", "SignInForm"]
