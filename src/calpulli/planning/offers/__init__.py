"""What planning offers to the pages above it."""

from . import desk, duties, evidence

__all__ = ["desk", "duties", "evidence"]
