"""What people offers to the pages that gather."""

from . import chores, datasets, desk, messages, personal, searching, unknowns

__all__ = ["chores", "datasets", "desk", "messages", "personal", "searching", "unknowns"]
