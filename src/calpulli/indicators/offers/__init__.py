"""What indicators offers to the pages that gather: each room of this folder registers one kind of thing."""

from . import chores, desk, facts, meanings, personal, progress, sealing, unknowns

__all__ = ["chores", "desk", "facts", "meanings", "personal", "progress", "sealing", "unknowns"]
