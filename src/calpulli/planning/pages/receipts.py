"""What an act's author sees of its fact on the desk."""

from __future__ import annotations

from typing import Any

from calpulli.commons.act import Done

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
