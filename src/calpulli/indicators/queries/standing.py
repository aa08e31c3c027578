"""Where the chains stand that measures are read under, and whether the last computation still holds."""

from __future__ import annotations

from calpulli.commons.registries.measures import MEASURES
from calpulli.ledger.doors import head

from ..models import ComputationBatch
from .sheets import sheets_digest


def standing() -> dict[str, list[int | str]]:
    """Where every chain stands that some measure is read under."""
    chains = sorted({chain for measure in MEASURES for chain in measure.chains})
    found = [head(chain) for chain in chains]
    return {one.chain: [one.sequence, one.digest] for one in found}


def needs_computing(before: ComputationBatch | None) -> bool:
    """Whether anything moved since: a chain that measures are read under, a sheet or a target."""
    return before is None or before.heads != standing() or before.sheets != sheets_digest()
