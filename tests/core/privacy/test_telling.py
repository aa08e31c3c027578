"""No small count of people is told, nor follows from what is told: attacked by means that share nothing with what defends."""

from __future__ import annotations

import itertools
import random
from collections.abc import Hashable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.privacy.telling import Edition, tell
from tests.core.privacy.attack import recovered_by_subtraction, secrets_under, value

FLOOR = 5
Cells = dict[Hashable, frozenset[Hashable]]
Counts = dict[Hashable, int]


def table(districts: int, months: int) -> Cells:
    """Cells of a quarter or a year: each district and all of them, in each month, each quarter and in all."""
    spans = [(month,) for month in range(months)]
    spans += [tuple(range(first, first + 3)) for first in range(0, months, 3)] if months > 3 else []
    spans += [tuple(range(months))] if months > 1 else []
    alone = {(span, district): {(month, district) for month in span} for span in spans for district in range(districts)}
    whole = {(span, "all"): {(month, district) for month in span for district in range(districts)} for span in spans}
    return {key: frozenset(atoms) for key, atoms in {**alone, **whole}.items()}


def skewed(seed: int, districts: int, months: int) -> Counts:
    """Many zeros, many ones, a few thousands."""
    drawn = random.Random(seed)
    places = itertools.product(range(months), range(districts))
    return {place: 0 if drawn.random() < 0.3 else min(int(drawn.paretovariate(0.7)), 9_000) for place in places}


def grown(seed: int, counts: Counts, *, falls: bool = False) -> Counts:
    """Late data: some counts more; with `falls`, some were withdrawn."""
    drawn, later = random.Random(seed), dict(counts)
    for place in drawn.sample(sorted(counts, key=str), max(1, len(counts) // 6)):
        step = min(int(drawn.paretovariate(0.9)), 400)
        later[place] = max(0, later[place] + (-step if falls and drawn.random() < 0.4 else step))
    return later


def told_in(cells: Cells, history: Sequence[Counts]) -> list[Edition]:
    editions: list[Edition] = []
    for counts in history:
        editions.append(tell(cells, counts, floor=FLOOR, earlier=editions))
    return editions


# -- by subtraction ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_subtraction_recovers_nothing(seed: int) -> None:
    cells = table(districts=4 + seed, months=3)
    history = [skewed(seed, 4 + seed, 3)]
    history += [grown(100 + seed, history[0]), grown(200 + seed, grown(100 + seed, history[0]), falls=seed % 2 == 1)]
    editions = told_in(cells, history)
    assert len(list(secrets_under(FLOOR, cells, history))) > 5
    assert recovered_by_subtraction(cells, history, editions, floor=FLOOR) == []


def test_subtraction_recovers_nothing_of_a_year_of_all_districts() -> None:
    cells = table(districts=33, months=12)
    history = [skewed(7, 33, 12), grown(8, skewed(7, 33, 12))]
    editions = told_in(cells, history)
    assert recovered_by_subtraction(cells, history, editions, floor=FLOOR) == []
    assert sum(value is not None for value in editions[-1].told.values()) > len(cells) / 3


def test_the_attack_finds_what_plain_hiding_gives_away() -> None:
    """Hiding small cells alone is no defence, and the attack shows it; so it can fail."""
    cells, counts = table(districts=6, months=3), skewed(3, 6, 3)
    plain = {key: found if not 0 < (found := value(cells, key, counts)) < FLOOR else None for key in cells}
    shown = frozenset(key for key, found in plain.items() if found is not None)
    assert recovered_by_subtraction(cells, [counts], [Edition(counts, plain, shown)], floor=FLOOR)


# -- by trying every table that could be -------------------------------------------------------------------------------------


def worlds(cells: Cells, edition: Edition, most: int) -> Iterator[Counts]:
    """Every table of counts up to `most` that agrees with what was told, and in which what was kept back is not zero."""
    atoms = sorted(frozenset().union(*cells.values()), key=str)
    for drawn in itertools.product(range(most + 1), repeat=len(atoms)):
        counts = dict(zip(atoms, drawn, strict=True))
        if all(
            value(cells, key, counts) == edition.told[key] if key in edition.anew else value(cells, key, counts) for key in cells
        ):
            yield counts


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 1, 1, 2, 3]), min_size=4, max_size=4))
def test_every_small_count_could_be_others(drawn: list[int]) -> None:
    """Two months, two districts, floor 3: among the tables that a reader cannot rule out, each small count takes three values."""
    cells = table(districts=2, months=2)
    counts: Counts = dict(zip(itertools.product(range(2), range(2)), drawn, strict=True))
    edition = tell(cells, counts, floor=3)
    possible = list(worlds(cells, edition, most=6))
    assert counts in possible
    for key in cells:
        if 0 < value(cells, key, counts) < 3:
            found = {value(cells, key, world) for world in possible}
            assert max(found) - min(found) >= 2, (key, edition.told)


def test_kept_back_counts_are_at_least_one_each_and_the_reader_knows_it() -> None:
    """Of two that sum to six, each is from 1 to 5: wide enough. To five: from 1 to 4, and the sum is kept back too."""
    cells: Cells = {"a": frozenset({"a"}), "b": frozenset({"b"}), "both": frozenset({"a", "b"}), "c": frozenset({"c"})}
    assert tell(cells, {"a": 2, "b": 4, "c": 50}, floor=5).told == {"a": None, "b": None, "both": 6, "c": 50}
    assert tell(cells, {"a": 2, "b": 3, "c": 50}, floor=5).told == {"a": None, "b": None, "both": None, "c": 50}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=2), st.lists(st.sampled_from([0, 0, 1, 2, 3]), min_size=2, max_size=2))
def test_two_editions_together_leave_every_small_count_open(drawn: list[int], late: list[int]) -> None:
    """Two districts and their sum, told twice, the second time with late data: all pairs of tables that agree with both."""
    cells: Cells = {"a": frozenset({"a"}), "b": frozenset({"b"}), "both": frozenset({"a", "b"})}
    history = [dict(zip("ab", drawn, strict=True)), {name: was + more for name, was, more in zip("ab", drawn, late, strict=True)}]
    first = tell(cells, history[0], floor=3)
    second = tell(cells, history[1], floor=3, earlier=[first])
    pairs = [
        (one, two)
        for one in worlds(cells, first, most=9)
        for two in worlds(cells, second, most=9)
        if all(two[atom] >= one[atom] for atom in one)
    ]
    assert (history[0], history[1]) in pairs
    for terms in secrets_under(3, cells, history):
        found = {sum(sign * value(cells, key, pair[number]) for number, key, sign in terms) for pair in pairs}
        assert max(found) - min(found) >= 2, (terms, first.told, second.told)


# -- over editions ------------------------------------------------------------------------------------------------------------


def test_a_small_step_waits_and_a_large_one_is_told() -> None:
    cells: Cells = {"a": frozenset({"a"})}
    first = tell(cells, {"a": 20}, floor=5)
    second = tell(cells, {"a": 22}, floor=5, earlier=[first])
    third = tell(cells, {"a": 25}, floor=5, earlier=[first, second])
    assert [one.told["a"] for one in (first, second, third)] == [20, 20, 25]
    assert [bool(one.anew) for one in (first, second, third)] == [True, False, True]


def test_a_small_step_is_not_told_by_the_total() -> None:
    """District b grew by two; the total and a would tell it together."""
    cells: Cells = {"a": frozenset({"a"}), "b": frozenset({"b"}), "all": frozenset({"a", "b"})}
    first = tell(cells, {"a": 20, "b": 30}, floor=5)
    second = tell(cells, {"a": 40, "b": 32}, floor=5, earlier=[first])
    assert first.told == {"a": 20, "b": 30, "all": 50}
    assert second.told["b"] == 30
    assert (second.told["a"], second.told["all"]) in {(40, 50), (20, 72)}


def test_a_count_that_falls_under_the_floor_is_no_longer_told() -> None:
    cells: Cells = {"a": frozenset({"a"})}
    first = tell(cells, {"a": 20}, floor=5)
    assert tell(cells, {"a": 3}, floor=5, earlier=[first]).told == {"a": None}


def test_what_is_large_or_nothing_is_told_as_it_is() -> None:
    cells, counts = table(districts=3, months=3), dict.fromkeys(itertools.product(range(3), range(3)), 70)
    counts |= {(1, district): 0 for district in range(3)}
    edition = tell(cells, counts, floor=FLOOR)
    assert edition.told == {key: value(cells, key, counts) for key in cells}


def test_the_same_counts_give_the_same_edition() -> None:
    cells, counts = table(districts=9, months=3), skewed(5, 9, 3)
    assert tell(cells, counts, floor=FLOOR) == tell(cells, counts, floor=FLOOR)
    assert tell(cells, counts, floor=1).told == {key: value(cells, key, counts) for key in cells}


@pytest.mark.parametrize(("counts", "floor"), [({"a": -1}, 5), ({"a": 1}, 0)])
def test_nonsense_is_refused(counts: Counts, floor: int) -> None:
    with pytest.raises(ValueError, match="floor"):
        tell({"a": frozenset({"a"})}, counts, floor=floor)
