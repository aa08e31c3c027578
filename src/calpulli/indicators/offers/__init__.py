"""What indicators offers to the pages that gather: each room of this folder registers one kind of thing."""

from . import (
    chores,
    datasets,
    desk,
    evidence,
    facts,
    format_datasets,
    meanings,
    personal,
    progress,
    sealing,
    searching,
    unknowns,
)

__all__ = [
    "chores",
    "datasets",
    "desk",
    "evidence",
    "facts",
    "format_datasets",
    "meanings",
    "personal",
    "progress",
    "sealing",
    "searching",
    "unknowns",
]
