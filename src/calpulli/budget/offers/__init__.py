"""What budget offers to the pages above it: each room of this folder registers one kind of thing."""

from . import bringing, datasets, desk, facts, meanings, measures, personal, questions, sealing, searching, unknowns

__all__ = [
    "bringing",
    "datasets",
    "desk",
    "facts",
    "meanings",
    "measures",
    "personal",
    "questions",
    "sealing",
    "searching",
    "unknowns",
]
