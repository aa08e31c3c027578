"""What annual offers to the pages above it: each room of this folder registers one kind of thing."""

from . import addresses, bringing, desk, facts, meanings, measures, personal, references, rules, sealing, unknowns

__all__ = [
    "addresses",
    "bringing",
    "desk",
    "facts",
    "meanings",
    "measures",
    "personal",
    "references",
    "rules",
    "sealing",
    "unknowns",
]
