"""What people offers to the pages that gather."""

from . import chores, datasets, desk, facts, messages, personal, searching, unknowns

__all__ = ["chores", "datasets", "desk", "facts", "messages", "personal", "searching", "unknowns"]
