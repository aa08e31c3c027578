"""What norms offers to the pages that gather."""

from . import datasets, facts, searching, unknowns

__all__ = ["datasets", "facts", "searching", "unknowns"]
