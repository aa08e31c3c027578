"""Values as pages show them: computed from what is so this moment, and beside it what was last kept.

They are remembered while no chain that they are read under moves: after one fact the next page computes again, and only what it
shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.registries.measures import MEASURES
from calpulli.ledger.doors import remembered
from calpulli_core.indicators.computing import Missing, Reason
from calpulli_core.indicators.moments import Grain, Moment

from ..models import ComputationBatch
from .bands import Standing, standing_of
from .cells import Why
from .computing import Result, Wanted, cause_of, compute
from .kept import Kept, last_kept, row_of, steps_of
from .sheets import SheetView, TargetView, sheets_in_force, targets_in_force
from .timing import TERMS, Terms, early_until, span_of
from .words import cause_words, moment_words, unit_words, value_words

# Chains that a value depends on besides those of its measures: sheets and targets, the floor of the norms, and terms.
BESIDE = ("indicators", *TERMS)


@dataclass(frozen=True)
class Shown:
    """The value of an indicator in a period as a page shows it."""

    result: Result
    cause: str
    target: TargetView | None
    kept: Kept | None
    kept_at: dt.datetime | None
    early_until: dt.date  # the last day on which it is too early to judge it
    is_kept: bool  # whether what was last kept says the same

    @property
    def sheet(self) -> SheetView:
        """Its sheet."""
        return self.result.sheet

    @property
    def moment(self) -> Moment:
        """Its period."""
        return self.result.moment

    @property
    def value(self) -> Fraction | None:
        """The number, if there is one."""
        return self.result.value

    @property
    def words(self) -> str:
        """The number as people read it; empty without one."""
        return "" if self.value is None else value_words(self.value, percentage=self.sheet.is_percentage)

    @property
    def unit_words(self) -> str:
        """What the number is of, beside it; a percentage says it by itself."""
        return "" if self.sheet.is_percentage else unit_words(self.sheet.row.unit, self.value)

    @property
    def target_words(self) -> str:
        """What was set, as people read it; empty while nothing is."""
        return "" if self.target is None else value_words(self.target.value, percentage=self.sheet.is_percentage)

    @property
    def why(self) -> str:
        """Why there is no number."""
        outcome = self.result.outcome
        if isinstance(outcome, Missing) and outcome.reason is Reason.ZERO:
            return _("no hay entre qué dividir: %(part)s es 0") % {"part": outcome.part}
        return cause_words(self.cause) if self.cause else ""

    @property
    def awaited(self) -> str:
        """What is not there yet that would measure it, as its sheet says it."""
        return self.sheet.row.awaits if self.cause == Why.AWAITED else ""

    @property
    def period_words(self) -> str:
        """Its period in words."""
        return moment_words(self.moment)

    @property
    def standing(self) -> Standing:
        """How it stands against its target."""
        row = self.sheet.row
        target, early = self.target.value if self.target else None, clock.today() <= self.early_until
        if self.cause == Why.NOT_DUE:
            return Standing.EARLY
        return standing_of(self.value, target, row.bands, row.sense, is_early=early)

    @property
    def is_running(self) -> bool:
        """Whether its period has not ended: the number is what there is so far."""
        length = 12 // self.moment.grain.value
        return (self.moment.place + 1) * length > this_month()

    @property
    def steps(self) -> list[dict[str, object]]:
        """Each step of the computation, in order."""
        return steps_of(self.result)


Values = Mapping[Wanted, Shown]


def this_month() -> int:
    """The month of today, as measures count them."""
    today = clock.today()
    return today.year * 12 + today.month - 1


def values_of(keys: Iterable[str], moments: Iterable[Moment]) -> Values:
    """Each of those indicators in each of those periods that are of its grain."""
    told = tuple(sorted(set(keys))), tuple(sorted({str(moment) for moment in moments}))
    chains = tuple(sorted({chain for measure in MEASURES for chain in measure.chains} | set(BESIDE)))
    return _reader(chains)(*told, clock.today())


@lru_cache(maxsize=8)
def _reader(chains: tuple[str, ...]) -> Callable[[tuple[str, ...], tuple[str, ...], dt.date], Values]:
    return remembered(*chains)(_read)


def _read(keys: tuple[str, ...], periods: tuple[str, ...], today: dt.date) -> Values:
    """`today`: on it depends which periods have begun, and which reports are due."""
    sheets, targets = sheets_in_force(), targets_in_force()
    moments = [Moment.parse(period) for period in periods]
    wanted = [(key, moment) for key in keys if key in sheets for moment in moments if moment.grain is sheets[key].grain]
    results = compute(sheets, targets, wanted)
    kept, terms = last_kept(keys, periods), Terms()
    batches = dict(ComputationBatch.objects.filter(pk__in={one.batch for one in kept.values()}).values_list("pk", "computed_at"))
    return {place: _shown(results, place, targets, kept.get((place[0], str(place[1]))), batches, terms) for place in wanted}


def _shown(
    results: Mapping[Wanted, Result],
    place: Wanted,
    targets: Mapping[tuple[str, str], TargetView],
    kept: Kept | None,
    batches: Mapping[int, dt.datetime],
    terms: Terms,
) -> Shown:
    result = results[place]
    same = kept is not None and kept.said == row_of(result, results)
    target = targets.get((place[0], str(place[1])))
    # Without a target nothing is judged.
    early = early_until(result.sheet, result.moment, terms) if target else span_of(result.moment)[1]
    return Shown(result, cause_of(result, results), target, kept, batches.get(kept.batch) if kept else None, early, same)


def recent(grain: Grain, count: int, *, until: Moment | None = None) -> list[Moment]:
    """The last periods of a grain, the oldest first; `until`: the last of them, otherwise the running one."""
    last = until or Moment(grain, this_month() // (12 // grain.value))
    return [last.before(back) for back in range(count - 1, -1, -1)]


def last_ended(grain: Grain) -> Moment:
    """The last period that is over: what it comes to is no longer on its way."""
    return Moment(grain, this_month() // (12 // grain.value)).before(1)
