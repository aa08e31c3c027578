"""The money of the lines of action, by the shares of each activity (docs/spec/budget.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calpulli_core.budget import Balance, Moment, shared

from .programme import YearActivity, YearProgramme

NAMES = tuple(moment.value for moment in Moment if moment is not Moment.CHANGE)


@dataclass(frozen=True)
class LineMoney:
    """What a line gets of each moment; `change` so that modified is what was shared of it."""

    line: str
    balance: Balance


@dataclass(frozen=True)
class OfActivity:
    """The part of an activity's money for each of its lines, and the lines among which a cent was left to their order."""

    lines: tuple[LineMoney, ...]
    tied: tuple[str, ...]


def share_activity(activity: YearActivity, balance: Balance) -> OfActivity:
    """Each moment shared by itself; without shares, nothing."""
    weights = [share for _line, share in activity.shares]
    if not sum(weights):
        return OfActivity((), ())
    parts = {name: shared(balance.at(name), weights) for name in (*NAMES, "modified")}
    lines = tuple(
        LineMoney(line, _balance({name: parts[name].parts[place] for name in parts}))
        for place, (line, _share) in enumerate(activity.shares)
    )
    tied = {activity.shares[place][0] for one in parts.values() for place in one.tied}
    return OfActivity(lines, tuple(line for line, _share in activity.shares if line in tied))


def _balance(told: Mapping[str, int]) -> Balance:
    return Balance(change=told["modified"] - told["approved"], **{name: told[name] for name in NAMES})


def line_balances(programme: YearProgramme, activities: Mapping[str, Balance]) -> dict[str, Balance]:
    """The money of each line, in the programme's order; activities without shares give nothing to any."""
    sums: dict[str, Balance] = {}
    for key, balance in activities.items():
        activity = programme.activities.get(key)
        for one in share_activity(activity, balance).lines if activity else ():
            sums[one.line] = sums.get(one.line, Balance()) + one.balance
    order = {line.identifier: place for place, line in enumerate(programme.lines)}
    return dict(sorted(sums.items(), key=lambda told: (order.get(told[0], len(order)), told[0])))


def share_cents(activity: YearActivity, cents: int) -> dict[str, int]:
    """An amount of an activity by line."""
    weights = [share for _line, share in activity.shares]
    if not sum(weights):
        return {}
    return {line: part for (line, _share), part in zip(activity.shares, shared(cents, weights).parts, strict=True)}
