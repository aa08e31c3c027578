"""What notices itself offers."""

from . import chores, messages, personal

__all__ = ["chores", "messages", "personal"]
