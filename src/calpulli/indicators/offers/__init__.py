"""What indicators offers to the pages that gather: each room of this folder registers one kind of thing."""

from . import facts, personal

__all__ = ["facts", "personal"]
