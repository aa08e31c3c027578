"""The three programs that compute formulas, behind one way to ask: the platform, the verifier, the verifier's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from calpulli_core.indicators.checking import check
from calpulli_core.indicators.computing import Missing, Outcome, Reason, evaluate, written
from calpulli_core.indicators.moments import Grain, Moment
from calpulli_core.indicators.order import Cycle, in_order
from calpulli_core.indicators.parsing import parse
from calpulli_core.indicators.refusals import FormulaErrors
from calpulli_core.indicators.tree import Formula
from calpulli_core.indicators.units import Unit, UnitError
from calpulli_core.verify import formulas as verifier
from tests.verifier.engine import SOURCES, Engine, node

Json = dict[str, Any]
# Told by all three in one form: a value's text, or [kind, period, name or place, indicator].
Told = str | list[Any]


@dataclass(frozen=True)
class Answer:
    """`unit` of a text or values of a set, or what was refused: the key and the place."""

    refused: dict[str, int]
    unit: str = ""
    values: dict[str, dict[str, Told]] | None = None
    cycle: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Program:
    """`unit(text, units)` and `recompute(sheets, inputs, asked)`, as each of them answers."""

    name: str
    unit: Callable[[str, dict[str, str]], Answer]
    recompute: Callable[[list[Json], Json, Json], Answer]


# The verifier.


def _verifier_unit(text: str, units: dict[str, str]) -> Answer:
    try:
        tree = verifier.parse(text).tree
        return Answer({}, verifier.write_unit(verifier.check_unit(tree, {name: unit_of(told) for name, told in units.items()})))
    except verifier.RefusedError as error:
        return Answer({"it": error.place})


def unit_of(told: str) -> dict[str, int]:
    found = verifier.read_unit(told)
    assert found is not None
    return found


def _verifier_recompute(sheets: list[Json], inputs: Json, asked: Json) -> Answer:
    made = [
        verifier.Sheet(**{**sheet, "names": {name: verifier.Bound(**bound) for name, bound in sheet["names"].items()}})
        for sheet in sheets
    ]
    try:
        found = verifier.recompute(made, inputs, asked)
    except ValueError:
        return Answer({}, fault="value")
    values = {
        key: {
            period: one if isinstance(one, str) else [one.kind, one.period, one.name or one.place, one.indicator]
            for period, one in told.items()
        }
        for key, told in found.values.items()
    }
    cycles = [error.found for error in found.refused.values() if "→" in error.found]
    return Answer(
        {key: error.place for key, error in found.refused.items()},
        values=values,
        cycle=tuple(cycles[0].split(" → ")) if cycles else (),
    )


VERIFIER = Program("verifier", _verifier_unit, _verifier_recompute)

# The page.


def _page_program(engine: Engine) -> Program:
    def unit(text: str, units: dict[str, str]) -> Answer:
        found = engine.ask(["formulas", "unitOfFormula", [text, units]])["value"]
        return Answer({"it": found["refused"]["place"]}) if "refused" in found else Answer({}, found["unit"])

    def recompute(sheets: list[Json], inputs: Json, asked: Json) -> Answer:
        answer = engine.ask(["formulas", "recompute", [sheets, inputs, asked]])
        if "thrown" in answer:
            return Answer({}, fault="value" if answer["thrown"] == "RangeError" else answer["thrown"])
        found = answer["value"]
        values = {key: {period: _of_page(one) for period, one in told.items()} for key, told in found["values"].items()}
        cycles = [one["found"] for one in found["refused"].values() if "→" in one["found"]]
        return Answer(
            {key: one["place"] for key, one in found["refused"].items()},
            values=values,
            cycle=tuple(cycles[0].split(" → ")) if cycles else (),
        )

    return Program("page", unit, recompute)


def _of_page(one: Any) -> Told:
    if isinstance(one, str):
        return one
    return [one["kind"], one["period"], one.get("name", one.get("place")), one["indicator"]]


# The platform: parse, check, evaluate and order, put together as its indicators do.


def _platform_unit(text: str, units: dict[str, str]) -> Answer:
    try:
        return Answer({}, str(check(parse(text), {name: Unit.parse(told) for name, told in units.items()})))
    except FormulaErrors as error:
        return Answer({"it": error.defects[0].place})


def _platform_recompute(sheets: list[Json], inputs: Json, asked: Json) -> Answer:
    by_key = {sheet["key"]: sheet for sheet in sheets}
    read: dict[str, Formula] = {}
    refused: dict[str, int] = {}
    for key, sheet in by_key.items():
        try:
            read[key] = parse(sheet["formula"])
            units = {name: _bound_unit(sheet, sheet["names"][name], by_key) for name in read[key].names if name in sheet["names"]}
            check(read[key], units, declared=Unit.parse(sheet["unit"]))
        except FormulaErrors as error:
            refused[key] = error.defects[0].place
        except (UnitError, LookupError):
            refused[key] = 1
    if refused:
        return Answer(refused, values={})
    reads = {key: [by_key[key]["names"][name].get("indicator") for name in read[key].names] for key in read}
    try:
        in_order({key: [one for one in told if one] for key, told in reads.items()})
    except Cycle as error:
        return Answer(dict.fromkeys(error.keys, 1), values={}, cycle=error.keys)
    run = _PlatformSet(by_key, read, inputs)
    return Answer({}, values={key: {at: run.told(key, Moment.parse(at)) for at in periods} for key, periods in asked.items()})


def _bound_unit(sheet: Json, bound: Json, by_key: dict[str, Json]) -> Unit:
    if "indicator" not in bound:
        return Unit.parse(bound["unit"])
    other = by_key[bound["indicator"]]
    if other["grain"] != sheet["grain"]:
        raise LookupError
    return Unit.parse(other["unit"])


class _PlatformSet:
    def __init__(self, by_key: dict[str, Json], read: dict[str, Formula], inputs: Json) -> None:
        self._by_key, self._read = by_key, read
        self._inputs = {cell: {at: Fraction(text) for at, text in told.items()} for cell, told in inputs.items()}
        self._found: dict[tuple[str, Moment], Outcome] = {}

    def told(self, key: str, at: Moment) -> Told:
        found = self.of(key, at)
        if isinstance(found, Fraction):
            return written(found)
        what: str | int | None = found.place or None
        if found.reason is Reason.NO_DATA:
            what = found.part if found.place else None
        return [str(found.reason), str(found.moment), what, found.indicator]

    def of(self, key: str, at: Moment) -> Outcome:
        assert at.grain is Grain[self._by_key[key]["grain"].upper()]
        if (key, at) not in self._found:
            found = evaluate(self._read[key], at, lambda name, when: self._named(key, name, when)).outcome
            if isinstance(found, Missing) and not found.indicator:
                found = replace(found, indicator=key)
            self._found[key, at] = found
        return self._found[key, at]

    def _named(self, key: str, name: str, at: Moment) -> Outcome | None:
        bound = self._by_key[key]["names"][name]
        if "indicator" in bound:
            return self.of(bound["indicator"], at)
        return self._inputs.get(bound["cell"], {}).get(str(at))


PLATFORM = Program("platform", _platform_unit, _platform_recompute)


@contextmanager
def all_programs() -> Iterator[list[Program]]:
    """The three; the page's only where there is a Node."""
    if node() is None:
        yield [PLATFORM, VERIFIER]
        return
    with Engine("rooms.mjs", SOURCES) as engine:
        yield [PLATFORM, VERIFIER, _page_program(engine)]
