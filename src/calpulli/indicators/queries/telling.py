"""Which cells of a measure may be told: not those of so few people that they could be known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from calpulli.commons import institutes
from calpulli.commons.registries.measures import Measure
from calpulli.norms import doors as norms
from calpulli_core.indicators.moments import Moment
from calpulli_core.law.rules import NoRule

Place = tuple[Moment, tuple[str, ...]]  # a period, and the values of the dimensions that were asked for


def hidden(measure: Measure, people: Mapping[Place, int]) -> frozenset[Place]:
    """Of the cells of a measure, with how many people each counts, those that may not be told.

    The one place that decides it. A cell of nobody is told: that there was nobody gives nobody away.
    """
    if not measure.floor:
        return frozenset()
    floors = {moment: _floor(measure.floor, moment) for moment, _ in people}
    return frozenset(place for place, count in people.items() if count > 0 and _is_under(count, floors[place[0]]))


def _is_under(count: int, floor: int | None) -> bool:
    """Without a rule in force nobody said how few are too few: nothing is told."""
    return floor is None or count < floor


def _floor(key: str, moment: Moment) -> int | None:
    """How many people at least, by the rule in force on the last day of the period."""
    months = 12 // moment.grain.value
    after = (moment.place + 1) * months
    last = dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)
    try:
        return norms.rule(institutes.current().slug, key=key, on=last).value
    except NoRule:
        return None
