"""Until when a kept computation is known to have held: by the batches that computed the same again and kept nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from calpulli.commons import clock
from calpulli_core.indicators.moments import Grain, Moment

from ..models import Computation, ComputationBatch
from .cells import months_of
from .sheets import SheetView

Version = tuple[str, int]  # of a sheet: its key and number


class Holding:
    """Every batch, by the quarters that it computed."""

    def __init__(self, sheets: Iterable[SheetView]) -> None:
        """`sheets`: every version that ever held."""
        self.computed_at: dict[int, dt.datetime] = {}
        self._of: dict[str, list[tuple[dt.datetime, dt.date, str]]] = {}
        self._ends = dict(_ends(sheets))
        batches = ComputationBatch.objects.order_by("pk").values_list("pk", "computed_at", "periods", "plan_key")
        for pk, computed_at, periods, plan_key in batches:
            self.computed_at[pk] = computed_at
            for period in periods:
                self._of.setdefault(period, []).append((computed_at, clock.day_at(computed_at), plan_key))

    def until(self, sheet: SheetView, row: Computation) -> dt.datetime:
        """The last time that this version of its sheet was computed in its period, and came to what is kept."""
        found = (self._last(str(quarter), sheet) for quarter in _quarters(Moment.parse(row.period)))
        return max([self.computed_at[row.batch_id], *(at for at in found if at)])

    def _last(self, quarter: str, sheet: SheetView) -> dt.datetime | None:
        end = self._ends[sheet.key, sheet.version]
        for at, day, plan_key in reversed(self._of.get(quarter, [])):
            if plan_key in ("", sheet.row.plan_key) and (end is None or day <= end):
                return at
        return None


def _quarters(moment: Moment) -> list[Moment]:
    """Those with which it is computed: the one that it lies within, or each of a year."""
    return [Moment(Grain.QUARTER, place) for place in sorted({month // 3 for month in months_of(moment)})]


def _ends(sheets: Iterable[SheetView]) -> Iterator[tuple[Version, dt.date | None]]:
    """The last day of each version: that on which the next one took its place, or retired it."""
    after: dict[str, dt.date | None] = {}
    for one in sorted(sheets, key=lambda one: -one.version):
        yield (one.key, one.version), after.get(one.key)
        after[one.key] = one.row.decided_on
