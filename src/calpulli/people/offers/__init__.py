"""What people offers to the pages that gather."""

from . import answerers, chores, datasets, desk, facts, meanings, messages, personal, searching, unknowns

__all__ = ["answerers", "chores", "datasets", "desk", "facts", "meanings", "messages", "personal", "searching", "unknowns"]
