"""What comes into the acts of transparency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishDataset:
    """Which data set, by its key."""

    key: str
