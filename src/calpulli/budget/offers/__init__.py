"""What budget offers to the pages above it: each room of this folder registers one kind of thing."""

from . import (
    beside,
    bringing,
    datasets,
    desk,
    facts,
    format_datasets,
    meanings,
    measures,
    personal,
    progress,
    questions,
    sealing,
    searching,
    unknowns,
)

__all__ = [
    "beside",
    "bringing",
    "datasets",
    "desk",
    "facts",
    "format_datasets",
    "meanings",
    "measures",
    "personal",
    "progress",
    "questions",
    "sealing",
    "searching",
    "unknowns",
]
