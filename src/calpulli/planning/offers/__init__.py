"""What planning offers to the pages above it."""

from . import (
    chores,
    datasets,
    desk,
    document_datasets,
    duties,
    evidence,
    facts,
    meanings,
    messages,
    personal,
    record_datasets,
    references,
    rules,
    searching,
    topics,
    unknowns,
)

__all__ = [
    "chores",
    "datasets",
    "desk",
    "document_datasets",
    "duties",
    "evidence",
    "facts",
    "meanings",
    "messages",
    "personal",
    "record_datasets",
    "references",
    "rules",
    "searching",
    "topics",
    "unknowns",
]
