"""What planning offers to the pages above it."""

from . import evidence

__all__ = ["evidence"]
