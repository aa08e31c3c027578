"""The shapes of what comes in to transparency."""

from .editions import PublishDataset
from .unknowns import UnknownFilter

__all__ = ["PublishDataset", "UnknownFilter"]
