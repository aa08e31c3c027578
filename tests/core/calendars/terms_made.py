"""What the tests of terms are made of: the books of the worked cases, rules, stages, and days as others would say them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from calpulli_core.calendars.book import Book
from calpulli_core.calendars.deadlines import Reckoning, reckon
from calpulli_core.calendars.reading import load_books
from calpulli_core.calendars.stages import Moment, Roll, Stage, Term, TermRule, Unit

HERE = Path(__file__).parent
SCOPE = "participacion.dictamen"


@cache
def books() -> dict[str, Book]:
    return load_books((HERE / "books.toml").read_text(encoding="utf-8"), file="books.toml")


def day(written: str) -> date:
    """`07-20` is of 2026."""
    return date.fromisoformat(written if len(written) == 10 else f"2026-{written}")


def days(written: str) -> list[date]:
    return [day(one) for one in written.split()]


def at(written: str) -> datetime:
    """`07-20T10:00` is of 2026."""
    return datetime.fromisoformat(f"2026-{written}")


def rule(amount: int, unit: str, *, of: dict[str, Any] | None = None, **term: Any) -> TermRule:
    """A rule of one version; ``of`` is what is not of its term."""
    if "roll" in term:
        term["roll"] = Roll(term["roll"])
    told = {"key": "demo.term", "article": "Artículo inventado 3", "source": "Regla inventada", "confirmed": True, **(of or {})}
    return TermRule(term=Term(amount, Unit(unit), **term), **told)


def due(
    start: date | datetime | str,
    rules: TermRule | Iterable[TermRule],
    *,
    book: str | Book = "bare",
    scope: str = SCOPE,
    known_on: date | None = None,
    **stage: Any,
) -> Reckoning:
    if isinstance(start, str):
        start = at(start) if "T" in start else day(start)
    versions = [rules] if isinstance(rules, TermRule) else list(rules)
    ground = books()[book] if isinstance(book, str) else book
    return reckon(Stage(scope, Moment.of(start), **stage), versions, ground, known_on=known_on)
