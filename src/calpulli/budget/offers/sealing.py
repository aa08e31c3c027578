"""What a period seals of the budget: its sums by purse, month and moment (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from calpulli.commons.registries.sealing import Sealed, seal
from calpulli_core.calendars.periods import Period

from .. import queries

HEADER = ("area", "activity", "source", "partida", "month", "moment", "cents")


def _files(plan_key: str, period: Period) -> Mapping[str, bytes]:
    """`data/money.csv`; nothing where the plan has no approved annual programme of that year."""
    programme = queries.programme_of(period.year, plan_key)
    if programme is None or not programme.is_approved:
        return {}
    written = io.StringIO()
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(HEADER)
    for *purse, month, moment, cents in queries.sealed_rows(period.year, period.ends_on.month):
        sheet.writerow([*purse, f"{period.year}-{month:02}", moment, cents])
    return {"data/money.csv": written.getvalue().encode()}


seal(Sealed("budget", ("budget",), _files))
