"""Tables of people: what may be told of each, weighed against all that was told before; and what was told last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum

from calpulli.commons import clock, institutes
from calpulli.commons.registries.people_tables import PEOPLE_TABLES, PeopleTable
from calpulli.norms import doors as norms
from calpulli_core.calendars.periods import Period
from calpulli_core.law.rules import NoRule
from calpulli_core.privacy.telling import Edition, tell

from ..models import Telling, ToldCell

ALL = "*"
NOWHERE = ""
AGAIN = dt.timedelta(days=90)
YEARS_KEPT_UP = 2  # late data of older years is told no more by itself
Place = tuple[str, str, str]  # period, place, category; each may be all of them
Row = tuple[str, str, str, int | None, bool, int]


@dataclass(frozen=True)
class Weighed:
    """An edition that could be told now: its cells as entries carry them, and under which floor."""

    rows: tuple[Row, ...]
    floor: int
    quarters: int


def weighed(table: PeopleTable, year: int) -> Weighed | None:
    """The next edition of the table for that year; None when no quarter of it ended, or no rule says how few are too few."""
    ended = [one for one in quarters_of(year) if one.ends_on < clock.today() and is_recorded(table, one)]
    floors = [floor_on(table, one.ends_on) for one in ended]
    if not ended or None in floors:
        return None
    counts = _counts(table, ended)
    earlier = _earlier(table, year)
    seen = {atom for edition in earlier for atom in edition.counts} | counts.keys()
    cells = _cells(table, ended, {place for _, place, _ in seen})
    floor = max(one for one in floors if one is not None)
    edition = tell(cells, counts, floor=floor, earlier=earlier)
    rows = tuple(
        (*key, edition.told[key], key in edition.anew, sum(counts.get(atom, 0) for atom in cells[key])) for key in sorted(cells)
    )
    return Weighed(rows, floor, len(ended))


def quarters_of(year: int) -> tuple[Period, ...]:
    """The four."""
    return tuple(Period(year, number) for number in (1, 2, 3, 4))


def is_recorded(table: PeopleTable, period: Period) -> bool:
    """Whether anything was recorded then."""
    since = table.since()
    return since is not None and period.starts_on.year * 12 + period.starts_on.month - 1 >= since


def floor_on(table: PeopleTable, on: dt.date) -> int | None:
    """Under how many people a count is not told, by the rule in force on that day."""
    try:
        return norms.rule(institutes.current().slug, key=table.floor, on=on).value
    except NoRule:
        return None


def _counts(table: PeopleTable, ended: Iterable[Period]) -> dict[Place, int]:
    """People by quarter, place and category, as they are now."""
    spans = {place.starts_on.year * 4 + (place.starts_on.month - 1) // 3: str(place) for place in ended}
    first, last = min(spans) * 3, max(spans) * 3 + 3
    sums = {f"of_{key}": Sum(key) for key, _ in table.categories}
    found: dict[Place, int] = {}
    for row in table.rows().order_by().filter(month__gte=first, month__lt=last).values("month", "place").annotate(**sums):
        for key, _ in table.categories:
            atom = (spans[row["month"] // 3], row["place"], key)
            found[atom] = found.get(atom, 0) + int(row[f"of_{key}"] or 0)
    return found


def _cells(table: PeopleTable, ended: list[Period], places: set[str]) -> dict[Place, frozenset[Place]]:
    """Every cell that is told: each quarter, and the year once it ended; each place and all; each category and all."""
    quarters = [str(one) for one in ended]
    periods = {one: [one] for one in quarters} | ({quarters[0][:4]: quarters} if len(quarters) == 4 else {})
    where = {one: [one] for one in sorted(places | set(table.place.values()) | {NOWHERE})}
    where[ALL] = list(where)
    who = {key: [key] for key, _ in table.categories}
    who[ALL] = list(who)
    return {
        (period, place, category): frozenset((when, at, of) for when in spans for at in spots for of in kinds)
        for period, spans in periods.items()
        for place, spots in where.items()
        for category, kinds in who.items()
    }


def _earlier(table: PeopleTable, year: int) -> list[Edition]:
    """What was told before, each edition with the counts that it then had."""
    return [_edition(one) for one in Telling.objects.filter(table=table.key, year=year).order_by("number")]


def _edition(telling: Telling) -> Edition:
    cells = list(telling.cells.all())
    places = {_place(one): one for one in cells}
    atoms = {place: one.people for place, one in places.items() if ALL not in place and "-" in place[0]}
    told = {place: one.told for place, one in places.items()}
    return Edition(atoms, told, frozenset(place for place, one in places.items() if one.anew))


def _place(cell: ToldCell) -> Place:
    return (cell.period, cell.place, cell.category)


def last_telling(table: str, year: int) -> Telling | None:
    """The newest edition of a table for a year."""
    return Telling.objects.filter(table=table, year=year).order_by("-number").first()


def told_last(table: str, year: int) -> Mapping[Place, int | None]:
    """What the newest edition tells, by cell; nothing before the first."""
    telling = last_telling(table, year)
    return {} if telling is None else {_place(cell): cell.told for cell in telling.cells.all()}


def due() -> list[tuple[str, int]]:
    """The tables and years of which an edition is to be told: a quarter closed since the last one, or three months have passed.

    Seldom on purpose: each edition lets readers subtract it from the others, and holds back more.
    """
    return [(table.key, year) for table in PEOPLE_TABLES for year in _years(table) if _is_due(table, year)]


def _years(table: PeopleTable) -> range:
    since = table.since()
    return range(0) if since is None else range(since // 12, clock.today().year + 1)


def _is_due(table: PeopleTable, year: int) -> bool:
    ended = sum(one.ends_on < clock.today() and is_recorded(table, one) for one in quarters_of(year))
    last = last_telling(table.key, year)
    if last is None or last.quarters < ended:
        return ended > 0
    return clock.now() - last.told_at >= AGAIN and year >= clock.today().year - YEARS_KEPT_UP


def says_the_same(table: PeopleTable, year: int, edition: Weighed) -> bool:
    """Whether a reader would see no difference from what was told last."""
    return told_last(table.key, year) == {(period, place, category): told for period, place, category, told, _, _ in edition.rows}
