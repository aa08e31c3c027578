"""Everything that is not known, from every package."""

from __future__ import annotations

from dataclasses import dataclass

from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown
from calpulli_core.text.folding import order_key


@dataclass(frozen=True)
class Listed:
    """The unknowns that a filter leaves, and how many there are of each mark and of each owner."""

    shown: tuple[Unknown, ...]
    total: int
    by_mark: dict[str, int]
    by_owner: dict[str, int]

    def by_place(self) -> list[tuple[str, list[Unknown]]]:
        """Those shown, by the page where they are."""
        places: dict[str, list[Unknown]] = {}
        for one in self.shown:
            places.setdefault(one.place, []).append(one)
        return list(places.items())


def listed_unknowns(*, mark: str = "", owner: str = "") -> Listed:
    """All unknowns, or those of a mark or of an owner; in the order of owner, page and name."""
    found = sorted((one for source in UNKNOWNS for one in source.unknowns()), key=_place)
    shown = [one for one in found if mark in ("", one.mark) and owner in ("", one.owner)]
    owners = sorted({one.owner for one in found}, key=order_key)
    return Listed(
        tuple(shown),
        len(found),
        {kind.value: sum(one.mark == kind for one in found) for kind in Mark},
        {name: sum(one.owner == name for one in found) for name in owners},
    )


def _place(one: Unknown) -> tuple[object, ...]:
    return order_key(one.owner), order_key(one.place), one.url, order_key(one.what)
