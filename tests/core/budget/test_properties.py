"""What always holds of shares, cuts and flags, for any amounts."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.budget import PAIRS, Balance, Free, Moment, cents_shown, cut, disorders, shared

CENTS = st.integers(-(10**15), 10**15)
WEIGHTS = st.lists(st.integers(1, 10_000), min_size=1, max_size=12)


@given(CENTS, WEIGHTS)
def test_shares_sum_to_the_amount_and_are_within_one_cent_of_it(cents: int, weights: list[int]) -> None:
    found = shared(cents, weights)
    assert sum(found.parts) == cents
    whole = sum(weights)
    assert all(abs(part - Fraction(cents * weight, whole)) < 1 for part, weight in zip(found.parts, weights, strict=True))


@given(CENTS, WEIGHTS)
def test_the_opposite_amount_has_the_opposite_shares(cents: int, weights: list[int]) -> None:
    assert shared(-cents, weights).parts == tuple(-part for part in shared(cents, weights).parts)


@given(st.lists(st.tuples(st.sampled_from(list(Moment)), CENTS), max_size=30), st.integers(0, 30))
def test_balances_are_sums_of_any_parts_of_the_entries(entries: list[tuple[str, int]], place: int) -> None:
    whole = Balance.of(entries)
    assert Balance.of(entries[:place]) + Balance.of(entries[place:]) == whole
    assert whole.modified == sum(cents for moment, cents in entries if moment in ("approved", "change"))
    assert whole.paid == sum(cents for moment, cents in entries if moment == "paid")


AMOUNT = st.integers(0, 10**12)
ACTIVITIES = st.lists(st.tuples(AMOUNT, AMOUNT), max_size=20).map(
    lambda told: [Free(f"A{place:02}", modified, min(modified, free)) for place, (modified, free) in enumerate(told)]
)


@given(ACTIVITIES, st.integers(1, 10_000))
def test_nobody_is_cut_more_than_what_is_free(activities: list[Free], hundredths: int) -> None:
    found = cut(activities, hundredths)
    assert sum(cents for _, cents in found.parts) == found.reached == found.goal - found.missing
    assert all(0 <= cents <= one.free for one, cents in found.parts)
    assert found.missing == 0 or found.reached == sum(one.free for one in activities)
    assert abs(found.goal - Fraction(sum(one.modified for one in activities) * hundredths, 10_000)) <= Fraction(1, 2)


@given(st.dictionaries(st.integers(1, 12), st.lists(st.integers(0, 100), min_size=5, max_size=5), max_size=12))
def test_moments_that_never_pass_the_one_before_have_no_flag(months: dict[int, list[int]]) -> None:
    """Each month spends at most what the moment before it spent in the same month."""
    ordered = {month: sorted(cents, reverse=True) for month, cents in months.items()}
    kept = {
        month: Balance(approved=given[0], committed=given[1], accrued=given[2], exercised=given[3], paid=given[4])
        for month, given in ordered.items()
    }
    assert disorders(kept) == []


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(list(Moment)), st.integers(-50, 50)), max_size=40))
def test_flags_are_where_running_sums_say_so(entries: list[tuple[int, str, int]]) -> None:
    present = sorted({month for month, _, _ in entries})
    months = {at: Balance.of((moment, cents) for month, moment, cents in entries if month == at) for at in present}

    def upto(at: int, name: str) -> int:
        kinds = ("approved", "change") if name == "modified" else (name,)
        return sum(cents for month, moment, cents in entries if month <= at and moment in kinds)

    expected = {
        (lesser, greater): at for lesser, greater in PAIRS for at in reversed(present) if upto(at, lesser) > upto(at, greater)
    }
    assert {(one.lesser, one.greater): one.month for one in disorders(months) if one.greater} == expected


@given(st.fractions())
def test_what_is_shown_is_the_nearest(value: Fraction) -> None:
    assert abs(value - cents_shown(value)) <= Fraction(1, 2)
    assert cents_shown(-value) == -cents_shown(value)
