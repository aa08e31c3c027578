"""Computations as they are kept: what is written of a result, and the last one of each indicator and period."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calpulli.ledger.doors import remembered
from calpulli_core.indicators import tree
from calpulli_core.indicators.computing import Missing, Step, written
from calpulli_core.indicators.moments import Moment

from ..models import Computation, ComputationBatch
from .computing import Input, Result, Wanted, cause_of

Written = tuple[str, int, str, str, str, str, str]


@dataclass(frozen=True)
class Kept:
    """A computation that is kept, as it was written."""

    indicator: str
    version: int
    period: str
    value: str
    reason: str
    inputs: str
    trace: str
    batch: int

    @property
    def number(self) -> Fraction:
        """The value, of one that has it."""
        return Fraction(self.value)

    @property
    def cause(self) -> str:
        """Why there is no value, as finely as was known."""
        return str(json.loads(self.trace)["cause"])

    @property
    def said(self) -> Written:
        """All that it says, without where it is kept."""
        return (self.indicator, self.version, self.period, self.value, self.reason, self.inputs, self.trace)


def row_of(result: Result, others: Mapping[Wanted, Result]) -> Written:
    """What is written of a result: the columns of an entry, without its position."""
    outcome = result.outcome
    return (
        result.sheet.key,
        result.sheet.version,
        str(result.moment),
        written(outcome) if isinstance(outcome, Fraction) else "",
        outcome.reason if isinstance(outcome, Missing) else "",
        _text([_input(one) for one in result.inputs]),
        _text({"cause": cause_of(result, others), "missing": missing_of(outcome), "steps": steps_of(result)}),
    )


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _input(one: Input) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "period": str(one.moment), "why": one.why}
    if one.binding.measure:
        told |= {"measure": one.binding.measure, "where": dict(one.binding.where)}
    elif one.binding.indicator:
        told["indicator"] = one.binding.indicator
    elif one.binding.awaits:
        told["awaits"] = one.binding.awaits
    else:
        told["target"] = True
    return told | {"value": written(one.outcome) if isinstance(one.outcome, Fraction) else "", "missing": missing_of(one.outcome)}


def missing_of(outcome: object) -> dict[str, Any] | None:
    """What is missing, as it is kept; None for a value."""
    if not isinstance(outcome, Missing):
        return None
    told = {"reason": str(outcome.reason), "part": outcome.part, "period": str(outcome.moment), "place": outcome.place}
    return told | {"indicator": outcome.indicator}


def steps_of(result: Result) -> list[dict[str, Any]]:
    """Each step in order, but the numbers of the text themselves."""
    return [_step(result, step) for step in result.computed.steps if not isinstance(step.part, tree.Number)]


def _step(result: Result, step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {"text": result.sheet.formula.quote(step.part), "period": str(step.moment)}
    told["place"] = step.part.start + 1
    if isinstance(step.outcome, bool):
        return told | {"holds": step.outcome}
    return told | {"value": written(step.outcome) if isinstance(step.outcome, Fraction) else ""}


@remembered("indicators")
def last_batch() -> ComputationBatch | None:
    """The last time that something was computed."""
    return ComputationBatch.objects.order_by("-pk").first()


def last_kept(indicators: Iterable[str], periods: Iterable[str]) -> dict[tuple[str, str], Kept]:
    """The last computation of each of those indicators in each of those periods."""
    rows = Computation.objects.filter(indicator__in=list(indicators), period__in=list(periods))
    last = rows.order_by("indicator", "period", "-batch_id", "-position").distinct("indicator", "period")
    return {(row.indicator, row.period): kept_of(row) for row in last}


def history_of(indicator: str, period: str) -> list[Kept]:
    """Every computation of an indicator in a period, the newest first."""
    return [
        kept_of(row) for row in Computation.objects.filter(indicator=indicator, period=period).order_by("-batch_id", "-position")
    ]


def computed_at(kept: Kept) -> dt.datetime:
    """When its batch was computed."""
    return ComputationBatch.objects.values_list("computed_at", flat=True).get(pk=kept.batch)


def kept_of(row: Computation) -> Kept:
    """A computation as it is kept."""
    return Kept(row.indicator, row.version, row.period, row.value, row.reason, row.inputs, row.trace, row.batch_id)


def moment_of(kept: Kept) -> Moment:
    """Its period."""
    return Moment.parse(kept.period)
