"""Files: kept once by the hash of their bytes (`keeping`), and received from people only when they are safe (`receiving`)."""

from .keeping import REASONS, FileDamaged, keep, kept, read, size, why
from .receiving import FileRefused, Received, receive

__all__ = ["REASONS", "FileDamaged", "FileRefused", "Received", "keep", "kept", "read", "receive", "size", "why"]
