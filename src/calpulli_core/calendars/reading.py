"""Reads books of days from TOML: a ``[[book]]`` for each, with a ``[[book.entry]]`` for each thing said of some days.

A book may extend one above it in the file: it has its entries too.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping

from calpulli_core.calendars.book import Book
from calpulli_core.calendars.days import EVERYTHING, KINDS, WEEKLY, YEARLY, Entry, EveryDay, Weekdays, YearDay
from calpulli_core.calendars.periods import FIRST_YEAR, LAST_YEAR
from calpulli_core.calendars.tables import Table, document, opened
from calpulli_core.law.norms import NormDefect, NormErrors

WEEK = tuple(name.lower() for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
YEAR = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SCOPE = re.compile(r"\*|[a-z0-9_]+(\.[a-z0-9_]+)*")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_NTH = re.compile(rf"([1-5]) ({'|'.join(WEEK)}) ({'|'.join(YEAR)})")
_REQUIRED = ("key", "kind", "article", "source", "confirmed")
_OPTIONAL = ("scope", "decided")
_OF_KIND = {WEEKLY: ("valid_from", "valid_until"), YEARLY: ("every", "since", "valid_from", "valid_until")}
_LEAP = 2024


def load_books(text: str, *, file: str) -> dict[str, Book]:
    """The books of a TOML text by their keys. ``file`` only names it in the errors.

    Raises NormErrors with every defect: unreadable TOML, wrong keys or types, days that do not exist, repeated keys.
    """
    found = document(text, file)
    defects = [
        NormDefect(file, key, "", "Solo se admiten tablas [[book]].", "Quite esta clave.") for key in found if key != "book"
    ]
    books = _books(opened(found, "book", place="book", file=file, defects=defects))
    if not found.get("book"):
        defects.append(NormDefect(file, "book", "", "Debe haber al menos una tabla [[book]].", "Agregue un libro de días."))
    if defects:
        raise NormErrors(defects)
    return books


def _books(tables: list[Table]) -> dict[str, Book]:
    books: dict[str, Book] = {}
    for table in tables:
        table.keys(("key",), ("extends", "entry"))
        key = _key(table)
        if key in books:
            table.refuse("key", "Ya hay un libro con esta clave.", "Dele otra.")
        books[key] = Book(key, _entries(table, _extended(table, books)))
    return books


def _key(table: Table) -> str:
    return table.named("key", _KEY, "Es un nombre en minúsculas, cifras y guiones.", "semana-santa-2026")


def _extended(table: Table, books: Mapping[str, Book]) -> tuple[Entry, ...]:
    if not table.has("extends"):
        return ()
    name = table.choice("extends", tuple(books), "")
    return books[name].entries if name in books else ()


def _entries(book: Table, inherited: tuple[Entry, ...]) -> tuple[Entry, ...]:
    entries = {entry.key: entry for entry in inherited}
    for table in book.tables("entry", "entry"):
        entry = _entry(table)
        if entry.key in entries and table.has("key"):
            table.refuse("key", "Ya hay una entrada con esta clave en el libro.", "Dele otra.")
        entries[entry.key] = entry
    return tuple(entries.values())


def _entry(table: Table) -> Entry:
    kind = table.choice("kind", KINDS, "")
    table.keys(*_keys(kind))
    first, last = table.span("valid_from", "valid_until") if kind in _OF_KIND else table.span("from", "until")
    return Entry(
        key=_key(table),
        kind=kind,
        days=_days(table, kind),
        article=table.text("article"),
        source=table.text("source"),
        confirmed=table.flag("confirmed"),
        scope=table.named("scope", _SCOPE, "Es un nombre en minúsculas con puntos, o *.", EVERYTHING),
        first=first,
        last=last,
        decided_on=table.day("decided"),
    )


def _keys(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that an entry must have and may have; of a kind that is not known, any of any kind may be meant."""
    if kind not in KINDS:
        return _REQUIRED, (*_OPTIONAL, "days", *_OF_KIND[YEARLY], "from", "until")
    days = ("days",) if kind in _OF_KIND else ("from", "until")
    return (*_REQUIRED, *days), (*_OPTIONAL, *_OF_KIND.get(kind, ()))


def _days(table: Table, kind: str) -> tuple[EveryDay | Weekdays | YearDay, ...]:
    if kind == WEEKLY:
        numbers = table.many("days", _weekday, "Son días de la semana.", f"Use: {', '.join(WEEK)}.")
        return (Weekdays(frozenset(numbers)),)
    if kind == YEARLY:
        return _year_days(table)
    return (EveryDay(),)


def _weekday(word: str) -> int | None:
    return WEEK.index(word) if word in WEEK else None


def _year_days(table: Table) -> tuple[YearDay, ...]:
    every = table.whole("every", 1, 100, 1)
    since = table.whole("since", FIRST_YEAR, LAST_YEAR, FIRST_YEAR) if table.has("since") else None
    if every > 1 and since is None:
        table.refuse("since", "Lo que no es de cada año dice desde cuál se cuenta.", "Agregue el año en «since».")
    remedy = 'Escríbalos como "05-01", o como "1 monday february".'
    found = table.many("days", _year_day, "Son días del año que existen.", remedy)
    return tuple(YearDay(month, number, weekday, every, since) for month, number, weekday in found)


def _year_day(text: str) -> tuple[int, int, int | None] | None:
    """Month, number and day of the week: of the first Monday of February 2, 1, 0; of 1 May 5, 1, None."""
    if nth := _NTH.fullmatch(text):
        return YEAR.index(nth[3]) + 1, int(nth[1]), WEEK.index(nth[2])
    if given := _MONTH_DAY.fullmatch(text):
        month, number = int(given[1]), int(given[2])
        if 1 <= month <= 12 and 1 <= number <= calendar.monthrange(_LEAP, month)[1]:
            return month, number, None
    return None
