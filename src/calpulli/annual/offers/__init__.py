"""What annual offers to the pages above it: each room of this folder registers one kind of thing."""

from . import bringing, facts, measures, personal, references, rules

__all__ = ["bringing", "facts", "measures", "personal", "references", "rules"]
