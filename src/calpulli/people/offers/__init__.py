"""What people offers to the pages that gather."""

from . import chores, desk, personal, unknowns

__all__ = ["chores", "desk", "personal", "unknowns"]
