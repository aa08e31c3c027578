"""Every program that computes formulas, on vectors worked by hand from docs/spec/formulas.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.formulas.engines import Program, all_programs

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
DATA = VECTORS["data"]
UNITS = {name: unit for name, (unit, _) in DATA.items()}
INPUTS = {name: values for name, (_, values) in DATA.items()}
GRAINS = {4: "year", 7: "quarter", 8: "month"}
LONG = 2**2048


@pytest.fixture(scope="module")
def programs() -> Iterator[list[Program]]:
    with all_programs() as found:
        yield found


def whole(text: str | list[tuple[str, int]]) -> str:
    return text if isinstance(text, str) else "".join(piece * times for piece, times in text)


def told(text: Any) -> str:
    return str(text)[:60]


def sheet(text: str, unit: str, grain: str, units: dict[str, str]) -> dict[str, Any]:
    return {
        "key": "k",
        "formula": text,
        "unit": unit,
        "grain": grain,
        "names": {name: {"cell": name, "unit": one} for name, one in units.items()},
    }


@pytest.mark.parametrize("case", VECTORS["values"], ids=lambda case: told(case["text"]))
def test_values(programs: list[Program], case: Any) -> None:
    text, at = whole(case["text"]), case.get("at", "2026-Q3")
    expected = case.get("value") or [*case["reason"], "k"]
    for program in programs:
        assert program.unit(text, UNITS).unit == case["unit"], program.name
        if "^10" in case["unit"]:
            continue  # no sheet can declare it
        found = program.recompute([sheet(text, case["unit"], GRAINS[len(at)], UNITS)], INPUTS, {"k": [at]})
        assert found.values == {"k": {at: expected}}, program.name


@pytest.mark.parametrize("case", VECTORS["accepted"], ids=lambda case: told(case["text"]))
def test_accepted(programs: list[Program], case: Any) -> None:
    for program in programs:
        found = program.recompute([sheet(whole(case["text"]), case["unit"], "month", case.get("names", UNITS))], {}, {})
        assert found.refused == {}, program.name


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: told(case["text"]))
def test_refused(programs: list[Program], case: Any) -> None:
    text = whole(case["text"])
    for program in programs:
        alone = program.unit(text, UNITS)
        found = alone if alone.refused else program.recompute([sheet(text, case.get("unit", "1"), "month", UNITS)], {}, {})
        assert bool(alone.refused) is ("unit" not in case), program.name
        assert len(found.refused) == 1, program.name
        assert "place" not in case or [*found.refused.values()] == [case["place"]], program.name


@pytest.mark.parametrize("case", VECTORS["sets"], ids=lambda case: case["about"])
def test_sets(programs: list[Program], case: Any) -> None:
    for program in programs:
        found = program.recompute(case["sheets"], case.get("inputs", {}), case.get("asked", {}))
        if "cycle" in case:
            assert found.cycle == tuple(case["cycle"]), program.name
            assert found.refused.keys() == set(case["cycle"])
        else:
            assert sorted(found.refused) == case.get("refused", []), program.name
            assert found.values == case.get("values", {}), program.name


def numbered(count: int) -> tuple[str, dict[str, str]]:
    names = [f"n{number}" for number in range(count)]
    return "+".join([*names, *names]), dict.fromkeys(names, "1")


def test_names_that_differ(programs: list[Program]) -> None:
    for program in programs:
        assert program.unit(*numbered(64)).unit == "1"
        assert program.unit(*numbered(65)).refused


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("h", [LONG - 1], str(LONG - 1)),
        ("h", [1 - LONG], str(1 - LONG)),
        ("h", [LONG], ["range", 1]),
        ("1 + h", [-LONG], ["range", 5]),
        ("1 / h", [LONG - 1], f"1/{LONG - 1}"),
        ("h + 1", [LONG - 1], ["range", 3]),
        ("h - 1 + 1", [1 - LONG], ["range", 3]),
        ("h + 1 + nada", [LONG - 1], ["range", 3]),
        ("h + nada + 1", [LONG - 1], ["no-data", "nada"]),
        ("h * 2 / 2", [LONG - 1], ["range", 3]),
        ("h / 2 * 2", [LONG - 1], str(LONG - 1)),
        ("1 / h / 2", [LONG - 1], ["range", 7]),
        ("1 / h + 1 / 2", [LONG - 1], ["range", 7]),
        ("ultimos(h, 2)", [LONG // 2, LONG // 2], ["range", 1]),
        ("ultimos(h, 2)", [LONG - 1, -1], str(LONG - 2)),
        ("ultimos(h, 3)", [LONG - 1, 1, -1], ["range", 1]),
        ("acumulado(h)", [LONG - 1, 1, -1], ["range", 1]),
        ("si(h > 0, 1, h + 1)", [LONG - 1], "1"),
        # LONG - 2 is 3m + 2: with nine decimals m.666666667, whose numerator is odd, no multiple of 5, and 29 bits longer.
        ("redondear(h / 3, 9)", [LONG - 2], ["range", 1]),
        ("-redondear(h / 2, 0)", [LONG - 1], str(-LONG // 2)),
        ("max(-h, h)", [LONG - 1], str(LONG - 1)),
    ],
)
def test_bits(programs: list[Program], text: str, cells: list[int], expected: str | list[Any]) -> None:
    periods = ["2026-Q1", "2026-Q2", "2026-Q3"][-len(cells) :]
    inputs = {"h": dict(zip(periods, map(str, cells), strict=True))}
    wanted = expected if isinstance(expected, str) else [expected[0], "2026-Q3", expected[1], "k"]
    for program in programs:
        found = program.recompute([sheet(text, "1", "quarter", {"h": "1", "nada": "1"})], inputs, {"k": ["2026-Q3"]})
        assert found.values == {"k": {"2026-Q3": wanted}}, program.name


@pytest.mark.parametrize(
    "text", ["", "+1", "01", "-0", "1/1", "2/4", "1/0", "1/-2", "0/3", "1.5", "1e3", " 1", "1\n", "١", "9" * 1_301]
)
def test_what_is_no_value(programs: list[Program], text: str) -> None:
    """The platform writes values itself; the verifiers read them from a bundle."""
    for program in programs[1:]:
        found = program.recompute([sheet("x", "1", "year", {"x": "1"})], {"x": {"2026": text}}, {"k": ["2026"]})
        assert found.fault == "value", program.name


@pytest.mark.parametrize(
    ("key", "period"), [("k", "2026-Q1"), ("k", "1899"), ("k", "2200"), ("k", "2026\n"), ("k", ""), ("otra", "2026")]
)
def test_what_cannot_be_asked(programs: list[Program], key: str, period: str) -> None:
    for program in programs[1:]:
        assert program.recompute([sheet("1", "1", "year", {})], {}, {key: [period]}).fault == "value", program.name


def test_a_long_row_of_indicators(programs: list[Program]) -> None:
    """Longer than any stack of calls."""
    row = [{**sheet("1", "1", "year", {}), "key": "i0"}]
    for number in range(1, 3_000):
        names = {"a": {"indicator": f"i{number - 1}"}}
        row.append({"key": f"i{number}", "formula": "a + 1", "unit": "1", "grain": "year", "names": names})
    row.reverse()
    for program in programs[1:]:
        assert program.recompute(row, {}, {"i2999": ["2026"]}).values == {"i2999": {"2026": "3000"}}, program.name
        row[-1] = {**row[0], "key": "i0", "names": {"a": {"indicator": "i2999"}}}
        assert len(program.recompute(row, {}, {}).cycle) == 3_001, program.name
        row[-1] = {**sheet("1", "1", "year", {}), "key": "i0"}
