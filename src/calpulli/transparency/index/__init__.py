"""The index of the search, and the words that found nothing: rows that are made again or forgotten; no act and no fact."""

from .building import refresh, refresh_if_stale
from .misses import forget_old_misses, note_misses

__all__ = ["forget_old_misses", "note_misses", "refresh", "refresh_if_stale"]
