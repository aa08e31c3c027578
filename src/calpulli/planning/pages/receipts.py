"""What an act's author sees of its fact on the desk."""

from __future__ import annotations

from typing import Any

from calpulli.commons.act import Done
from calpulli.commons.registries.desk import SOURCES

from ..models import Edition


def receipt(done: Done[Edition]) -> dict[str, Any]:
    """Place and digest of the fact, and of which record it is, for the next page."""
    edition, told = done.result, done.receipt
    return {
        "chain": told.chain,
        "name": told.name,
        "sequence": told.sequence,
        "digest": told.digest,
        "details": {"plan": edition.period.plan_id, "period": edition.period.code, "edition": edition.number},
    }


def told(kept: dict[str, Any]) -> dict[str, Any]:
    """A receipt as the page of the record shows it: with its act in words."""
    source = SOURCES.get(kept["chain"])
    return kept | {"deed": source.deed(kept["name"], kept["details"]) if source else None}
