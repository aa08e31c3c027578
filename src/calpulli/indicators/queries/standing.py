"""Where the chains stand that measures are read under, and whether the last computation still holds."""

from __future__ import annotations

from calpulli.commons.registries.measures import MEASURES
from calpulli.ledger.doors import head

from ..models import ComputationBatch, Telling
from .sheets import sheets_digest


def standing() -> dict[str, list[int | str]]:
    """Where every chain stands that some measure is read under."""
    chains = sorted({chain for measure in MEASURES for chain in measure.chains})
    found = [head(chain) for chain in chains]
    heads: dict[str, list[int | str]] = {one.chain: [one.sequence, one.digest] for one in found}
    return heads | _told()


def _told() -> dict[str, list[int | str]]:
    """The last edition of tables of people: what they tell changes with it, and not with what happens."""
    last = Telling.objects.order_by("-pk").first()
    return {"indicators.people_told": [last.pk, last.entries_sha256]} if last else {}


def needs_computing(before: ComputationBatch | None) -> bool:
    """Whether anything moved since: a chain that measures are read under, a sheet or a target."""
    return before is None or before.heads != standing() or before.sheets != sheets_digest()
