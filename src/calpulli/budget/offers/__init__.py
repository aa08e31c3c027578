"""What budget offers to the pages above it: each room of this folder registers one kind of thing."""

from . import personal

__all__ = ["personal"]
