"""Horizontal bars, one a row: the label and the value are words beside it, so that it reads on the narrowest phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from .scale import percent, scale_of


@dataclass(frozen=True)
class Bar:
    """One value, or None where there is none. `words` says it in full; `is_hatched` sets it apart without colour."""

    label: str
    value: float | None
    words: str = ""
    url: str = ""
    is_hatched: bool = False


@dataclass(frozen=True)
class BarRow:
    """A bar with its place: where it begins and how long it is."""

    bar: Bar
    x: str
    width: str


@dataclass(frozen=True)
class BarChart:
    """Rows in the order given; `zero` and `target` are places of upright lines, empty when there is none."""

    kind: ClassVar[str] = "bars"
    rows: tuple[BarRow, ...]
    zero: str
    target: str


def bars(given: Sequence[Bar], *, target: float | None = None, whole: float | None = None) -> BarChart:
    """Bars from zero, to the right when positive and to the left when negative.

    `whole` fixes the right end (100 for a share); `target` is a line that they are compared with.
    """
    scale = scale_of([*(bar.value for bar in given), target, whole])
    zero = scale.place(0)
    rows = tuple(_row(bar, zero, scale.place(bar.value) if bar.value is not None else zero) for bar in given)
    return BarChart(rows, percent(zero), percent(scale.place(target)) if target is not None else "")


def _row(bar: Bar, zero: float, end: float) -> BarRow:
    return BarRow(bar, percent(min(zero, end)), percent(abs(end - zero)))
