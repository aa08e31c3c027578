"""Formulas of indicators by chance, against the three programs that compute them: `formulas.py --seconds N [--seed S] [--keep]`.

For every input the platform, the verifier and the page must say the same: what is refused, the unit, each value, each reason; and
none may fail or take longer than a second. Inputs that reach something new become parents of later ones. `corpus/formulas.jsonl`
is run again at every start; an input that breaks a rule is added to it, and with `--keep` also those that reach what it does not.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from calpulli_core.indicators import tree  # noqa: E402
from calpulli_core.indicators.checking import check  # noqa: E402
from calpulli_core.indicators.parsing import parse  # noqa: E402
from calpulli_core.indicators.refusals import FormulaErrors  # noqa: E402
from calpulli_core.indicators.units import Unit  # noqa: E402
from tests.core.formulas.engines import Answer, Program, all_programs  # noqa: E402
from tests.fuzz.writing import UNITS, Json, Writer  # noqa: E402

CORPUS = Path(__file__).parent / "corpus" / "formulas.jsonl"
PARENTS, LONGEST_KEPT, MOST_SECONDS = 2_000, 400, 1.0


class BrokenRuleError(Exception):
    """A rule that an input broke."""


class Fuzzer:
    """Parents, counts, and one source of chance."""

    def __init__(self, seed: int, programs: list[Program]) -> None:
        self.chance = random.Random(seed)
        self.writer = Writer(self.chance)
        self.programs = programs
        self.parents: list[Json] = []
        self.seen: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.slowest: dict[str, float] = {program.name: 0.0 for program in programs}

    def step(self) -> Json:
        """One input, made and judged; the input."""
        case = self.case()
        if self.judge(case) and len(self.parents) < PARENTS:
            self.parents.append(case)
        return case

    def judge(self, case: Json) -> bool:
        """Whether it reached something new; BrokenRuleError where the programs do not say the same."""
        self.counts["entradas"] += 1
        for sheet in case["sheets"]:
            units = {name: bound["unit"] for name, bound in sheet["names"].items() if "unit" in bound}
            self.agree("unit", sheet["formula"], units)
        found = self.agree("recompute", case["sheets"], case["inputs"], case["asked"])
        self.count(found)
        reached = {*features(case, found)} - self.seen
        self.seen |= reached
        return bool(reached)

    def agree(self, what: str, *arguments: Any) -> Answer:
        """What all of them answer."""
        answers = {program.name: self.timed(program, what, arguments) for program in self.programs}
        told = {name: comparable(answer) for name, answer in answers.items()}
        if len({json.dumps(one, sort_keys=True) for one in told.values()}) > 1:
            raise BrokenRuleError(f"no coinciden: {told}"[:2_000])
        return answers["platform"]

    def timed(self, program: Program, what: str, arguments: tuple[Any, ...]) -> Answer:
        """The best of three, if the first took too long: others use the machine too."""
        taken = MOST_SECONDS
        for _ in range(3):
            began = time.perf_counter()
            answer: Answer = getattr(program, what)(*arguments)
            taken = min(taken, time.perf_counter() - began)
            if taken < MOST_SECONDS / 2:
                break
        self.slowest[program.name] = max(self.slowest[program.name], taken)
        if taken >= MOST_SECONDS:
            raise BrokenRuleError(f"{program.name} tarda más de {MOST_SECONDS} s")
        return answer

    def count(self, found: Answer) -> None:
        if found.refused:
            self.counts["círculo" if found.cycle else "rechazo"] += 1
        for told in (found.values or {}).values():
            self.counts.update("valor" if isinstance(one, str) else f"sin datos: {one[0]}" for one in told.values())

    # Ways to make an input.

    def case(self) -> Json:
        """A set of one to three sheets, each of which may read the others."""
        if self.parents and self.chance.random() < 0.3:
            return self.bent(self.chance.choice(self.parents))
        grain = self.chance.choice(["month", "quarter", "quarter", "year"])
        names = {name: {"cell": name, "unit": self.chance.choice([*UNITS, "1", "1"])} for name in "abcd"}
        sheets: list[Json] = []
        for key in "xyz"[: self.chance.choice([1, 1, 2, 3])]:
            # Mostly of those before it, so that there are values; sometimes of any, and then there may be a cycle.
            others = [sheet["key"] for sheet in sheets] if self.chance.random() < 0.9 else ["x", "y", "z"]
            bound = {f"{other}1": {"indicator": other} for other in others}
            sheets.append(self.sheet(key, grain, {**names, **bound}, {sheet["key"]: sheet for sheet in sheets}))
        inputs = {name: self.writer.cells(grain) for name in "abcd"}
        return {"sheets": sheets, "inputs": inputs, "asked": {sheet["key"]: self.writer.asked(grain) for sheet in sheets}}

    def sheet(self, key: str, grain: str, names: dict[str, Json], others: dict[str, Json]) -> Json:
        units = {
            name: bound.get("unit") or others.get(bound["indicator"], {"unit": "1"})["unit"] for name, bound in names.items()
        }
        unit = self.chance.choice(UNITS)
        text = self.writer.formula(units, unit, self.chance.choice([1, 2, 3, 4, 6]))
        if self.chance.random() < 0.15:
            text = self.writer.damaged(text, text)
        return {"key": key, "formula": text, "unit": unit, "grain": grain, "names": names}

    def bent(self, case: Json) -> Json:
        """An input that was, with a formula damaged or other inputs; its unit put right where that can be."""
        sheets = [dict(sheet) for sheet in case["sheets"]]
        sheet, other = self.chance.choice(sheets), self.chance.choice(self.parents)["sheets"][0]
        sheet["formula"] = self.writer.damaged(sheet["formula"], other["formula"])
        units = {name: bound["unit"] for name, bound in sheet["names"].items() if "unit" in bound}
        found = self.programs[0].unit(sheet["formula"], units).unit
        sheet["unit"] = found if found and not re.search(r"\^\d\d", found) else sheet["unit"]
        inputs = {cell: self.writer.cells(sheet["grain"]) for cell in case["inputs"]}
        return {**case, "sheets": sheets, "inputs": inputs if self.chance.random() < 0.3 else case["inputs"]}


def comparable(answer: Answer) -> list[Any]:
    """What must be the same: of a refusal that it is one, and of which sheets; of a cycle that there is one."""
    if answer.cycle:
        return ["cycle"]
    return [sorted(answer.refused), answer.unit, answer.values or {}, answer.fault]


def features(case: Json, found: Answer) -> Iterator[str]:
    """What an input reaches: which part stands within which, how each came out, which rule refused."""
    for sheet in case["sheets"]:
        try:
            formula = parse(sheet["formula"])
            check(formula, {name: Unit.parse(bound.get("unit", "1")) for name, bound in sheet["names"].items()})
        except FormulaErrors as error:
            yield re.sub(r"«[^»]*»|[0-9]+", "", f"{error.defects[0].rule} {error.defects[0].remedy}")[:60]
            continue
        ends = {
            type(one).__name__ if isinstance(one, str) else one[0] for one in (found.values or {}).get(sheet["key"], {}).values()
        }
        for part in tree.parts(formula.value):
            for inside in tree.inside(part):
                yield from (f"{type(part).__name__} {type(inside).__name__} {end}" for end in ends)
    yield from ("cycle" for _ in found.cycle)


def shortest(fuzzer: Fuzzer, cases: list[Json]) -> list[Json]:
    """Few and short ones that reach all that is reached: each in turn, if it reaches something that no shorter one does."""
    fuzzer.seen.clear()
    short = [case for case in cases if length(case) <= LONGEST_KEPT]
    return [case for case in sorted(short, key=length) if fuzzer.judge(case)]


def length(case: Json) -> int:
    """Of its formulas."""
    return sum(len(sheet["formula"]) for sheet in case["sheets"])


def trimmed(case: Json) -> Json:
    """Without what no formula of it can reach."""
    used = {word for sheet in case["sheets"] for word in re.findall(r"[a-z][a-z0-9_]*", sheet["formula"])}
    sheets = [
        {**sheet, "names": {name: bound for name, bound in sheet["names"].items() if name in used}} for sheet in case["sheets"]
    ]
    return {**case, "sheets": sheets, "inputs": {cell: values for cell, values in case["inputs"].items() if cell in used}}


def shrunk(case: Json, program: Program) -> Json:
    """Without the inputs that change no answer."""
    answer = program.recompute(case["sheets"], case["inputs"], case["asked"])
    for cell, values in case["inputs"].items():
        for period in list(values):
            fewer = {**case["inputs"], cell: {at: value for at, value in values.items() if at != period}}
            if program.recompute(case["sheets"], fewer, case["asked"]) == answer:
                values = fewer[cell]
                case = {**case, "inputs": fewer}
    return {**case, "inputs": {cell: values for cell, values in case["inputs"].items() if values}}


def kept() -> list[Json]:
    """The inputs of the corpus."""
    return [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()] if CORPUS.exists() else []


def keep(cases: list[Json]) -> None:
    """Writes the corpus."""
    lines = dict.fromkeys(json.dumps(case, ensure_ascii=True, sort_keys=True) for case in cases)
    CORPUS.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Fórmulas al azar contra los tres programas que las calculan.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", action="store_true", help="agrega al corpus las pocas entradas que llegan a algo nuevo")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.randrange(2**32)
    with all_programs() as programs:
        return run(Fuzzer(seed, programs), seed, asked.seconds, keeping=asked.keep)


def run(fuzzer: Fuzzer, seed: int, seconds: float, *, keeping: bool) -> int:
    """The exit code: 1 when a rule broke."""
    fuzzer.parents = kept()
    for case in fuzzer.parents:
        fuzzer.judge(case)
    print(f"semilla {seed}; {len(fuzzer.programs)} programas; {len(fuzzer.parents)} entradas guardadas, sin falla", flush=True)
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        case = fuzzer.case()
        try:
            if fuzzer.judge(case) and len(fuzzer.parents) < PARENTS:
                fuzzer.parents.append(case)
        except Exception as error:
            keep([*kept(), trimmed(case)])
            print(f"FALLA con la semilla {seed}: {type(error).__name__}: {error}; la entrada quedó en {CORPUS}")
            return 1
    slowest = {name: f"{1000 * taken:.0f} ms" for name, taken in fuzzer.slowest.items()}
    print(f"{len(fuzzer.seen)} cosas alcanzadas; {dict(fuzzer.counts)}; lo más lento: {slowest}")
    if keeping:
        few = shortest(fuzzer, [*kept(), *map(trimmed, fuzzer.parents)])
        keep([shrunk(case, fuzzer.programs[0]) for case in few])
    return 0


if __name__ == "__main__":
    sys.exit(main())
