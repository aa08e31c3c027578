"""Balances: sums of the entries of a year, read once for each head of the ledger and added up in many ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum

from calpulli.ledger.doors import remembered
from calpulli_core.budget import HAPPENED, Balance, Disorder, Moment, disorders, moved_point

from ..inputs import EntryRow
from ..models import BudgetBatch, BudgetEntry
from .classifier import chapter_of
from .programme import approved_years

PURSE = ("area", "activity", "source", "partida")
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Purse:
    """The money of one area, activity, source and partida in a year."""

    area: str
    activity: str
    source: str
    partida: str
    programme: str
    balance: Balance

    @property
    def chapter(self) -> str:
        """Of its partida."""
        return chapter_of(self.partida)

    @property
    def key(self) -> Key:
        """What tells it apart."""
        return self.area, self.activity, self.source, self.partida


@dataclass(frozen=True, slots=True)
class Flag:
    """A purse whose moments are out of order; `point`: 10 or 100 if a decimal point that moved would explain it."""

    purse: Key
    disorder: Disorder
    point: int | None


def years() -> tuple[int, ...]:
    """The years with entries of an approved programme, the newest first."""
    approved = approved_years()
    return tuple(year for year in _with_entries() if year in approved)


@remembered("budget")
def _with_entries() -> tuple[int, ...]:
    return tuple(BudgetBatch.objects.filter(count__gt=0).order_by("-year").values_list("year", flat=True).distinct())


@remembered("budget")
def purses(year: int) -> tuple[Purse, ...]:
    """Every purse of the year, ordered by its key."""
    names = (*PURSE, "programme", "moment")
    sums: dict[tuple[str, ...], dict[str, int]] = {}
    for *purse, moment, cents in _of(year).order_by().values_list(*names).annotate(cents_sum=Sum("cents")):
        sums.setdefault(tuple(purse), {})[moment] = int(cents)
    return tuple(Purse(*key, balance=Balance(**sums[key])) for key in sorted(sums))  # type: ignore[arg-type,misc]  # keys have five parts


def _of(year: int) -> Any:
    return BudgetEntry.objects.filter(year=year)


def has_approved(year: int) -> bool:
    """Whether the year has an approved budget: from then on it changes by the hand of two people."""
    return bool(_of(year).filter(moment=Moment.APPROVED.value).exists())


def held_already(rows: Collection[EntryRow], document: str) -> set[EntryRow]:
    """Which of these entries, of a batch of that document, are in the budget already and were not undone: the same, again.

    They are equal in everything. One without a document of its own goes under its batch's, and is also the same as any other
    without one: a file may come again under another name.
    """
    documents = {row.document or document for row in rows}
    held = _counted(rows, documents) if rows else Counter()
    if not held:  # most files bring nothing again, and a million rows are not looked at one by one
        return set()
    return {row for row in set(rows) if any(held[one] > held[_undoing(one)] for one in _under(row, document) if one in held)}


def _counted(rows: Collection[EntryRow], documents: set[str]) -> Counter[EntryRow]:
    """How many entries there are like these, under their own document, their batch's and, without their own, none."""
    found = _of(next(iter(rows)).year).filter(activity__in={row.activity for row in rows}, month__in={row.month for row in rows})
    blank = Q(document="") if any(not row.document for row in rows) else Q(document="", batch__document__in=documents)
    same = found.filter(Q(document__in=documents) | blank).order_by().values_list(*EntryRow._fields, "batch__document")
    held = Counter[EntryRow]()
    for *told, document, times in same.annotate(times=Count("pk")):
        for one in _under(EntryRow(*told), document):
            held[one] += times
    return held


def _under(row: EntryRow, document: str) -> tuple[EntryRow, ...]:
    return (row,) if row.document else (row, row._replace(document=document))


def _undoing(row: EntryRow) -> EntryRow:
    return row._replace(cents=-row.cents)


@remembered("budget")
def months(year: int, activity: str) -> dict[int, Balance]:
    """What each month added to an activity; months without entries are not there."""
    found: dict[int, dict[str, int]] = {}
    rows = _of(year).filter(activity=activity).order_by().values_list("month", "moment").annotate(cents_sum=Sum("cents"))
    for month, moment, cents in rows:
        found.setdefault(month, {})[moment] = int(cents)
    return {month: Balance(**found[month]) for month in sorted(found)}


@remembered("budget")
def last_month(year: int) -> int | None:
    """The last month in which something was received or paid: until when the year is told; None before any."""
    spent = _of(year).filter(moment__in=HAPPENED)
    last: int | None = spent.aggregate(last=Max("month"))["last"]
    return last


def total(found: Iterable[Purse]) -> Balance:
    """Of all of them."""
    return sum((one.balance for one in found), Balance())


def grouped(found: Iterable[Purse], by: Callable[[Purse], str]) -> dict[str, Balance]:
    """The balance of each group, in the order of their keys."""
    sums: dict[str, Balance] = {}
    for one in found:
        key = by(one)
        sums[key] = sums.get(key, Balance()) + one.balance
    return dict(sorted(sums.items()))


@remembered("budget")
def flags(year: int) -> tuple[Flag, ...]:
    """Every purse out of order, ordered by its key (docs/spec/budget.md, section 3)."""
    found = [(purse, one) for purse, of_purse in _by_month(year).items() for one in disorders(of_purse)]
    largest = _largest(year) if any(not one.is_settled for _purse, one in found) else {}
    return tuple(Flag(purse, one, _point(one, largest.get((*purse, one.lesser), 0))) for purse, one in found)


def _by_month(year: int) -> dict[Key, dict[int, Balance]]:
    """What each month added to each purse: a row of the database for each, with its six sums beside each other."""
    sums = {moment.value: Sum("cents", filter=Q(moment=moment.value), default=0) for moment in Moment}
    found: dict[Key, dict[int, Balance]] = {}
    for *purse, month, cents in _in_six(_of(year).order_by().values_list(*PURSE, "month").annotate(**sums)):
        found.setdefault(tuple(purse), {})[month] = cents
    return dict(sorted(found.items()))


def _in_six(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows whose last six values are the sums of the moments, with those as one balance."""
    for row in rows:
        yield (*row[:-6], Balance(*map(int, row[-6:])))


def _largest(year: int) -> dict[tuple[str, ...], int]:
    """The entry that is farthest from zero, of each purse and moment."""
    rows = _of(year).order_by().values_list(*PURSE, "moment").annotate(top=Max("cents"), bottom=Min("cents"))
    return {tuple(key): max(top, bottom, key=abs) for *key, top, bottom in rows}


def _point(disorder: Disorder, largest: int) -> int | None:
    """Of what is modified, which comes from two moments, none is looked for."""
    if disorder.is_settled or not disorder.greater:
        return None
    return moved_point(disorder.last[0], largest, disorder.last[1])


def balance_of(year: int, purse: Key) -> Balance:
    """Of one purse, as it stands now, also inside an act."""
    rows = _of(year).filter(**dict(zip(PURSE, purse, strict=True)))
    return Balance.of(rows.values_list("moment", "cents"))


def balances_of(year: int, purses: set[Key]) -> dict[Key, Balance]:
    """Of some purses, as they stand now, also inside an act; those without entries are not there."""
    rows = _of(year).filter(activity__in={activity for _area, activity, _source, _partida in purses})
    found: dict[Key, list[tuple[str, int]]] = {}
    for *key, moment, cents in rows.order_by().values_list(*PURSE, "moment").annotate(cents_sum=Sum("cents")):
        if tuple(key) in purses:
            found.setdefault(tuple(key), []).append((moment, int(cents)))
    return {key: Balance.of(told) for key, told in found.items()}


def months_of_purse(year: int, purse: Key) -> Mapping[int, Balance]:
    """What each month added to one purse, as it stands now."""
    found: dict[int, list[tuple[str, int]]] = {}
    rows = _of(year).filter(**dict(zip(PURSE, purse, strict=True)))
    for month, moment, cents in rows.values_list("month", "moment", "cents"):
        found.setdefault(month, []).append((moment, cents))
    return {month: Balance.of(told) for month, told in found.items()}


@dataclass(frozen=True)
class Told:
    """An entry with the document that backs it, for whoever follows a number to its rows."""

    month: int
    moment: str
    source: str
    partida: str
    cents: int
    document: str


@dataclass(frozen=True)
class Entries:
    """The last entries of an activity, and how many there are in all."""

    shown: tuple[Told, ...]
    count: int


@remembered("budget")
def entries_of(year: int, activity: str, most: int) -> Entries:
    """The newest entries of an activity, by month."""
    found = _of(year).filter(activity=activity)
    rows = found.select_related("batch").order_by("-month", "-id")[:most]
    told = (Told(one.month, one.moment, one.source, one.partida, one.cents, one.document or one.batch.document) for one in rows)
    return Entries(tuple(told), found.count())


@remembered("budget")
def first_month() -> int | None:
    """The month of the first entry of all, as year * 12 + month - 1; None before any."""
    found = BudgetEntry.objects.aggregate(first=Min(F("year") * 12 + F("month") - 1))
    first: int | None = found["first"]
    return first


@remembered("budget")
def sealed_rows(year: int, until: int) -> tuple[tuple[str, str, str, str, int, str, int], ...]:
    """The sums by purse, month and moment up to a month, ascending, without those that sum to 0."""
    names = (*PURSE, "month", "moment")
    rows = _of(year).filter(month__lte=until).order_by().values_list(*names).annotate(cents_sum=Sum("cents"))
    return tuple(sorted((*key, int(cents)) for *key, cents in rows if cents))
