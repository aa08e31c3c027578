"""What changed from one edition of a table to the next, row by row, by the columns that tell rows apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .tables import to_csv

HEADINGS = ("que_paso", "renglon", "columna", "antes", "ahora")
Line = tuple[str, str, str, str, str]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Changes:
    """Counts, for a sentence and for the fact; and every difference, as lines of a table."""

    counts: dict[str, Any]
    lines: list[Line]

    def as_csv(self) -> bytes:
        """Every difference as a file."""
        return to_csv(HEADINGS, self.lines)


def compared(old: Rows, new: Rows, *, keys: Sequence[str], columns: Sequence[str], before: Sequence[str]) -> Changes:
    """The changes from `old` (with the columns `before`) to `new` (with `columns`)."""
    kept = [name for name in columns if name in before]
    by = _telling_apart(old, new, keys, kept)
    sides = _by_key(old, by), _by_key(new, by)
    lines = list(_lines(*sides, kept))
    told = Counter(line[2] for line in lines if line[0] == "cambió")
    counts = {
        "added": len(sides[1].keys() - sides[0].keys()),
        "removed": len(sides[0].keys() - sides[1].keys()),
        "changed": {name: told[name] for name in kept if told[name]},
        "columns_added": [name for name in columns if name not in before],
        "columns_removed": [name for name in before if name not in columns],
    }
    return Changes(counts, lines)


def _telling_apart(old: Rows, new: Rows, keys: Sequence[str], kept: Sequence[str]) -> Sequence[str]:
    """By which columns rows are the same on both sides: the keys, if both have them and each row its own; else all of them."""
    if set(keys) <= set(kept) and all(len({_key(row, keys) for row in rows}) == len(rows) for rows in (old, new)):
        return keys
    return kept


def _by_key(rows: Rows, keys: Sequence[str]) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """Each row by its key and, of rows that have the same, by which of them it is: none is lost."""
    seen: Counter[tuple[Any, ...]] = Counter()
    found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in rows:
        key = _key(row, keys)
        found[(*key, seen[key])] = row
        seen[key] += 1
    return found


def _key(row: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_present(row.get(name)) for name in names)


def _present(value: Any) -> Any:
    """An empty text and an absent one are the same: older editions write both."""
    return None if value == "" else value


def _lines(
    old: Mapping[tuple[Any, ...], Mapping[str, Any]], new: Mapping[tuple[Any, ...], Mapping[str, Any]], kept: Sequence[str]
) -> Iterator[Line]:
    yield from (("se quitó", _named(key), "", "", "") for key in old if key not in new)
    for key, row in new.items():
        if key not in old:
            yield "se agregó", _named(key), "", "", ""
            continue
        for name in kept:
            if _present(old[key][name]) != _present(row[name]):
                yield "cambió", _named(key), name, _text(old[key][name]), _text(row[name])


def _named(key: tuple[Any, ...]) -> str:
    return " · ".join(_text(part) for part in key[:-1])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
