"""Which unknowns a person wants to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

LONGEST = 200


@dataclass(frozen=True)
class UnknownFilter:
    """A mark and an area; empty for all. What no unknown has gives an empty list, not an error."""

    mark: str = ""
    owner: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> UnknownFilter:
        """From an address."""
        return cls(given.get("marca", "")[:LONGEST], given.get("area", "")[:LONGEST])

    @property
    def query(self) -> str:
        """The same, for an address; empty for all."""
        told = {"marca": self.mark, "area": self.owner}
        words = urlencode({name: value for name, value in told.items() if value})
        return f"?{words}" if words else ""
