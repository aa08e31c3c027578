"""What annual offers to the pages above it: each room of this folder registers one kind of thing."""

from . import (
    addresses,
    bringing,
    datasets,
    desk,
    duties,
    facts,
    meanings,
    measures,
    personal,
    references,
    rules,
    sealing,
    searching,
    told_datasets,
    unknowns,
)

__all__ = [
    "addresses",
    "bringing",
    "datasets",
    "desk",
    "duties",
    "facts",
    "meanings",
    "measures",
    "personal",
    "references",
    "rules",
    "sealing",
    "searching",
    "told_datasets",
    "unknowns",
]
