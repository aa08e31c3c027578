"""The only writes of transparency."""

from .editions import publish_dataset

__all__ = ["publish_dataset"]
