"""What people offers to the pages that gather."""

from . import chores, desk, messages, personal, unknowns

__all__ = ["chores", "desk", "messages", "personal", "unknowns"]
