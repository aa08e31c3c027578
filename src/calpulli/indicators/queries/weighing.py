"""How much computing a year of indicators asks for, before any is approved that would ask for too much."""

from __future__ import annotations

from collections.abc import Mapping

from calpulli_core.indicators.moments import Moment
from calpulli_core.indicators.needs import needs, weight

from .sheets import SheetView


def weigh(sheets: Mapping[str, SheetView], year: int, *, most: int) -> int:
    """The steps of all of them in all the periods of a year, with what they read of each other; stops counting above `most`."""
    waiting = [(key, Moment(one.grain, year * one.grain.value + place)) for key, one in sheets.items() for place in _of(one)]
    seen, total = set(waiting), 0
    weights = {key: weight(one.formula, Moment(one.grain, year * one.grain.value)) for key, one in sheets.items()}
    while waiting and total <= most:
        key, moment = waiting.pop()
        total += weights[key]
        bindings = sheets[key].bindings
        read = {(bindings[name].indicator, when) for name, when in needs(sheets[key].formula, moment)}
        fresh = {place for place in read - seen if place[0] in sheets}
        seen |= fresh
        waiting += fresh
    return total


def _of(sheet: SheetView) -> range:
    return range(sheet.grain.value)
