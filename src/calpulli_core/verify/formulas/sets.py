"""Every indicator of a set computed again from its sheets and inputs (docs/spec/formulas.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from calpulli_core.verify.formulas.evaluating import NO_DATA, Reason, evaluate, read_periods, weight
from calpulli_core.verify.formulas.exact import write_value
from calpulli_core.verify.formulas.moments import IN_A_YEAR, Moment
from calpulli_core.verify.formulas.parsing import Formula, parse
from calpulli_core.verify.formulas.signs import RefusedError
from calpulli_core.verify.formulas.tree import Unit
from calpulli_core.verify.formulas.units import check_unit, read_unit, write_unit

# By cell (a measure or a goal), then by period: the text of a value, or why there is none. What is not there has no data.
Inputs = Mapping[str, Mapping[str, str | Reason]]
_WHOLE = 1  # the place of what is wrong with a formula as a whole


@dataclass(frozen=True, slots=True)
class Bound:
    """What a name stands for: another indicator, by key, or a cell of the inputs and its unit as written."""

    indicator: str | None = None
    cell: str = ""
    unit: str = "1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an indicator says of itself."""

    key: str
    formula: str
    unit: str
    grain: str
    names: Mapping[str, Bound]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The first refusal of each sheet; or, where there is none at all, each indicator's value or reason for the periods asked.

    `cycle`: the keys of the one for which sheets were refused, the first of them again at the end.
    """

    refused: Mapping[str, RefusedError]
    values: Mapping[str, Mapping[str, str | Reason]]
    cycle: tuple[str, ...] = ()


class TooMuchError(ValueError):
    """The formulas ask for more work than was allowed."""


def recompute(
    sheets: Iterable[Sheet], inputs: Inputs, asked: Mapping[str, Iterable[str]], *, most_work: int | None = None
) -> Recomputed:
    """All that `asked` wants (periods, by indicator); a set with a refusal is not computed.

    `ValueError`: there is no such indicator, period or value. `TooMuchError`: the weights of the formulas, each times the periods
    in which it is needed, sum to more than `most_work`.
    """
    by_key = {sheet.key: sheet for sheet in sheets}
    if strange := asked.keys() - by_key.keys():
        raise ValueError(f"no hay un indicador «{min(strange)}»")
    whole = _Set(by_key)
    if whole.refused:
        return Recomputed(whole.refused, {}, whole.cycle)
    wanted = {key: {period: _moment(by_key[key], period) for period in periods} for key, periods in asked.items()}
    found = whole.computed(inputs, {key: set(moments.values()) for key, moments in wanted.items()}, most_work)
    return Recomputed({}, {key: {at: _told(found[key][when]) for at, when in moments.items()} for key, moments in wanted.items()})


def _moment(sheet: Sheet, period: str) -> Moment:
    moment = Moment.read(period)
    if moment.grain != sheet.grain:
        raise ValueError(f"«{period}» no es un periodo del indicador «{sheet.key}»")
    return moment


def _told(found: Fraction | Reason) -> str | Reason:
    return write_value(found) if isinstance(found, Fraction) else found


class _Set:
    """The sheets, read; and the order in which each comes after those that it reads."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets
        self._read: dict[str, Formula] = {}
        self._order: list[str] = []
        self.refused: dict[str, RefusedError] = {}
        self.cycle: tuple[str, ...] = ()
        for key, sheet in sheets.items():
            try:
                self._read[key] = self._checked(sheet)
            except RefusedError as error:
                self.refused[key] = error
        if not self.refused:
            self._put_in_order()

    # What may be refused.

    def _checked(self, sheet: Sheet) -> Formula:
        formula = parse(sheet.formula)
        declared = read_unit(sheet.unit)
        if declared is None or sheet.grain not in IN_A_YEAR:
            raise RefusedError(_WHOLE, sheet.unit, "la ficha no dice una unidad o una periodicidad que existan; corríjala")
        units = {name: self._unit(sheet, name) for name in formula.names if name in sheet.names}
        found = check_unit(formula.tree, units)
        if found != declared:
            rule = f"la ficha declara {sheet.unit}; corrija la unidad de la ficha o la fórmula"
            raise RefusedError(_WHOLE, write_unit(found), rule)
        return formula

    def _unit(self, sheet: Sheet, name: str) -> Unit:
        bound = sheet.names[name]
        if bound.indicator is not None:
            return self._unit_of_indicator(sheet, name, bound.indicator)
        unit = read_unit(bound.unit)
        if unit is None:
            raise RefusedError(_WHOLE, name, f"la ficha le da «{bound.unit}», que no es una unidad; corríjala")
        return unit

    def _unit_of_indicator(self, sheet: Sheet, name: str, key: str) -> Unit:
        other = self._sheets.get(key)
        if other is None:
            raise RefusedError(_WHOLE, name, f"la ficha lo toma del indicador «{key}», que no existe; corríjala")
        if other.grain != sheet.grain:
            raise RefusedError(_WHOLE, name, f"el indicador «{key}» no es de la misma periodicidad; use uno que lo sea")
        unit = read_unit(other.unit)
        if unit is None:
            raise RefusedError(_WHOLE, name, f"el indicador «{key}» no declara una unidad; corrija su ficha")
        return unit

    def _reads(self, key: str) -> Iterator[str]:
        names = self._sheets[key].names
        return (other for name in self._read[key].names if (other := names[name].indicator) is not None)

    def _put_in_order(self) -> None:
        """Depth first without recursion: a chain of indicators may be longer than the stack of calls."""
        done: set[str] = set()
        for start in self._sheets:
            path = {} if start in done else {start: self._reads(start)}
            while path:
                key, waiting = next(reversed(path.items()))
                other = next(waiting, None)
                if other is None:
                    path.popitem()
                    done.add(key)
                    self._order.append(key)
                elif other in path:
                    self._refuse_cycle([*list(path)[list(path).index(other) :], other])
                    return
                elif other not in done:
                    path[other] = self._reads(other)

    def _refuse_cycle(self, cycle: list[str]) -> None:
        self.cycle = tuple(cycle)
        told = " → ".join(cycle)
        rule = "estos indicadores se calculan uno con otro y vuelven al primero; cambie uno de ellos para que no lea al siguiente"
        for key in cycle[1:]:
            self.refused[key] = RefusedError(_WHOLE, told, rule)

    # What is computed.

    def computed(
        self, inputs: Inputs, asked: Mapping[str, set[Moment]], most_work: int | None
    ) -> dict[str, dict[Moment, Fraction | Reason]]:
        """The values of all that is asked, and of what it reads, each computed once."""
        needed = self._needed(asked, most_work)
        found: dict[str, dict[Moment, Fraction | Reason]] = {}
        for key in self._order:
            lookup = _Lookup(key, self._sheets[key].names, inputs, found)
            found[key] = {at: lookup.own(evaluate(self._read[key].tree, at, lookup)) for at in sorted(needed[key])}
        return found

    def _needed(self, asked: Mapping[str, set[Moment]], most_work: int | None) -> dict[str, set[Moment]]:
        """The periods of each, those who read it first; never more than may be worked, since each walk costs a weight too."""
        needed = {key: set(asked.get(key, ())) for key in self._order}
        work = 0
        for key in reversed(self._order):
            names, tree = self._sheets[key].names, self._read[key].tree
            work += weight(tree, IN_A_YEAR[self._sheets[key].grain]) * len(needed[key])
            if most_work is not None and work > most_work:
                raise TooMuchError
            for at in needed[key] if any(True for _ in self._reads(key)) else ():
                for name, moment in read_periods(tree, at):
                    other = names[name].indicator
                    if other is not None:
                        needed[other].add(moment)
        return needed


class _Lookup:
    """What the names of one sheet have in a period."""

    def __init__(
        self, key: str, names: Mapping[str, Bound], inputs: Inputs, found: Mapping[str, Mapping[Moment, Fraction | Reason]]
    ) -> None:
        self._key, self._names, self._inputs, self._found = key, names, inputs, found

    def __call__(self, name: str, at: Moment) -> str | Reason:
        bound = self._names[name]
        if bound.indicator is not None:
            return _told(self._found[bound.indicator][at])
        text = self._inputs.get(bound.cell, {}).get(str(at))
        return Reason(NO_DATA, str(at), name=name) if text is None else text

    def own(self, value: Fraction | Reason) -> Fraction | Reason:
        """A reason that arose here is told as this indicator's."""
        if isinstance(value, Reason) and value.indicator is None:
            return replace(value, indicator=self._key)
        return value
