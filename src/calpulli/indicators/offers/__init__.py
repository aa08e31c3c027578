"""What indicators offers to the pages that gather: each room of this folder registers one kind of thing."""

from . import chores, facts, personal, sealing

__all__ = ["chores", "facts", "personal", "sealing"]
