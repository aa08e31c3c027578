"""What norms offers to the pages that gather."""

from . import datasets, searching, unknowns

__all__ = ["datasets", "searching", "unknowns"]
