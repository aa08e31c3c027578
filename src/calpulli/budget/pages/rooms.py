"""What the purses have beside the movements that take from them: whoever proposes reads it on the form."""

from __future__ import annotations

from dataclasses import dataclass

from .. import queries
from ..inputs import AdecuacionForm
from ..queries import Purse, YearProgramme


@dataclass(frozen=True)
class Room:
    """Of a movement: the purses of its activity, told once for all its movements, and the one that it names."""

    purses: tuple[Purse, ...]
    is_first: bool
    is_named: bool
    of: Purse | None


def rooms(form: AdecuacionForm, programme: YearProgramme) -> dict[int, Room]:
    """By the number of the movement, of those that have an activity already."""
    found: dict[int, Room] = {}
    told: set[str] = set()
    for place in range(1, form.rows + 1):
        key, source, partida = form.chosen(place)
        activity = programme.activities.get(key)
        if activity is None:
            continue
        own = [one for one in queries.purses(programme.year) if (one.area, one.activity) == (activity.area, key)]
        named = next((one for one in own if (one.source, one.partida) == (source, partida)), None)
        is_first = key not in told
        found[place] = Room(tuple(own) if is_first else (), is_first, bool(source and partida), named)
        told.add(key)
    return found
