"""The six moments, balances as sums of entries, and the order in which they should stand (docs/spec/budget.md, 1 to 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Moment(StrEnum):
    """The moment of an entry."""

    APPROVED = "approved"
    CHANGE = "change"
    COMMITTED = "committed"
    ACCRUED = "accrued"
    EXERCISED = "exercised"
    PAID = "paid"


# What has happened when it is entered, so that its month has come. Money is given, moved and promised also for months to come.
HAPPENED = frozenset({Moment.ACCRUED.value, Moment.EXERCISED.value, Moment.PAID.value})


@dataclass(frozen=True, slots=True)
class Balance:
    """What the entries of a set sum to, in cents, by moment."""

    approved: int = 0
    change: int = 0
    committed: int = 0
    accrued: int = 0
    exercised: int = 0
    paid: int = 0

    @classmethod
    def of(cls, entries: Iterable[tuple[str, int]]) -> Balance:
        """The sums of (moment, cents)."""
        sums = dict.fromkeys(Moment, 0)
        for moment, cents in entries:
            sums[Moment(moment)] += cents
        return cls(**{moment.value: cents for moment, cents in sums.items()})

    @property
    def modified(self) -> int:
        """Approved, with what was added and without what was taken away."""
        return self.approved + self.change

    @property
    def free(self) -> int:
        """What is not committed; of more committed than there is, nothing."""
        return max(0, self.modified - self.committed)

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            self.approved + other.approved,
            self.change + other.change,
            self.committed + other.committed,
            self.accrued + other.accrued,
            self.exercised + other.exercised,
            self.paid + other.paid,
        )

    def at(self, name: str) -> int:
        """The balance of that name, one of `ORDER` or approved."""
        return int(getattr(self, name))


# From the least to the greatest, as they should stand.
ORDER = ("paid", "exercised", "accrued", "committed", "modified")
PAIRS = tuple(pairwise(ORDER))


@dataclass(frozen=True, slots=True)
class Disorder:
    """`lesser` should not pass `greater`; it did from `month` on, with those cents then and in the last month.

    `greater` is empty where the balance itself is below 0.
    """

    lesser: str
    greater: str
    month: int
    cents: tuple[int, int]
    last: tuple[int, int]

    @property
    def is_settled(self) -> bool:
        """Whether the last month has them in order again."""
        return self.last[0] >= 0 if not self.greater else self.last[0] <= self.last[1]


def disorders(months: Mapping[int, Balance]) -> list[Disorder]:
    """Each pair out of order in a purse, and each balance below 0, from its first month. `months`: what each of them adds."""
    running, upto = Balance(), []
    for month in sorted(months):
        running += months[month]
        upto.append((month, running))
    found = [_first(upto, lesser, greater) for lesser, greater in (*PAIRS, *((name, "") for name in ORDER))]
    return [one for one in found if one is not None]


def _first(upto: list[tuple[int, Balance]], lesser: str, greater: str) -> Disorder | None:
    for month, balance in upto:
        cents = _both(balance, lesser, greater)
        if (cents[0] > cents[1]) if greater else (cents[0] < 0):
            return Disorder(lesser, greater, month, cents, _both(upto[-1][1], lesser, greater))
    return None


def _both(balance: Balance, lesser: str, greater: str) -> tuple[int, int]:
    return balance.at(lesser), balance.at(greater) if greater else 0


def moved_point(total: int, largest: int, other: int) -> int | None:
    """10 or 100, if dividing by it the largest of the entries that sum to `total` would make them sum to the other balance."""
    rest = total - largest
    found = (by for by in (10, 100) if largest and largest % by == 0 and rest + largest // by == other)
    return next(found, None)
