"""What `--after` asks of the heads of bundles of version 2 (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.core.verify.cases import FACTS, PLAIN, Case, Fault, case
from tests.core.verify.factory import Installation, content_root, key, parsed, relinked, resealed, sealed_contents
from tests.core.verify.invented_year import EMPTY, PERIOD
from tests.core.verify.primitives import lines

HEADS = "data/heads.jsonl"


def heads(*told: tuple[str, int, str]) -> list[dict[str, Any]]:
    return [{"chain": chain, "digest": digest * 64, "sequence": sequence} for chain, sequence, digest in told]


def all_cases() -> list[Case]:
    """Every chain of the earlier seal, as far or farther."""
    before = heads(("annual", 5, "a"), ("budget", 7, "b"))
    wrong: list[tuple[str, list[dict[str, Any]], int | None]] = [
        ("lacks", heads(("annual", 6, "c")), None),
        ("falls", heads(("annual", 6, "c"), ("budget", 6, "d")), 1),
        ("turns", heads(("annual", 5, "c"), ("budget", 7, "b")), 0),
    ]
    right = [before, heads(("annual", 6, "c"), ("budget", 7, "b"), ("other", 1, "e"))]
    return [
        *(pair(f"year-after-{name}", before, told, ("after", HEADS, line)) for name, told, line in wrong),
        *(pair(f"year-after-right-{number}", before, told) for number, told in enumerate(right)),
        plain_after(before),
        turned_about(before),
    ]


def plain_after(before: list[dict[str, Any]]) -> Case:
    """A bundle of version 1, of another period, after one of version 2."""
    town = Installation()
    old = town.close(PERIOD, year={**EMPTY, HEADS: lines(before)})
    return case("year-after-plain", town.close("2023-Q4"), after=old)


def pair(name: str, before: list[dict[str, Any]], now: list[dict[str, Any]], *faults: Fault) -> Case:
    town = Installation()
    old = town.close(PERIOD, year={**EMPTY, HEADS: lines(before)})
    new = town.close("2023-Q4", year={**EMPTY, HEADS: lines(now)})
    return case(name, new, *faults, after=old, signature=PLAIN if faults else None)


def turned_about(before: list[dict[str, Any]]) -> Case:
    """Sealed before the bundle that was published first: its heads may be older, and here one of them is not."""
    now = {**EMPTY, HEADS: lines(heads(("annual", 4, "f"), ("budget", 8, "f")))}
    town = Installation(sealed_on=date(2024, 3, 1))
    old = town.close(PERIOD, year={**EMPTY, HEADS: lines(before)})
    facts = parsed(old[FACTS])
    root = content_root({**sealed_contents(town.plan, "2023-Q4", town.programme), **now})
    details = {"content_root": root, "edition": 1, "period": "2023-Q4", "plan": town.plan}
    told = [facts[0], {**facts[1], "details": details}, facts[1], facts[2]]
    early = relinked([{**fact, "sequence": number} for number, fact in enumerate(told, 1)])
    town.last = resealed(old, {FACTS: lines(early)}, key(1), attested=False)
    town.past.clear()
    town._remember()
    old, new = town.last, town.close("2023-Q4", year=now)
    later = lines(relinked([*early, {**early[3], "sequence": 5}]))
    sealed = resealed(new, {FACTS: later}, key(1), attested=False)
    return case("year-after-turned-about", sealed, ("after", HEADS, 1), after=old, signature=PLAIN)
