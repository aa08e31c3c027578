"""What a reader can work out of what was told of people, by adding and subtracting: it shares nothing with what defends."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence

from calpulli_core.privacy.telling import Edition

PRIME = 2**61 - 1
Cells = Mapping[Hashable, frozenset[Hashable]]
Counts = Mapping[Hashable, int]


def value(cells: Cells, key: Hashable, counts: Counts) -> int:
    return sum(counts.get(atom, 0) for atom in cells[key])


def secrets_under(floor: int, cells: Cells, history: Sequence[Counts]) -> Iterator[tuple[tuple[int, Hashable, int], ...]]:
    """What must stay unknown, as terms (edition, cell, sign): small counts, and small steps between editions."""
    for number, counts in enumerate(history):
        for key in cells:
            now = value(cells, key, counts)
            if 0 < now < floor:
                yield ((number, key, 1),)
            if number and 0 < abs(now - value(cells, key, history[number - 1])) < floor:
                yield ((number, key, 1), (number - 1, key, -1))


class Span:
    """What can be had by adding and subtracting equations: Gauss, modulo a prime so large that chance does not help."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, int]] = {}

    def reduced(self, terms: Mapping[int, int]) -> dict[int, int]:
        left = {place: sign % PRIME for place, sign in terms.items() if sign % PRIME}
        done: dict[int, int] = {}
        while left:
            place = min(left)
            if place not in self._rows:
                done[place] = left.pop(place)
                continue
            factor = left[place]
            for other, sign in self._rows[place].items():
                left[other] = (left.get(other, 0) - factor * sign) % PRIME
                if not left[other]:
                    del left[other]
        return done

    def learn(self, terms: Mapping[int, int]) -> None:
        left = self.reduced(terms)
        if left:
            first = min(left)
            inverse = pow(left[first], -1, PRIME)
            self._rows[first] = {place: sign * inverse % PRIME for place, sign in left.items()}


def numbered(cells: Cells, many: int) -> dict[tuple[int, Hashable], int]:
    atoms = sorted(frozenset().union(*cells.values()), key=str)
    return {place: number for number, place in enumerate(itertools.product(range(many), atoms))}


def expression(
    cells: Cells, places: Mapping[tuple[int, Hashable], int], terms: tuple[tuple[int, Hashable, int], ...]
) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, key, sign in terms:
        for atom in cells[key]:
            place = places[(number, atom)]
            found[place] = found.get(place, 0) + sign
    return {place: sign for place, sign in found.items() if sign}


def recovered_by_subtraction(cells: Cells, history: Sequence[Counts], editions: Sequence[Edition], *, floor: int) -> list[object]:
    """The secrets that are sums and differences of what was told, of every edition; told zeros count atom by atom."""
    places, known = numbered(cells, len(history)), Span()
    for number, edition in enumerate(editions):
        for key in edition.anew:
            known.learn(expression(cells, places, ((number, key, 1),)))
            if edition.told[key] == 0:
                for atom in cells[key]:
                    known.learn({places[(number, atom)]: 1})
    return [terms for terms in secrets_under(floor, cells, history) if not known.reduced(expression(cells, places, terms))]
