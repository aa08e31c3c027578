"""The examples of docs/spec/budget.md, as they stand there, worked by hand."""

from fractions import Fraction

import pytest

from calpulli_core.budget import (
    Balance,
    Disorder,
    Free,
    cents_shown,
    cut,
    disorders,
    moved_point,
    share_of,
    shared,
    unit_cost,
    units_at_risk,
)


def test_modified_is_approved_with_what_was_added_and_taken() -> None:
    entries = [("approved", 100_000), ("change", 25_000), ("change", -5_000), ("committed", 90_000), ("paid", 10), ("paid", -10)]
    balance = Balance.of(entries)
    assert (balance.modified, balance.committed, balance.accrued, balance.paid, balance.free) == (120_000, 90_000, 0, 0, 30_000)


def test_a_moment_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="modified"):
        Balance.of([("modified", 1)])


def test_more_committed_than_there_is_leaves_nothing_free() -> None:
    assert Balance(approved=5, committed=9).free == 0


MONTHS = {
    1: Balance(approved=100_000, committed=40_000, accrued=40_000, exercised=40_000, paid=40_000),
    2: Balance(committed=30_000, accrued=30_000, exercised=10_000, paid=20_000),
    3: Balance(exercised=20_000),
}


def test_the_table_of_section_3() -> None:
    assert disorders(MONTHS) == [Disorder("paid", "exercised", 2, (60_000, 50_000), (60_000, 70_000))]
    assert disorders(MONTHS)[0].is_settled
    assert not disorders({1: MONTHS[1], 2: MONTHS[2]})[0].is_settled


def test_every_pair_is_looked_at_and_so_is_what_is_below_zero() -> None:
    upside_down = {5: Balance(approved=1, committed=2, accrued=3, exercised=4, paid=5)}
    assert [(one.lesser, one.greater) for one in disorders(upside_down)] == [
        ("paid", "exercised"),
        ("exercised", "accrued"),
        ("accrued", "committed"),
        ("committed", "modified"),
    ]
    below = disorders({1: Balance(approved=10, paid=-3)})
    assert below == [Disorder("paid", "", 1, (-3, 0), (-3, 0))]
    assert not below[0].is_settled


def test_equal_balances_are_in_order_and_months_come_in_their_order() -> None:
    assert disorders({7: Balance(approved=9, committed=9, accrued=9, exercised=9, paid=9)}) == []
    assert disorders({}) == []
    later_first = {3: Balance(paid=5), 2: Balance(approved=5, committed=5, accrued=5, exercised=5)}
    assert disorders(later_first) == []


@pytest.mark.parametrize(
    ("total", "largest", "other", "by"),
    [
        (12_650_000, 12_000_000, 770_000, 100),  # 6,500.00 and 120,000.00, beside 7,700.00
        (1_850_000, 1_200_000, 770_000, 10),
        (12_650_000, 12_000_000, 770_001, None),
        (5, 5, 0, None),
        (0, 0, 0, None),
        (-1_000, -1_000, -100, 10),
    ],
)
def test_a_decimal_point_that_moved_is_seen(total: int, largest: int, other: int, by: int | None) -> None:
    assert moved_point(total, largest, other) == by


@pytest.mark.parametrize(
    ("cents", "weights", "parts", "tied"),
    [
        (10_001, (3_334, 3_333, 3_333), (3_335, 3_333, 3_333), ()),
        (1, (5_000, 5_000), (1, 0), (0, 1)),
        (-1_000, (7_000, 3_000), (-700, -300), ()),
        (-1, (5_000, 5_000), (-1, 0), (0, 1)),
        (2, (3_000, 3_000, 3_000, 1_000), (1, 1, 0, 0), (0, 1, 2)),
        (0, (), (), ()),
        (7, (10_000,), (7,), ()),
    ],
)
def test_the_table_of_section_4(cents: int, weights: tuple[int, ...], parts: tuple[int, ...], tied: tuple[int, ...]) -> None:
    found = shared(cents, weights)
    assert (found.parts, found.tied) == (parts, tied)


@pytest.mark.parametrize(("cents", "weights"), [(1, ()), (1, (0, 0)), (5, (-1, 2))])
def test_what_cannot_be_shared_is_refused(cents: int, weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        shared(cents, weights)


def test_cost_per_unit_is_a_fraction_shown_to_the_cent() -> None:
    assert unit_cost(100_000, 3_000) == Fraction(100_000, 3)
    assert cents_shown(Fraction(100_000, 3)) == 33_333
    assert unit_cost(5, 2_000) == Fraction(5, 2)
    assert (cents_shown(Fraction(5, 2)), cents_shown(Fraction(-5, 2)), cents_shown(Fraction(12, 5))) == (3, -3, 2)
    assert unit_cost(5, 0) is None
    assert unit_cost(5, None) is None


def test_no_share_of_nothing() -> None:
    assert share_of(1, 3) == Fraction(1, 3)
    assert share_of(0, 3) == 0
    assert (share_of(1, 0), share_of(1, -3), share_of(None, 3)) == (None, None, None)


THREE = (Free("C", 100_000, 0), Free("A", 100_000, 60_000), Free("B", 100_000, 20_000))


def test_the_table_of_section_7() -> None:
    found = cut(THREE, 1_200)
    assert (found.goal, found.reached, found.missing) == (36_000, 36_000, 0)
    assert [(one.key, cents) for one, cents in found.parts] == [("A", 27_000), ("B", 9_000), ("C", 0)]
    assert units_at_risk(20_000, 27_000, 60_000) == 9_000
    most = cut(THREE, 3_000)
    assert (most.goal, most.reached, most.missing) == (90_000, 80_000, 10_000)
    assert [cents for _, cents in most.parts] == [60_000, 20_000, 0]


def test_a_cut_of_nothing_and_bounds_of_the_percentage() -> None:
    assert cut((), 1_200).goal == 0
    assert cut((Free("A", -5, 0),), 10_000).goal == 0
    assert cut((Free("A", 5, 5),), 1_000).goal == 1  # half a cent goes up
    assert units_at_risk(20, 0, 0) == 0
    assert units_at_risk(-5, 10, 10) == 0
    for outside in (0, -1, 10_001):
        with pytest.raises(ValueError, match="hundredths"):
            cut(THREE, outside)
