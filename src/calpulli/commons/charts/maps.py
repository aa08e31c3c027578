"""Areas on a map, each filled by the step its value falls in: steps differ by pattern, and each area carries its mark.

Polygons are longitude and latitude, as GeoJSON has them (RFC 7946). The projection keeps shapes at the middle latitude
(equirectangular), which is enough for a city or a state.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from .words import number_words

WIDTH = 320.0
MOST_STEPS = 4
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Area:
    """An area by key, its name, the few letters that mark it on the map, and its rings."""

    key: str
    name: str
    mark: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Shape:
    """An area drawn: its path, the step of its value (1 the lowest; 0 without data), and where its mark stands."""

    area: Area
    path: str
    step: int
    x: float
    y: float


@dataclass(frozen=True)
class AreaMap:
    """A map `width` by `height` units; `steps` are the words of each step, the lowest first."""

    kind: ClassVar[str] = "map"
    shapes: tuple[Shape, ...]
    width: float
    height: float
    steps: tuple[str, ...]
    has_missing: bool


def areas_of_geojson(data: Mapping[str, Any], *, key: str, name: str, mark: str = "") -> list[Area]:
    """The areas of a FeatureCollection of polygons; `key`, `name` and `mark` name its properties."""
    found = []
    for feature in data["features"]:
        told, geometry = feature["properties"], feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for polygon in polygons for ring in polygon)
        found.append(Area(str(told[key]), str(told[name]), str(told[mark or key]), rings))
    return found


def area_map(areas: Sequence[Area], values: Mapping[str, float | None], *, steps: int = MOST_STEPS) -> AreaMap:
    """A map of the areas; one without a value is drawn as missing. ValueError without areas."""
    if not areas:
        raise ValueError("a map needs areas")
    known = [value for area in areas if (value := values.get(area.key)) is not None]
    breaks = _breaks(known, min(steps, MOST_STEPS))
    project, height = _projection(areas)
    shapes = tuple(_shape(area, values.get(area.key), breaks, project) for area in areas)
    return AreaMap(shapes, WIDTH, height, _words(breaks), len(known) < len(areas))


def _breaks(known: Sequence[float], steps: int) -> list[float]:
    """Ends of equal steps from the least to the most: equal steps can be said in words, quantiles cannot."""
    if not known:
        return []
    low, high = min(known), max(known)
    if low == high:
        return [low, high]
    return [low + (high - low) * place / steps for place in range(steps + 1)]


def _words(breaks: Sequence[float]) -> tuple[str, ...]:
    if len(breaks) == 2 and breaks[0] == breaks[1]:
        return (number_words(breaks[0]),)
    return tuple(f"{number_words(low)} a {number_words(high)}" for low, high in itertools.pairwise(breaks))


def _step(value: float | None, breaks: Sequence[float]) -> int:
    """A value on the border of two steps is in the higher; the greatest of all in the last."""
    if value is None:
        return 0
    return max(1, min(sum(value >= end for end in breaks), len(breaks) - 1))


class _Projection:
    """Longitude and latitude to units of the map, north up."""

    def __init__(self, west: float, north: float, unit: float, squeeze: float) -> None:
        self.west, self.north, self.unit, self.squeeze = west, north, unit, squeeze

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - self.west) * self.squeeze * self.unit, (self.north - point[1]) * self.unit


def _projection(areas: Sequence[Area]) -> tuple[_Projection, float]:
    points = [point for area in areas for ring in area.rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    unit = WIDTH / (((east - west) * squeeze) or 1.0)
    return _Projection(west, north, unit, squeeze), round((north - south) * unit, 1)


def _shape(area: Area, value: float | None, breaks: Sequence[float], project: _Projection) -> Shape:
    rings = [[project(point) for point in ring] for ring in area.rings]
    x, y = _middle(max(rings, key=lambda ring: abs(_doubled_area(ring))))
    return Shape(area, "".join(map(_path, rings)), _step(value, breaks), round(x, 1), round(y, 1))


def _path(ring: Sequence[tuple[float, float]]) -> str:
    """A tenth of a unit is finer than a screen shows; what falls on the same place is written once."""
    places = [f"{x:.1f},{y:.1f}" for x, y in ring]
    kept = [place for before, place in zip(["", *places], places, strict=False) if place != before]
    return f"M{'L'.join(kept)}Z"


def _doubled_area(ring: Sequence[tuple[float, float]]) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of mass of a ring (Green's theorem); of a degenerate one, its first point."""
    doubled = _doubled_area(ring)
    if abs(doubled) < 1e-9:
        return ring[0]
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    x = sum((a + c) * (a * d - c * b) for (a, b), (c, d) in pairs) / (3 * doubled)
    y = sum((b + d) * (a * d - c * b) for (a, b), (c, d) in pairs) / (3 * doubled)
    return x, y
