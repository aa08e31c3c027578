"""How a value stands against its target, by the bands of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from ..models.sheets import Sense


class Standing(StrEnum):
    """Where a value stands. What goes far beyond its target says that the target was wrong, and counts as a fault of it."""

    MET = "met"
    RISK = "risk"
    MISSED = "missed"
    BEYOND = "beyond"
    EARLY = "early"
    NO_TARGET = "no-target"
    NO_BANDS = "no-bands"
    NO_VALUE = "no-value"


def standing_of(
    value: Fraction | None, target: Fraction | None, bands: Mapping[str, int], sense: str, *, is_early: bool = False
) -> Standing:
    """The band of a value; whole percents of the target, exactly compared. Early: it may still change before it is due.

    Of a target of 0 or less, percents say nothing.
    """
    if value is None:
        return Standing.NO_VALUE
    if target is None:
        return Standing.NO_TARGET
    if is_early:
        return Standing.EARLY
    if "met" not in bands or "risk" not in bands or target <= 0:
        return Standing.NO_BANDS
    side = -1 if sense == Sense.DOWN else 1
    reached = {band: side * (value - target * percent / 100) for band, percent in bands.items()}
    if "over" in reached and reached["over"] > 0:
        return Standing.BEYOND
    if reached["met"] >= 0:
        return Standing.MET
    return Standing.RISK if reached["risk"] >= 0 else Standing.MISSED
