"""Files: kept once by their hash, received only when they are safe, held while reviewed, and tables that pages give as CSV."""

from .formats import KINDS, declared_file
from .holding import Held, forget, forget_old, hold, take
from .keeping import REASONS, FileDamaged, keep, kept, read, size, why
from .receiving import FileRefused, Received, receive
from .tables import FORMULA, csv_cell, csv_file

__all__ = [
    "FORMULA",
    "KINDS",
    "REASONS",
    "FileDamaged",
    "FileRefused",
    "Held",
    "Received",
    "csv_cell",
    "csv_file",
    "declared_file",
    "forget",
    "forget_old",
    "hold",
    "keep",
    "kept",
    "read",
    "receive",
    "size",
    "take",
    "why",
]
