"""What planning offers to the pages above it."""

from . import datasets, desk, duties, evidence, meanings, personal, record_datasets, searching, topics, unknowns

__all__ = ["datasets", "desk", "duties", "evidence", "meanings", "personal", "record_datasets", "searching", "topics", "unknowns"]
