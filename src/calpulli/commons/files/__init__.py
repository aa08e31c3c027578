"""Files: kept once by their hash (`keeping`), received only when they are safe (`receiving`), held while reviewed (`holding`)."""

from .holding import Held, forget, hold, take
from .keeping import REASONS, FileDamaged, keep, kept, read, size, why
from .receiving import FileRefused, Received, receive

__all__ = [
    "REASONS",
    "FileDamaged",
    "FileRefused",
    "Held",
    "Received",
    "forget",
    "hold",
    "keep",
    "kept",
    "read",
    "receive",
    "size",
    "take",
    "why",
]
