"""What annual offers to the pages above it: each room of this folder registers one kind of thing."""

from . import facts, measures, personal, references, rules

__all__ = ["facts", "measures", "personal", "references", "rules"]
