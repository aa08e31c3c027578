"""Charts the size of a word: how a value went, and how it stands against what was set. Words beside them say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from .scale import percent, scale_of


@dataclass(frozen=True)
class Point:
    """A place in the drawing."""

    x: str
    y: str


@dataclass(frozen=True)
class Spark:
    """Values along time: pieces between neighbours, a dot for each, and the last of them, if it is there, drawn full."""

    kind: ClassVar[str] = "spark"
    dots: tuple[Point, ...]
    pieces: tuple[tuple[Point, Point], ...]
    last: Point | None
    gaps: tuple[str, ...]  # middles of the places without a value
    target: str  # height of what was set; empty without


@dataclass(frozen=True)
class Bullet:
    """A value from zero, and what was set as an upright line; `length` is empty without a value, `target` without one."""

    kind: ClassVar[str] = "bullet"
    length: str
    target: str


def spark(values: Sequence[float | None], *, target: float | None = None, whole: float | None = None) -> Spark:
    """The values in order, from zero; `whole` is where the scale ends at least (100 for a percentage)."""
    scale = scale_of([*values, target, whole])
    places = [
        None if value is None else Point(_middle(at, len(values)), percent(100 - scale.place(value)))
        for at, value in enumerate(values)
    ]
    pieces = tuple((one, other) for one, other in pairwise(places) if one and other)
    gaps = tuple(_middle(at, len(values)) for at, place in enumerate(places) if place is None)
    line = "" if target is None else percent(100 - scale.place(target))
    return Spark(tuple(place for place in places if place), pieces, places[-1] if places else None, gaps, line)


def bullet(value: float | None, *, target: float | None = None, whole: float | None = None) -> Bullet:
    """A value beside what was set, both from zero; what is less than zero is drawn as nothing."""
    scale = scale_of([value, target, whole])
    length = "" if value is None else percent(max(0.0, scale.place(value) - scale.place(0)))
    return Bullet(length, "" if target is None else percent(scale.place(target)))


def _middle(place: int, count: int) -> str:
    return percent(100 * (place + 0.5) / count)
