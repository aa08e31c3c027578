"""How anyone asks an area for something: data of the institute, `[asking]` of its `institute.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calpulli.commons import institutes

from ..models import Area
from .organisation import find_area


@dataclass(frozen=True)
class Way:
    """Where to ask; what the institute has not given is empty. `through`: the area that takes the question for another."""

    mail: str
    phone: str
    place: str
    hours: str
    note: str
    through: Area | None


def way_to_ask(area: Area) -> Way | None:
    """The area's own way, or that of the area through which the institute is asked; None while it has given none."""
    return ways_to_ask([area])[area.key]


def ways_to_ask(areas: Iterable[Area]) -> dict[str, Way | None]:
    """The same of many areas, by key: the area through which the institute is asked is looked up once, or never."""
    found = list(areas)
    told = institutes.section("asking")
    ways = told.get("areas", {})
    way_through = None
    if any(area.key not in ways for area in found):
        way_through = _way_through(str(told.get("through", "")), ways)
    return {area.key: _way(ways[area.key], None) if area.key in ways else way_through for area in found}


def _way_through(name: str, ways: dict[str, dict[str, str]]) -> Way | None:
    through = find_area(name) if name else None
    return _way(ways[through.key], through) if through and through.key in ways else None


def _way(told: dict[str, str], through: Area | None) -> Way:
    words = {name: str(told.get(name, "")) for name in ("mail", "phone", "place", "hours", "note")}
    return Way(**words, through=through)
