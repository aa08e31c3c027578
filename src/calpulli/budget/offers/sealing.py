"""What a period seals of the budget: its sums by purse, month and moment (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

from collections.abc import Mapping

from calpulli.commons.registries.sealing import Sealed, seal
from calpulli_core.board.layout import MONEY
from calpulli_core.board.year import table
from calpulli_core.calendars.periods import Period

from .. import queries


def _files(plan_key: str, period: Period) -> Mapping[str, bytes]:
    """`data/money.csv`; nothing where the plan has no approved annual programme of that year."""
    programme = queries.programme_of(period.year, plan_key)
    if programme is None or not programme.is_approved:
        return {}
    rows = (
        (area, activity, source, partida, f"{period.year}-{month:02}", moment, cents)
        for area, activity, source, partida, month, moment, cents in queries.sealed_rows(period.year, period.ends_on.month)
    )
    return {MONEY: table(MONEY, rows)}


seal(Sealed("budget", ("budget",), _files))
