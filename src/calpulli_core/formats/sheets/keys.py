"""Keys across rows and tables: repeated, confused with another one, or of nothing that there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from .findings import Faults, shown
from .reading import UNREAD, Read
from .texts import skeleton


def tell_repeated(read: Read, faults: Faults) -> None:
    """Note each row whose unique columns say what an earlier one says, or what people would confuse with it."""
    table = read.table
    at = [table.places[key] for key in table.unique]
    seen: dict[tuple[Any, ...], int] = {}
    alike: dict[tuple[str, ...], tuple[str, int]] = {}
    for row, values in read.rows:
        told = tuple(values[position] for position in at)
        if any(value is UNREAD or value is None for value in told) or not told:
            continue
        text = " · ".join(map(shown, told))
        if told in seen:
            faults.add(row, read.places[at[0]], text, "duplicate", earlier=seen[told])
            continue
        seen[told] = row
        bones = tuple(skeleton(shown(value)) for value in told)
        if bones in alike:
            other, earlier = alike[bones]
            faults.add(row, read.places[at[0]], text, "lookalike_key", other=other, earlier=earlier)
        alike.setdefault(bones, (text, row))


@dataclass(frozen=True, slots=True)
class Known:
    """Keys that there are: `what` they are of, the `sheet` that lists them, and those that are there but written wrong."""

    keys: Collection[str]
    what: str
    sheet: str
    spoiled: Collection[str] = ()


def tell_unknown(read: Read, key: str, known: Known, faults: Faults) -> None:
    """Note each cell of a column whose key is none of `known`, with the nearest one."""
    for row, told in read.column(key):
        for value in _keys(told):
            if value not in known.keys and skeleton(value) not in known.spoiled:
                near = nearest(value, known.keys)
                faults.add(row, read.place(key), value, "unknown_key", what=known.what, sheet=known.sheet, near=near)


def _keys(value: Any) -> Iterable[str]:
    if value is None or value is UNREAD:
        return ()
    return (value,) if isinstance(value, str) else value


def nearest(key: str, known: Collection[str]) -> str:
    """How a sentence ends: `; ¿quiso decir «A-01»?`, or with a period when none is near."""
    bones = skeleton(key)
    same = [other for other in known if skeleton(other) == bones]
    near = same or get_close_matches(key, list(known), 1, 0.7)
    return meant(near)


def meant(near: Sequence[str]) -> str:
    """How a sentence ends that offers the nearest word, if there is one."""
    return f"; ¿quiso decir «{near[0]}»?" if near else "."
