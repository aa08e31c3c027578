"""What cells held when they were last read, with where the chains stood then: a fact takes away only what it may have changed.

Nothing here is older than the page that asks: where the chains stand is asked for every page (`ledger.doors.one_look`), before
the rows are read; what facts since then may have changed, as its package says, is read again. In a transaction nothing is
taken or kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calpulli.commons.registries.measures import Change, Measure
from calpulli.ledger.doors import Head, database, head, touched_since

from .questions import Cell, Tally, months_of, tallied

MOST_KEPT = 50_000  # cells of a measure; whoever asks for more starts it anew
Wanted = Iterable[tuple[Measure, list[Cell]]]


@dataclass(frozen=True)
class _Held:
    """What a measure held in one database; None: nothing was there."""

    measure: Measure
    database: str
    heads: tuple[Head, ...]
    tallies: dict[Cell, Tally | None]


_held: dict[str, _Held] = {}


def remembered_tallies(wanted: Wanted) -> dict[Cell, Tally]:
    """As `tallied`; of what was read before, only what may have changed is read again."""
    wanted, here = list(wanted), database()
    if here is None:
        return tallied(wanted)
    held = {measure.key: _still(measure, here) for measure, _ in wanted}
    lacking = [(measure, [cell for cell in cells if cell not in held[measure.key].tallies]) for measure, cells in wanted]
    fresh = tallied((measure, cells) for measure, cells in lacking if cells)
    for measure, cells in lacking:
        _keep(measure.key, held[measure.key], {cell: fresh.get(cell) for cell in cells})
    known = ((cell, held[measure.key].tallies.get(cell)) for measure, cells in wanted for cell in cells)
    return {cell: tally for cell, tally in known if tally is not None} | fresh


def _keep(key: str, held: _Held, fresh: dict[Cell, Tally | None]) -> None:
    """Other threads may put theirs in its place at any moment: each is whole by itself."""
    together = held.tallies | fresh if len(held.tallies) + len(fresh) <= MOST_KEPT else fresh
    _held[key] = _Held(held.measure, held.database, held.heads, together)


def _still(measure: Measure, here: str) -> _Held:
    """What still holds of a measure, where its chains stand now."""
    heads = tuple(head(chain) for chain in measure.chains)
    before = _held.get(measure.key)
    if before is None or before.measure is not measure or before.database != here:
        return _Held(measure, here, heads, {})
    if before.heads == heads:
        return before
    changes = _changes(measure, before.heads, heads)
    kept = {} if changes is None else {cell: tally for cell, tally in before.tallies.items() if not _is_of(cell, changes)}
    return _Held(measure, here, heads, kept)


def _changes(measure: Measure, before: tuple[Head, ...], now: tuple[Head, ...]) -> list[Change] | None:
    """None: anything may have changed."""
    found: list[Change] = []
    for earlier, later in zip(before, now, strict=True):
        touched = touched_since(earlier) if earlier != later else {}
        told = measure.changed(touched) if measure.changed and touched is not None else None
        if told is None:
            return None
        found += told
    return found


def _is_of(cell: Cell, changes: list[Change]) -> bool:
    """Whether any of the changes is within the cell."""
    months = months_of(cell.moment)
    return any(one.month in months and all(value in one.where.get(key, (value,)) for key, value in cell.where) for one in changes)
