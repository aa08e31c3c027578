"""What of a computation is counted one by one: lists to tick with a pencil, of whatever its cells might have counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calpulli.commons.registries.measures import MEASURES, Candidates

from .cells import Why
from .explaining import measure_url
from .values import Shown
from .words import moment_words

MOST = 60  # a longer list is no work for a pencil: its rows are on the page of the measure


@dataclass(frozen=True)
class TickList:
    """What a name of the formula counts, in a period; `listed` is None where it is too long for a sheet of paper."""

    name: str
    counts: str
    period: str
    url: str
    listed: Candidates | None


def tick_lists(shown: Shown) -> list[TickList]:
    """One for each name that counts things whose reasons can be told."""
    return list(_lists(shown))


def _lists(shown: Shown) -> Iterator[TickList]:
    for one in shown.result.inputs:
        measure = MEASURES.get(one.binding.measure)
        if measure is None or measure.candidates is None or (one.value is None and one.why != Why.NOT_DUE):
            continue
        found = measure.candidates(dict(one.binding.where), one.moment)
        listed = found if len(found.items) <= MOST else None
        yield TickList(one.name, str(measure.counts), moment_words(one.moment), measure_url(one.binding, one.moment), listed)
