"""Which counts of people may be told, so that no small one is told nor follows from the others.

A table is published in editions: cells that are sums of the same atoms (a district in a month), with totals over districts and
over periods. A reader adds and subtracts what stands in all editions, knows that counts are not negative, that what is kept back
is not zero, and, where data only came late, that counts do not fall. A small count (of people in a cell, or of those by whom a
cell grew from one edition to the next) is safe when what such a reader can show leaves it an interval at least `floor` - 1 wide.
Intervals are found by linear programming; cells are kept back one at a time, the least useful that binds first (a greedy form of
complementary cell suppression: M. Fischetti and J. J. Salazar, Management Science 47(7), 2001, state the problem).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy  # type: ignore[import-untyped]  # it says no types of its own
import numpy
from numpy.typing import NDArray

Key = Any  # hashable: whatever names a cell
Atom = Any  # hashable
Told = Mapping[Key, int | None]
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Edition:
    """What an edition told of each cell (None: kept back), of which it was told anew, and the counts of atoms as they then were.

    Which cells it told anew nobody outside knows: one that repeats an older number stands like one that did not change.
    """

    counts: Mapping[Atom, int]
    told: Told
    anew: frozenset[Key]


@dataclass
class _Row:
    """What a reader knows of one cell in one edition: a sum between two bounds. `key` only of what may still be kept back."""

    terms: dict[int, int]
    low: float
    high: float
    key: Key | None = None
    size: int = 0


def tell(
    cells: Mapping[Key, frozenset[Atom]], counts: Mapping[Atom, int], *, floor: int, earlier: Sequence[Edition] = ()
) -> Edition:
    """The next edition: of each cell its count, that of the last edition that told it, or None (kept back).

    `cells`: the atoms that each sums. A cell that would change by less than `floor` keeps what it told, and looks like one that
    did not change. Raises ValueError for a floor below 1 or a negative count.
    """
    if floor < 1 or any(count < 0 for count in counts.values()):
        raise ValueError("a floor is 1 or more, and counts are not negative")
    return _Table(cells, [*earlier, Edition(counts, {}, frozenset())], floor).edition()


class _Table:
    """The linear relations of all editions of a table; variables are groups of atoms that no cell tells apart, by edition."""

    def __init__(self, cells: Mapping[Key, frozenset[Atom]], editions: Sequence[Edition], floor: int) -> None:
        self._floor, self._editions = floor, editions
        self._groups = _grouped(cells)
        self._cells = {key: self._places(atoms) for key, atoms in cells.items()}
        self._values = [
            {key: sum(edition.counts.get(atom, 0) for atom in atoms) for key, atoms in cells.items()} for edition in editions
        ]
        before = editions[-2].told if len(editions) > 1 else {}
        self._last = {key: value for key, value in before.items() if value is not None}

    def edition(self) -> Edition:
        """The last edition, told."""
        fresh = {key for key, value in self._values[-1].items() if self._may_stand(key, value)}
        model = _Model(len(self._groups) * len(self._editions), self._rows(fresh))
        for secret in self._secrets():
            model.protect(secret, self._floor - 1)
        kept = fresh - model.kept_back
        told = {key: self._values[-1][key] if key in kept else self._shown(key) for key in self._cells}
        return Edition(self._editions[-1].counts, told, frozenset(kept))

    def _shown(self, key: Key) -> int | None:
        """What an edition may go on telling of a cell that it does not tell anew: nothing where it is small now."""
        return None if 0 < self._values[-1][key] < self._floor else self._last.get(key)

    def _places(self, atoms: frozenset[Atom]) -> list[int]:
        """The groups that a cell sums: all of a group lies in it, or nothing."""
        return [place for place, group in enumerate(self._groups) if not group.isdisjoint(atoms)]

    def _may_stand(self, key: Key, value: int) -> bool:
        """Whether its own number is not small, nor the step from what was told."""
        step = abs(value - self._last.get(key, value))
        return not 0 < value < self._floor and not 0 < step < self._floor

    def _terms(self, key: Key, edition: int, sign: int = 1) -> dict[int, int]:
        base = edition * len(self._groups)
        return {base + place: sign for place in self._cells[key]}

    def _rows(self, fresh: set[Key]) -> list[_Row]:
        rows = [row for number in range(len(self._editions)) for row in self._known(number, fresh)]
        return rows + self._growth()

    def _known(self, number: int, fresh: set[Key]) -> Iterable[_Row]:
        """Of one edition: cells that it told anew are known exactly; of others, that they are not zero if they are not."""
        newest = number == len(self._editions) - 1
        for key, value in self._values[number].items():
            anew = key in (fresh if newest else self._editions[number].anew)
            low = float(value) if anew else float(min(value, 1))
            high = float(value) if anew else highspy.kHighsInf
            yield _Row(self._terms(key, number), low, high, key if newest and anew else None, len(self._cells[key]))

    def _growth(self) -> list[_Row]:
        """Where no atom ever fell, a reader may take it that counts only grow."""
        pairs = list(zip(self._editions, self._editions[1:], strict=False))
        atoms = {atom for edition in self._editions for atom in edition.counts}
        if any(after.counts.get(atom, 0) < before.counts.get(atom, 0) for before, after in pairs for atom in atoms):
            return []
        many = len(self._groups)
        return [
            _Row({(number + 1) * many + place: 1, number * many + place: -1}, 0.0, highspy.kHighsInf)
            for number in range(len(pairs))
            for place in range(many)
        ]

    def _secrets(self) -> list[dict[int, int]]:
        """Small counts of every edition, and small steps between one and the next."""
        found = []
        for number, values in enumerate(self._values):
            for key, value in values.items():
                if 0 < value < self._floor:
                    found.append(self._terms(key, number))
                if number and 0 < abs(value - self._values[number - 1][key]) < self._floor:
                    found.append(self._terms(key, number) | self._terms(key, number - 1, -1))
        return found


def _grouped(cells: Mapping[Key, frozenset[Atom]]) -> list[frozenset[Atom]]:
    """Atoms that lie in the same cells, together."""
    places: dict[Atom, list[int]] = {}
    for number, atoms in enumerate(cells.values()):
        for atom in atoms:
            places.setdefault(atom, []).append(number)
    groups: dict[tuple[int, ...], set[Atom]] = {}
    for atom, found in places.items():
        groups.setdefault(tuple(found), set()).add(atom)
    return [frozenset(group) for group in groups.values()]


class _Model:
    """The linear programme of what a reader knows. Keeping a cell back only widens what it leaves open."""

    def __init__(self, variables: int, rows: list[_Row]) -> None:
        self.kept_back: set[Key] = set()
        self._rows = rows
        self._points: list[NDArray[numpy.float64]] = []  # what a reader could take the counts for, found so far
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        most = 2 * sum(row.low for row in rows) + 1_000  # far above all that is there, so that every answer is a point
        for _ in range(variables):
            self._solver.addVar(0.0, most)
        for row in rows:
            places, signs = numpy.array(list(row.terms)), numpy.array(list(row.terms.values()), dtype=float)
            self._solver.addRow(row.low, row.high, len(places), places, signs)

    def protect(self, terms: dict[int, int], width: int) -> None:
        """Keeps back what binds the expression, until what is known of it leaves at least that width."""
        places, factors = numpy.array(list(terms)), numpy.array(list(terms.values()))
        while not self._is_wide(places, factors, width):
            duals = [self._bound(places, sign * factors) for sign in (1, -1)]
            if not self._is_wide(places, factors, width):
                self._keep_back(self._binding(duals))

    def _is_wide(self, places: NDArray[numpy.float64], factors: NDArray[numpy.float64], width: int) -> bool:
        found = [float(point[places] @ factors) for point in self._points]
        return bool(found) and max(found) - min(found) >= width - TOLERANCE

    def _bound(self, places: NDArray[numpy.float64], costs: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """Adds a point where the expression is least; gives how much each row holds it there."""
        for place, cost in zip(places, costs, strict=True):
            self._solver.changeColCost(int(place), float(cost))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"what readers know was not solved: {self._solver.getModelStatus()}")
        solution = self._solver.getSolution()
        self._points.append(numpy.array(solution.col_value))
        for place in places:
            self._solver.changeColCost(int(place), 0.0)
        return numpy.array(solution.row_dual)

    def _binding(self, duals: Sequence[NDArray[numpy.float64]]) -> int:
        """The row to loosen: of those that hold the expression, a count before a zero, then the narrowest, then the smallest.

        Never one of an older edition: that is told.
        """
        holds = numpy.abs(numpy.array(duals)).sum(axis=0)
        free = [number for number, row in enumerate(self._rows) if row.key is not None and row.key not in self.kept_back]
        touching = [number for number in free if holds[number] > TOLERANCE] or free
        if not touching:
            raise RuntimeError("older editions give a count away, and no cell of the new one can change that")
        return min(touching, key=self._worth)

    def _worth(self, number: int) -> tuple[bool, int, float]:
        row = self._rows[number]
        return row.low == 0, row.size, row.low

    def _keep_back(self, number: int) -> None:
        row = self._rows[number]
        self.kept_back.add(row.key)
        self._solver.changeRowBounds(number, min(row.low, 1.0), highspy.kHighsInf)
