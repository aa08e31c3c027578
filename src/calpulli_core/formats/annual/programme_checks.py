"""What the tables of the annual programme owe each other: keys that are there, shares of 100, goals with their unit."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from calpulli_core.formats.sheets.declared import Kind, Table
from calpulli_core.formats.sheets.findings import Faults
from calpulli_core.formats.sheets.keys import tell_repeated, tell_unknown
from calpulli_core.formats.sheets.numbers import written
from calpulli_core.formats.sheets.reading import UNREAD, Read
from calpulli_core.formats.sheets.texts import skeleton
from calpulli_core.goals import come_to

from .known import Named, Picture, Reads
from .rows import AnnualFile
from .tables import ACTIVITIES, BUDGET, DELIVERIES, GOALS, MATRIX, PROGRAMMES, SHARES
from .words import HUNDRED, MONTHS

# Column of a table, and the table whose keys it holds.
_REFERENCES = (
    (MATRIX, "programme", PROGRAMMES),
    (ACTIVITIES, "programme", PROGRAMMES),
    (SHARES, "activity", ACTIVITIES),
    (GOALS, "activity", ACTIVITIES),
    (BUDGET, "programme", PROGRAMMES),
    (BUDGET, "activity", ACTIVITIES),
    (DELIVERIES, "activity", ACTIVITIES),
)


def check_programme(reads: Reads, seen: Picture, before: AnnualFile | None, faults: Faults) -> None:
    """Note everything in which the tables that came, with what was there already, do not agree."""
    for read in reads.values():
        if read.table.unique:
            tell_repeated(read, faults.of(read.table.sheet))
    for table, column, of in _REFERENCES:
        known = seen.known(of.key)
        if table.key in reads and known is not None:
            tell_unknown(reads[table.key], column, known, faults.of(table.sheet))
    _check_matrix(reads, seen, before, faults)
    _check_orphans(reads, seen, faults)
    if SHARES.key in reads:
        _check_sums(reads[SHARES.key], faults.of(SHARES.sheet))
    if GOALS.key in reads:
        _check_goals(reads[GOALS.key], seen, faults.of(GOALS.sheet))
    if DELIVERIES.key in reads:
        _warn_repeated(reads[DELIVERIES.key], faults.of(DELIVERIES.sheet))
    if ACTIVITIES.key in reads:
        own = faults.of(ACTIVITIES.sheet)
        _warn_without(reads, SHARES, before.shares if before else None, own, "no_shares")
        _warn_without(reads, GOALS, before.goals if before else None, own, "no_goals")


def _warn_repeated(read: Read, faults: Faults) -> None:
    """Deliveries may repeat; one that says all that an earlier one says is worth a look."""
    seen: dict[tuple[Any, ...], int] = {}
    for row, values in read.rows:
        earlier = seen.setdefault(tuple(values), row)
        if earlier != row and UNREAD not in values:
            faults.warn(row, None, "", "same_delivery", earlier=earlier)


def _check_matrix(reads: Reads, seen: Picture, before: AnnualFile | None, faults: Faults) -> None:
    """A programme that carries a matrix has its rows, and only such a one."""
    matrix, programmes = reads.get(MATRIX.key), reads.get(PROGRAMMES.key)
    if matrix is None and programmes is None:
        return
    if matrix is not None:
        rowed = {key for _, key in matrix.column("programme") if isinstance(key, str)}
        _tell_unneeded(matrix, seen.programmes or {}, faults.of(MATRIX.sheet))
    else:
        rowed = {row.programme for row in (before.matrix if before else None) or ()}
    spoiled = matrix.spoiled.get("programme", set()) if matrix is not None else set()
    for key, named in (seen.programmes or {}).items():
        if named.get("needs_matrix") is True and key not in rowed and skeleton(key) not in spoiled:
            place = programmes.place("key") if programmes and named.row else None
            sheet = PROGRAMMES.sheet if named.row else MATRIX.sheet
            faults.of(sheet).add(named.row or None, place, key, "matrix_rows", sheet=MATRIX.sheet)


def _tell_unneeded(matrix: Read, programmes: dict[str, Named], faults: Faults) -> None:
    for row, key in matrix.column("programme"):
        if isinstance(key, str) and key in programmes and programmes[key].get("needs_matrix") is False:
            faults.add(row, matrix.place("programme"), key, "matrix_unneeded")


def _check_orphans(reads: Reads, seen: Picture, faults: Faults) -> None:
    """Activities that were there keep a programme."""
    if PROGRAMMES.key not in reads or ACTIVITIES.key in reads:
        return
    for key, named in (seen.activities or {}).items():
        if named.get("programme") not in (seen.programmes or {}):
            told = faults.of(PROGRAMMES.sheet)
            told.add(None, None, named.get("programme"), "orphan", activity=key, sheet=ACTIVITIES.sheet)


def _check_sums(read: Read, faults: Faults) -> None:
    """The shares of each activity sum to 100; told at its last row."""
    rows: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for (row, activity), (_, share) in zip(read.column("activity"), read.column("share"), strict=True):
        if isinstance(activity, str):
            rows[activity].append((row, share))
    spoiled = read.spoiled.get("activity", set())
    for activity, found in rows.items():
        whole = all(isinstance(share, int) for _, share in found) and skeleton(activity) not in spoiled
        total = sum(share for _, share in found) if whole else HUNDRED
        if total != HUNDRED:
            rule = "shares_format" if total == HUNDRED // 100 else "shares_sum"
            told = written(total, Kind.PERCENT)
            faults.add(found[-1][0], read.place("share"), activity, rule, sum=told)


def _check_goals(read: Read, seen: Picture, faults: Faults) -> None:
    at = [read.table.places[f"month_{number}"] for number in range(1, len(MONTHS) + 1)]
    activity, unit, total = (read.table.places[key] for key in ("activity", "unit", "total"))
    for row, values in read.rows:
        named = (seen.activities or {}).get(values[activity]) if isinstance(values[activity], str) else None
        own = named.get("unit") if named else UNREAD
        if isinstance(own, str) and isinstance(values[unit], str) and own != values[unit]:
            faults.add(row, read.place("unit"), values[unit], "goal_unit_differs", unit=own)
        months = [values[position] for position in at]
        if not any(months):
            faults.add(row, read.place("month_1"), months[0], "goal_empty")
        elif isinstance(values[total], int) and UNREAD not in months:
            _check_total(row, values[total], months, named, read, faults)


def _check_total(row: int, total: int, months: list[Any], named: Named | None, read: Read, faults: Faults) -> None:
    told = {number: month for number, month in enumerate(months, 1) if month is not None}
    right = come_to(told, told, cumulative=not (named and named.get("cumulative") is False))
    if total != right and not (named and named.get("cumulative") is UNREAD):
        kind = Kind.THOUSANDTHS
        faults.add(row, read.place("total"), written(total, kind), "goal_total", sum=written(right, kind))


def _warn_without(reads: Reads, table: Table, before: tuple[Any, ...] | None, faults: Faults, rule: str) -> None:
    """Activities that a draft may still have without rows of `table`."""
    activities, read = reads[ACTIVITIES.key], reads.get(table.key)
    told = {row.activity for row in before or ()}
    spoiled: set[str] = set()
    if read is not None:
        told = {key for _, key in read.column("activity") if isinstance(key, str)}
        spoiled = read.spoiled.get("activity", set())
    for row, key in activities.column("key"):
        if isinstance(key, str) and key not in told and skeleton(key) not in spoiled:
            faults.warn(row, activities.place("key"), key, rule, sheet=table.sheet)
