"""What notices itself offers."""

from . import chores, messages

__all__ = ["chores", "messages"]
