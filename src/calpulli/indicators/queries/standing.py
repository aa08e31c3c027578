"""Where the chains stand that measures are read under, and whether the last computation still holds."""

from __future__ import annotations

from calpulli.commons import clock
from calpulli.commons.registries.measures import MEASURES
from calpulli.ledger.doors import head
from calpulli_core.indicators.moments import Moment

from ..models import ComputationBatch, Telling
from .sheets import sheets_digest, sheets_in_force
from .timing import TERMS, Terms, turning_days


def standing() -> dict[str, list[int | str]]:
    """Where every chain stands that some measure is read under, or that says by when reports are due."""
    chains = sorted({chain for measure in MEASURES for chain in measure.chains} | set(TERMS))
    found = [head(chain) for chain in chains]
    heads: dict[str, list[int | str]] = {one.chain: [one.sequence, one.digest] for one in found}
    return heads | _told()


def _told() -> dict[str, list[int | str]]:
    """The last edition of tables of people: what they tell changes with it, and not with what happens."""
    last = Telling.objects.order_by("-pk").first()
    return {"indicators.people_told": [last.pk, last.entries_sha256]} if last else {}


def needs_computing(before: ComputationBatch | None) -> bool:
    """Whether anything moved since: a chain that measures are read under, a sheet, a target, or the day past a term."""
    if before is None or before.plan_key:
        return True
    return before.heads != standing() or before.sheets != sheets_digest() or _turned(before)


def _turned(before: ComputationBatch) -> bool:
    """Whether a day passed since, after which more can be told or judged of what was computed."""
    then, today = clock.day_at(before.computed_at), clock.today()
    plans = {sheet.row.plan_key for sheet in sheets_in_force().values()}
    terms = Terms()
    days = (day for period in before.periods for day in turning_days(Moment.parse(period), plans, terms))
    return any(then <= day < today for day in days)
