"""Data for measuring: skewed sizes, ties, gaps; the same for the same seed. Nothing in it is a real fact."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from typing import Any

from calpulli_core.board.facts import ZERO, fact_digest

NAMES = {
    "planning.edition_captured": 80,
    "planning.edition_submitted": 12,
    "planning.edition_returned": 5,
    "planning.plan_imported": 3,
}
TABLES = ("planning_edition", "planning_period", "planning_line", "people_account")
WORDS = ("corrección", "periodo", "línea", 'dijo "sí"', "ñandú", "área\n", "presupuesto", "a\\b", "seguimiento", "😀", "año")
MOST_ROWS = 80
BEGAN = dt.datetime(2026, 1, 5, 15, tzinfo=dt.UTC)


def facts(count: int, *, after: int = 0, previous: str = ZERO, chain: str = "planning") -> list[dict[str, Any]]:
    """`count` facts that follow fact `after`, whose digest is `previous`, in the form that bundles carry.

    Most change one row, a few dozens (an import); a few accounts do most of the work; many share their second; keys
    of rows have gaps.
    """
    dice = random.Random(20_230_515)
    actors, instants = _actors(dice), _instants(dice)
    made: list[dict[str, Any]] = []
    for sequence in range(after + 1, after + count + 1):
        fact = {
            "actor": next(actors),
            "at": next(instants),
            "chain": chain,
            "details": _details(dice),
            "name": dice.choices(list(NAMES), list(NAMES.values()))[0],
            "previous": previous,
            "rows": [_row(dice) for _ in range(few(dice))],
            "sequence": sequence,
        }
        previous = fact["digest"] = fact_digest(fact)
        made.append(fact)
    return made


def few(dice: random.Random) -> int:
    """Mostly 1, seldom dozens: how many rows an act changes."""
    return min(int(dice.paretovariate(1.6)), MOST_ROWS)


def digest(dice: random.Random) -> str:
    """64 hex of no particular thing."""
    return f"{dice.getrandbits(256):064x}"


def text(dice: random.Random) -> str:
    """A few words, seldom many."""
    return " ".join(dice.choices(WORDS, k=1 + int(dice.lognormvariate(1, 0.8))))


def _actors(dice: random.Random) -> Iterator[str | None]:
    known = [None, *(f"cuenta:{uuid.UUID(int=dice.getrandbits(128), version=4)}" for _ in range(40))]
    while True:
        yield known[min(int(dice.paretovariate(0.9)), len(known)) - 1]


def _instants(dice: random.Random) -> Iterator[str]:
    at = BEGAN
    while True:
        yield at.strftime("%Y-%m-%dT%H:%M:%SZ")
        # Two of three acts fall in the second of the one before; then comes a pause of seconds or of days.
        if dice.random() < 0.33:
            at += dt.timedelta(seconds=min(int(dice.paretovariate(0.6)), 200_000))


def _details(dice: random.Random) -> dict[str, Any]:
    period = f"{dice.randint(1990, 2990)}-Q{dice.randint(1, 4)}"
    return {"edition": 1 + (dice.random() < 0.1), "period": period, "plan": "demo-2026", "reason": text(dice)}


def _row(dice: random.Random) -> list[str | None]:
    table = dice.choices(TABLES, (70, 20, 8, 2))[0]
    return [table, str(dice.randint(1, 50_000) * 3), None if dice.random() < 0.02 else digest(dice)]
