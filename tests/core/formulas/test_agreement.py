"""The three programs on formulas by chance: `tests/fuzz/formulas.py` for a moment, with a seed, and all that it ever kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.core.formulas.engines import PLATFORM, VERIFIER, Answer, Program, all_programs
from tests.fuzz.formulas import BrokenRuleError, Fuzzer, kept


@pytest.fixture
def fuzzer() -> Iterator[Fuzzer]:
    with all_programs() as programs:
        yield Fuzzer(4, programs)


def take_steps(fuzzer: Fuzzer, count: int) -> None:
    for _ in range(count):
        fuzzer.step()


def test_what_was_kept(fuzzer: Fuzzer) -> None:
    cases = kept()
    assert cases
    for case in cases:
        fuzzer.judge(case)
    assert {"rechazo", "valor", "círculo", "sin datos: zero", "sin datos: no-data", "sin datos: range"} <= fuzzer.counts.keys()


def test_by_chance(fuzzer: Fuzzer) -> None:
    take_steps(fuzzer, 400)
    reached = fuzzer.counts
    assert min(
        reached[what] for what in ("rechazo", "valor", "círculo", "sin datos: zero", "sin datos: no-data", "sin datos: range")
    )


# As much work as 400 signs can ask for, with values as long as there are.
HEAVY = [
    ("ultimos(" + "a*b*" * 97 + "a*b, 40)", 2**2001 + 9, 3**1260, "40"),
    ("ultimos(min(" + "a, b, " * 97 + "1/2), 40)", 2**2001 + 9, 3**1260, None),
    ("ultimos(" + "redondear(a, 9) + " * 56 + "0, 40)", 2**2001 + 9, 3**1260, None),
    ("+".join(["ultimos(a - b*7/11 + a, 40)"] * 24), 1, 3**1200, None),
]


@pytest.mark.parametrize(("text", "above", "below", "expected"), HEAVY, ids=[text[:20] for text, *_ in HEAVY])
def test_none_takes_long(fuzzer: Fuzzer, text: str, above: int, below: int, expected: str | None) -> None:
    periods = [f"{year}-M{month:02}" for year in range(2020, 2027) for month in range(1, 13)]
    values = {"a": f"{above}/{below}", "b": f"{below}/{above}".removesuffix("/1")}
    names = {name: {"cell": name, "unit": "1"} for name in values}
    sheet = {"key": "k", "formula": text, "unit": "1", "grain": "month", "names": names}
    inputs = {name: dict.fromkeys(periods, value) for name, value in values.items()}
    fuzzer.judge({"sheets": [sheet], "inputs": inputs, "asked": {"k": ["2026-M12"]}})
    if expected:
        assert PLATFORM.recompute([sheet], inputs, {"k": ["2026-M12"]}).values == {"k": {"2026-M12": expected}}
    assert max(fuzzer.slowest.values()) < 1


def lies(program: Program, what: str) -> Program:
    """The same, but for one thing."""

    def recompute(*given: Any) -> Answer:
        found = program.recompute(*given)
        return replace(found, values={}) if found.values else found

    def unit(text: str, units: dict[str, str]) -> Answer:
        return replace(program.unit(text, units), refused={})

    return replace(program, **{"unit": {"unit": unit}, "values": {"recompute": recompute}}[what])


@pytest.mark.parametrize("what", ["unit", "values"])
def test_a_disagreement_is_found(what: str) -> None:
    fuzzer = Fuzzer(4, [PLATFORM, lies(VERIFIER, what)])
    with pytest.raises(BrokenRuleError, match="no coinciden"):
        take_steps(fuzzer, 50)


def test_a_program_that_takes_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.formulas.MOST_SECONDS", 0.0)
    with pytest.raises(BrokenRuleError, match="tarda más"):
        Fuzzer(4, [PLATFORM, VERIFIER]).step()
