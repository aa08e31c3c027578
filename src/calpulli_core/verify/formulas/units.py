"""Units: read, written, and those of a formula found from those of its names (docs/spec/formulas.md, sections 1 and 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from calpulli_core.verify.formulas.signs import RefusedError
from calpulli_core.verify.formulas.tree import (
    Before,
    Chain,
    Choice,
    Comparison,
    Denied,
    Extreme,
    Joined,
    Name,
    Number,
    Opposite,
    Rounded,
    SumOfPeriods,
    Test,
    Unit,
    Value,
)

_MOST_EXPONENT = 9
_FACTOR = re.compile(r"([a-záéíóúüñ][a-záéíóúüñ0-9_]*)(?:\^([2-9]))?")


def read_unit(text: str) -> Unit | None:
    """The unit that the text says, or None if it says none."""
    if text.strip(" ") == "%":
        return {}
    above, slash, below = text.partition("/")
    over, under = {} if above.strip(" ") == "1" else _side(above), _side(below) if slash else {}
    if over is None or under is None:
        return None
    return _product([*over.items(), *((name, -exponent) for name, exponent in under.items())])


def _side(text: str) -> Unit | None:
    matches = [_FACTOR.fullmatch(part.strip(" ")) for part in text.split("*")]
    side = _product((match[1], int(match[2] or 1)) for match in matches if match)
    return side if all(matches) and max(side.values()) <= _MOST_EXPONENT else None


def _product(factors: Iterable[tuple[str, int]]) -> Unit:
    unit: Unit = {}
    for name, exponent in factors:
        unit[name] = unit.get(name, 0) + exponent
    return {name: exponent for name, exponent in unit.items() if exponent}


def write_unit(unit: Unit) -> str:
    """The one way in which a computed unit is written."""
    above = _written({name: exponent for name, exponent in unit.items() if exponent > 0})
    below = _written({name: -exponent for name, exponent in unit.items() if exponent < 0})
    return (above or "1") + (f"/{below}" if below else "")


def _written(unit: Unit) -> str:
    return "*".join(name if unit[name] == 1 else f"{name}^{unit[name]}" for name in sorted(unit))


def check_unit(tree: Value, units: Mapping[str, Unit]) -> Unit:
    """The unit of a formula whose names have these; `RefusedError` at the first clash or unknown name."""
    match tree:
        case Number():
            return tree.unit or {}
        case Name(name, place):
            if name not in units:
                raise RefusedError(place, name, "este nombre no está en la ficha; agréguelo a ella o corríjalo")
            return units[name]
        case Opposite(of=inside) | Rounded(of=inside) | Before(of=inside) | SumOfPeriods(of=inside):
            return check_unit(inside, units)
        case Chain():
            return _of_chain(tree, units)
        case Extreme(parts=parts):
            return _equal(list(parts), units, tree.place)
        case Choice(test=test, then=then, otherwise=otherwise, place=place):
            _check_test(test, units)
            return _equal([then, otherwise], units, place)


def _of_chain(tree: Chain, units: Mapping[str, Unit]) -> Unit:
    if tree.steps[0].operator in "+-":
        return _equal([tree.first, *(step.operand for step in tree.steps)], units, tree.steps[0].place)
    factors = list(check_unit(tree.first, units).items())
    for step in tree.steps:
        turn = 1 if step.operator == "*" else -1
        factors += [(name, turn * exponent) for name, exponent in check_unit(step.operand, units).items()]
    return _product(factors)


def _equal(parts: list[Value], units: Mapping[str, Unit], place: int) -> Unit:
    found = [check_unit(part, units) for part in parts if not _is_bare_zero(part)]
    for unit in found[1:]:
        if unit != found[0]:
            one, other = write_unit(found[0]), write_unit(unit)
            raise RefusedError(place, f"{one} y {other}", "son unidades distintas; convierta una de ellas o compare lo mismo")
    return found[0] if found else {}


def _is_bare_zero(part: Value) -> bool:
    return isinstance(part, Number) and not part.unit and part.value == 0


def _check_test(test: Test, units: Mapping[str, Unit]) -> None:
    match test:
        case Comparison(left, _, right, place):
            _equal([left, right], units, place)
        case Joined(parts=parts):
            for part in parts:
                _check_test(part, units)
        case Denied(of=inside):
            _check_test(inside, units)
