"""Units of a formula, before anything is computed: docs/spec/formulas.md, section 7."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from . import tree
from .refusals import Defect, FormulaErrors
from .units import ONE, Unit

UNKNOWN = None  # of a part with a defect


def check(formula: tree.Formula, units: Mapping[str, Unit], *, declared: Unit | None = None) -> Unit:
    """The unit of a formula whose names are in those units. Raises FormulaErrors with every name and clash.

    With `declared`, the unit that the indicator's sheet says, the formula must come to that one.
    """
    checker = _Checker(formula, units)
    found = checker.of(formula.value)
    if not checker.defects and declared is not None and found != declared:
        rule = f"Lo que da la fórmula {_in(found or ONE)}, y la ficha {_declares(declared)}."
        remedy = "Corrija la fórmula o la unidad de la ficha."
        checker.defects.append(Defect(1, _cut(formula.text), rule, remedy))
    if checker.defects:
        raise FormulaErrors(*checker.defects)
    return found or ONE


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _is_bare_zero(value: tree.Value) -> bool:
    """A 0 without a unit takes that of its neighbours."""
    return isinstance(value, tree.Number) and value.value == 0 and value.unit == ONE


def _in(unit: Unit) -> str:
    return "no tiene unidad" if unit == ONE else f"está en {unit}"


def _declares(unit: Unit) -> str:
    return "no declara unidad, o declara %" if unit == ONE else f"declara {unit}"


class _Checker:
    """Gathers what is wrong. A part with a defect is taken to fit, so that one defect is told once."""

    def __init__(self, formula: tree.Formula, units: Mapping[str, Unit]) -> None:
        self._formula, self._units = formula, units
        self.defects: list[Defect] = []
        self._told: set[str] = set()

    def of(self, part: tree.Value) -> Unit | None:
        """The unit of a value."""
        match part:
            case tree.Number(unit=unit):
                return unit
            case tree.Name():
                return self._of_name(part)
            case tree.Negative(of=of) | tree.Rounded(of=of) | tree.Shifted(of=of) | tree.Summed(of=of):
                return self.of(of)
            case tree.Chain():
                return self._of_chain(part)
            case tree.Extreme(of=values):
                return self._alike(*values)
            case tree.Choice(test=test, then=then, other=other):
                self._of_test(test)
                return self._alike(then, other)

    def _of_name(self, part: tree.Name) -> Unit | None:
        unit = self._units.get(part.name)
        if unit is None and part.name not in self._told:
            self._told.add(part.name)
            self.defects.append(
                Defect(part.start + 1, part.name, "La ficha no tiene una variable con ese nombre.", self._meant(part))
            )
        return unit

    def _meant(self, part: tree.Name) -> str:
        near = get_close_matches(part.name, sorted(self._units), n=1)
        if near:
            return f"Si quiso decir «{near[0]}», corríjalo; si no, agréguela a las variables de la ficha."
        known = ", ".join(sorted(self._units))
        return f"Agréguela a las variables de la ficha{f', o use una de ellas: {known}' if known else ''}."

    def _of_chain(self, part: tree.Chain) -> Unit | None:
        if part.rest[0][0] in "+-":
            return self._alike(part.first, *(value for _, value in part.rest))
        unit = self.of(part.first) or ONE
        for sign, value in part.rest:
            other = self.of(value) or ONE
            unit = unit * other if sign == "*" else unit / other
        return unit

    def _of_test(self, test: tree.Test) -> None:
        match test:
            case tree.Not(of=of):
                self._of_test(of)
            case tree.Joined(of=tests):
                for one in tests:
                    self._of_test(one)
            case tree.Comparison(left=left, right=right):
                self._alike(left, right)

    def _alike(self, *values: tree.Value) -> Unit | None:
        """The unit that all of them must have, but a bare 0: that of the first one whose unit is known."""
        unit, first = UNKNOWN, values[0]
        for value in values:
            before = len(self.defects)
            found = UNKNOWN if _is_bare_zero(value) else self.of(value)
            if found is UNKNOWN or len(self.defects) > before:
                continue
            if unit is UNKNOWN:
                unit, first = found, value
            elif found != unit:
                self.defects.append(self._clash(first, unit, value, found))
        return ONE if all(map(_is_bare_zero, values)) else unit

    def _clash(self, first: tree.Value, unit: Unit, other: tree.Value, found: Unit) -> Defect:
        one, two = _cut(self._formula.quote(first)), _cut(self._formula.quote(other))
        rule = f"«{one}» {_in(unit)} y «{two}» {_in(found)}: no se pueden sumar ni comparar."
        bare = isinstance(other, tree.Number) and found == ONE
        remedy = (
            f"Escriba la unidad entre corchetes: {two} [{unit}]." if bare else "Use la misma unidad en los dos, o convierta uno."
        )
        return Defect(other.start + 1, two, rule, remedy)
