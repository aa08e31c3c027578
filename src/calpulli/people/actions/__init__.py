"""The only writes of people."""

from .accounts import register_account, set_password

__all__ = ["register_account", "set_password"]
