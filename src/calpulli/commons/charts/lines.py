"""Values along time: dots joined where both are there, gaps where one is not, and a band to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from .scale import Scale, percent, scale_of
from .words import number_words

# Each has a stroke and a dot of its own; a fifth could not be told apart without colour.
MOST_SERIES = 4
# More words under a plot would run into each other on a phone.
MOST_LABELS = 6


@dataclass(frozen=True)
class Series:
    """A name and one value a label; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Dot:
    """A value's place."""

    x: str
    y: str


@dataclass(frozen=True)
class Drawn:
    """A series: its dots, and the pieces of line between neighbours."""

    name: str
    dots: tuple[Dot, ...]
    pieces: tuple[tuple[Dot, Dot], ...]


@dataclass(frozen=True)
class Gap:
    """A label for which some series has no value: a strip of the plot."""

    x: str
    width: str


@dataclass(frozen=True)
class LineChart:
    """A plot. `ticks` are (words, place from the top), the highest first; `labels` are empty where there is no room."""

    kind: ClassVar[str] = "lines"
    series: tuple[Drawn, ...]
    labels: tuple[str, ...]
    ticks: tuple[tuple[str, str], ...]
    gaps: tuple[Gap, ...]
    band: tuple[str, str] | None  # place from the top, height


@dataclass(frozen=True)
class Multiples:
    """Small plots on one scale, each of one series."""

    kind: ClassVar[str] = "multiples"
    plots: tuple[LineChart, ...]


def lines(labels: Sequence[str], series: Sequence[Series], *, band: tuple[float, float] | None = None) -> LineChart:
    """A plot of up to four series; ValueError for more, or when values and labels are not as many."""
    if not 0 < len(series) <= MOST_SERIES:
        raise ValueError(f"a plot shows 1 to {MOST_SERIES} series: use small multiples")
    return _plot(labels, series, _common(series, band), band)


def multiples(labels: Sequence[str], series: Sequence[Series], *, band: tuple[float, float] | None = None) -> Multiples:
    """One small plot a series, all on one scale, so that they can be compared."""
    scale = _common(series, band)
    return Multiples(tuple(_plot(labels, [one], scale, band) for one in series))


def _common(series: Sequence[Series], band: tuple[float, float] | None) -> Scale:
    return scale_of([*(value for one in series for value in one.values), *(band or ())])


def _plot(labels: Sequence[str], series: Sequence[Series], scale: Scale, band: tuple[float, float] | None) -> LineChart:
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("a series needs one value, or None, for each label")
    ticks = tuple((number_words(tick), percent(100 - scale.place(tick))) for tick in reversed(scale.ticks))
    drawn = tuple(_drawn(one, scale) for one in series)
    return LineChart(drawn, _spaced(labels), ticks, _gaps(series, len(labels)), _band(band, scale))


def _drawn(series: Series, scale: Scale) -> Drawn:
    count = len(series.values)
    places = [_dot(place, count, value, scale) for place, value in enumerate(series.values)]
    pieces = tuple((one, other) for one, other in pairwise(places) if one and other)
    return Drawn(series.name, tuple(dot for dot in places if dot), pieces)


def _dot(place: int, count: int, value: float | None, scale: Scale) -> Dot | None:
    """In the middle of its label's share of the width."""
    return None if value is None else Dot(percent(100 * (place + 0.5) / count), percent(100 - scale.place(value)))


def _gaps(series: Sequence[Series], count: int) -> tuple[Gap, ...]:
    missing = [place for place in range(count) if any(one.values[place] is None for one in series)]
    return tuple(Gap(percent(100 * place / count), percent(100 / count)) for place in missing)


def _band(band: tuple[float, float] | None, scale: Scale) -> tuple[str, str] | None:
    if band is None:
        return None
    low, high = sorted(scale.place(value) for value in band)
    return percent(100 - high), percent(high - low)


def _spaced(labels: Sequence[str]) -> tuple[str, ...]:
    every = -(-len(labels) // MOST_LABELS)
    return tuple(label if place % every == 0 else "" for place, label in enumerate(labels))
