"""What the rows of the budget owe each other: increases that balance reductions; and what only looks odd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from calpulli_core.budget import Balance, Disorder, disorders
from calpulli_core.formats.sheets.declared import Kind
from calpulli_core.formats.sheets.findings import Faults
from calpulli_core.formats.sheets.numbers import written
from calpulli_core.formats.sheets.reading import UNREAD, Read

from .known import Picture
from .rows import Moment, kept_entry
from .words import MOMENTS, MONTHS

_WORDS = {moment: word for word, moment in MOMENTS.items()}
_UNSIGNED = (Moment.INCREASE, Moment.REDUCTION)
_PURSE = ("area", "activity", "source", "partida")
_NAMES = {moment.value: word.lower() for word, moment in MOMENTS.items()} | {"modified": "modificado"}
Row = tuple[int, list[Any]]
Entry = tuple[int, int, str, int]  # row, month, moment, cents


def check_budget(read: Read, seen: Picture, faults: Faults) -> None:
    """Note what is wrong with the amounts; warn of what is odd."""
    _check_amounts(read, faults)
    _check_programmes(read, seen, faults)
    _check_balance(read, faults)
    _warn_repeated(read, faults)
    _warn_moments(read, faults)


def _check_amounts(read: Read, faults: Faults) -> None:
    moment, amount = read.table.places["moment"], read.table.places["amount"]
    for row, values in read.rows:
        cents = values[amount]
        if not isinstance(cents, int):
            continue
        if cents == 0:
            faults.add(row, read.place("amount"), "0", "zero_amount")
        elif cents < 0 and values[moment] in _UNSIGNED:
            word = _WORDS[values[moment]]
            faults.add(row, read.place("amount"), _pesos(cents), "adjustment_sign", moment=word)


def _check_programmes(read: Read, seen: Picture, faults: Faults) -> None:
    """The programme of a row is that of its activity."""
    own = {key: named.get("programme") for key, named in (seen.activities or {}).items()}
    programme, activity = read.table.places["programme"], read.table.places["activity"]
    for row, values in read.rows:
        right, told = own.get(values[activity]) if isinstance(values[activity], str) else None, values[programme]
        known = seen.programmes is None or told in seen.programmes
        if isinstance(right, str) and isinstance(told, str) and told != right and known:
            faults.add(row, read.place("programme"), told, "other_programme", programme=right)


def _check_balance(read: Read, faults: Faults) -> None:
    """Under each document what is increased is what is reduced; told at its last row."""
    moment, document, amount = (read.table.places[key] for key in ("moment", "document", "amount"))
    found: dict[str, list[Row]] = defaultdict(list)
    for row, values in read.rows:
        if values[moment] in (Moment.INCREASE, Moment.REDUCTION) and isinstance(values[document], str):
            found[values[document]].append((row, values))
    spoiled = _spoiled_documents(read)
    for name, rows in found.items():
        if name in spoiled or not all(isinstance(values[amount], int) for _, values in rows):
            continue
        up = sum(values[amount] for _, values in rows if values[moment] is Moment.INCREASE)
        down = sum(values[amount] for _, values in rows if values[moment] is Moment.REDUCTION)
        if up != down:
            told = {"increase": _pesos(up), "reduction": _pesos(down), "difference": _pesos(abs(up - down))}
            faults.add(rows[-1][0], read.place("document"), name, "unbalanced", **told)


def _spoiled_documents(read: Read) -> set[str]:
    """Documents with a row whose moment is not known: whether they balance cannot be said."""
    moment, document = read.table.places["moment"], read.table.places["document"]
    return {values[document] for _, values in read.rows if values[moment] is UNREAD and isinstance(values[document], str)}


def _warn_repeated(read: Read, faults: Faults) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    for row, values in read.rows:
        told = tuple(values)
        if UNREAD in told:
            continue
        earlier = seen.setdefault(told, row)
        if earlier != row:
            faults.warn(row, read.place("document"), values[read.table.places["document"]], "same_entry", earlier=earlier)


def _warn_moments(read: Read, faults: Faults) -> None:
    """Flags each purse whose moments are out of order, at the first month in which they are.

    Only moments of which the file has something are compared: the others may have come before.
    """
    places = [read.table.places[key] for key in (*_PURSE, "month", "moment", "amount")]
    purses: dict[tuple[Any, ...], list[Entry]] = defaultdict(list)
    for row, values in read.rows:
        told = [values[at] for at in places]
        if UNREAD not in told and None not in told:
            purses[tuple(told[:4])].append((row, told[4], *kept_entry(told[5], told[6])))
    for entries in purses.values():
        for row, one in _disorders(entries):
            words = {"month": MONTHS[one.month - 1].lower(), "later": _NAMES[one.lesser], "earlier": _NAMES[one.greater]}
            more, less = map(_pesos, one.cents)
            faults.warn(row, read.place("moment"), _NAMES[one.lesser].capitalize(), "moments", **words, more=more, less=less)


def _disorders(entries: list[Entry]) -> Iterator[tuple[int, Disorder]]:
    """Each pair out of order, with the last row of the later moment up to its month."""
    had = {_stage(moment) for _, _, moment, _ in entries}
    months: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for _, month, moment, cents in entries:
        months[month].append((moment, cents))
    for one in disorders({month: Balance.of(told) for month, told in months.items()}):
        if {one.lesser, one.greater} <= had:
            rows = [row for row, month, moment, _ in entries if moment == one.lesser and month <= one.month]
            yield max(rows, default=entries[0][0]), one


def _stage(moment: str) -> str:
    return "modified" if moment in ("approved", "change") else moment


def _pesos(cents: int) -> str:
    return written(cents, Kind.MONEY)
