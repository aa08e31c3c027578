"""What an act's author sees of its fact."""

from __future__ import annotations

from typing import Any

from calpulli.commons.act import Done

from ..models import Edition


def receipt(done: Done[Edition]) -> dict[str, Any]:
    """Number and digest of the fact, and of which record it is, for the next page."""
    edition = done.result
    return {
        "act": done.receipt.name,
        "sequence": done.receipt.sequence,
        "digest": done.receipt.digest,
        "plan": edition.period.plan_id,
        "period": edition.period.code,
        "edition": edition.number,
        "label": edition.period.span.label,
    }
