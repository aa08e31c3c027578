"""What people offers to the pages that gather."""

from . import desk

__all__ = ["desk"]
