"""What a formula can ask for, before anything is computed: each name with each period (docs/spec/formulas.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable

from . import tree
from .moments import Moment


def needs(formula: tree.Formula, moment: Moment) -> frozenset[tuple[str, Moment]]:
    """The names and periods that the formula may read in that period; of a choice, both sides."""
    found: set[tuple[str, Moment]] = set()
    waiting: list[tuple[tree.Value | tree.Test, frozenset[Moment]]] = [(formula.value, frozenset({moment}))]
    while waiting:
        part, moments = waiting.pop()
        if isinstance(part, tree.Name):
            found.update((part.name, one) for one in moments if one.exists)
        inner = _moments(part, moments)
        waiting += [(one, inner) for one in tree.inside(part)]
    return frozenset(found)


def _moments(part: tree.Value | tree.Test, moments: Iterable[Moment]) -> frozenset[Moment]:
    """The periods in which what is inside a part is asked for."""
    match part:
        case tree.Shifted(count=count):
            return frozenset(one.before(count) for one in moments)
        case tree.Summed(count=count):
            return frozenset(one.before(back) for one in moments for back in range(count or one.within))
    return frozenset(moments)


def weight(formula: tree.Formula, moment: Moment) -> int:
    """How many parts are worked to compute it for that period at most: what a sum holds, once for each of its periods."""
    total = 0
    found: list[tuple[tree.Value | tree.Test, int]] = [(formula.value, 1)]
    while found:
        part, times = found.pop()
        total += times
        inner = times * ((part.count or moment.grain.value) if isinstance(part, tree.Summed) else 1)
        found += [(one, inner) for one in tree.inside(part)]
    return total
