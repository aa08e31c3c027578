"""One rule for goals and for what was done, of a quarter and of a year."""

from __future__ import annotations

from collections.abc import Mapping


def come_to(amounts: Mapping[int, int], goals: Mapping[int, int], *, cumulative: bool) -> int:
    """What these months come to: their sum or, where each tells the whole, the last one in which something was to be done.

    `goals`: what was to be done, by month. Where no month has a goal above 0, the last amount that is not 0; where none is, 0.
    """
    if cumulative:
        return sum(amounts.values())
    months = sorted(amounts)
    told = [month for month in months if goals.get(month, 0) > 0] or [month for month in months if amounts[month]]
    return amounts[told[-1]] if told else 0
