"""What planning offers to the pages above it."""

from . import desk, duties, evidence, topics

__all__ = ["desk", "duties", "evidence", "topics"]
