"""What planning offers to the pages above it."""

from . import desk, evidence

__all__ = ["desk", "evidence"]
