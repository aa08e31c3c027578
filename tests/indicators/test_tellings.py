"""People are told in editions: what is told is what may be, over the site's own tables, and what it was weighed on is kept."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from django.core.management import call_command

from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.indicators.actions import tell_people
from calpulli.indicators.inputs import TellPeople
from calpulli.indicators.models import Telling, ToldCell
from calpulli.indicators.offers.chores import tell_what_is_due
from calpulli.indicators.queries import tellings
from calpulli.indicators.queries.cells import Cell, Reading, Why, read
from calpulli.ledger.doors import check_ledger
from calpulli.people.doors import actor_named
from calpulli_core.indicators.moments import Moment
from calpulli_core.law.rules import NoRule
from tests.core.privacy.attack import recovered_by_subtraction, value
from tests.indicators.working import FIRST, SYSTEM, TABLE, Given, deliver, make_activities, measures_offered, today

pytestmark = pytest.mark.django_db
JULY = dt.datetime(2025, 7, 2, 18, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2025, 10, 2, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with measures_offered():
        yield


def activity() -> int:
    return make_activities(("A",), by=SYSTEM).result[0].pk


def told(year: int = 2025) -> dict[tuple[str, str, str], int | None]:
    tell_people(TellPeople("tests.people", year), by=SYSTEM)
    return dict(tellings.told_last("tests.people", year))


def one(period: str, measure: str = "tests.people", **where: str) -> Reading:
    cell = Cell(measure, tuple(sorted(where.items())), Moment.parse(period))
    return read([cell])[cell]


def test_the_first_edition_by_hand() -> None:
    """January to June of 2025, floor 5. First quarter: district 1 has 3 women and 40 men, district 2 has 60 women and 70 men."""
    it = activity()
    deliver([Given(it, FIRST, "distrito-1", 1, 3, 40), Given(it, FIRST + 2, "distrito-2", 1, 60, 70)])
    with today(JULY):
        cells = told()
    first = {(place, who): count for (period, place, who), count in cells.items() if period == "2025-Q1"}
    assert first["distrito-1", "women"] is None
    assert first["distrito-2", "women"] is None or first["*", "women"] is None  # together they would tell the three
    assert first["distrito-1", "men"] is None or first["distrito-1", "*"] is None
    people = {("distrito-1", "women"): 3, ("distrito-1", "men"): 40, ("distrito-2", "women"): 60, ("distrito-2", "men"): 70}
    for (place, who), count in first.items():
        inside = [here for (at, of), here in people.items() if place in (at, "*") and who in (of, "*")]
        assert count in (sum(inside), None), (place, who)
    assert sum(count is not None for count in first.values() if count != 0) >= 4
    assert {first[place] for place in first if place[0] == ""} == {0}
    assert {count for (period, _, _), count in cells.items() if period == "2025-Q2"} == {0}
    assert not [key for key in cells if key[0] in ("2025", "2025-Q3")]
    assert list(check_ledger([])) == []


def test_measures_of_people_read_what_was_told_and_not_what_there_is() -> None:
    it = activity()
    deliver([Given(it, FIRST, "distrito-1", 1, 3, 40), Given(it, FIRST, "distrito-2", 1, 60, 70)])
    with today(JULY):
        assert one("2025-Q1") == Reading(None, Why.NOT_TOLD)
        told()
        assert one("2025-Q1", "tests.women", district="distrito-1") == Reading(None, Why.PRIVACY)
        assert one("2025-Q2") == Reading(Fraction(0))
        deliver([Given(it, FIRST + 3, "distrito-2", 1, 100, 100)])
        assert one("2025-Q2") == Reading(Fraction(0)), "until it is told again"
        told()
        assert one("2025-Q2") == Reading(Fraction(200))
        assert one("2025-Q3") == Reading(None, Why.NOT_TOLD)
        assert one("2024-Q4") == Reading(None, Why.UNRECORDED)


def test_late_data_under_the_floor_waits_and_the_older_number_stands() -> None:
    it = activity()
    deliver([Given(it, FIRST, "distrito-1", 1, 50, 50), Given(it, FIRST, "distrito-2", 1, 50, 50)])
    with today(JULY):
        told()
        deliver([Given(it, FIRST, "distrito-1", 1, 2, 0)])
        with pytest.raises(Refused, match="Nada cambió"):
            told()
        deliver([Given(it, FIRST, "distrito-1", 1, 20, 0)])
        assert told()["2025-Q1", "distrito-1", "women"] == 72


def test_nothing_follows_from_three_editions_of_the_tables_themselves() -> None:
    """Generated with skew, ties and gaps; late data twice. The attack knows even which cells were told anew."""
    it, chance = activity(), random.Random(11)
    places = ("distrito-1", "distrito-2", "distrito-3", "distrito-4", "")

    def some(months: range, many: int) -> None:
        few = (0, 0, 1, 1, 2, 4, 9, 60)
        deliver(
            [
                Given(it, FIRST + chance.choice(months), chance.choice(places), 1, chance.choice(few), chance.choice(few))
                for _ in range(many)
            ]
        )

    some(range(6), 25)
    with today(JULY):
        told()
    for instant, months, many in ((OCTOBER, range(9), 12), (OCTOBER + dt.timedelta(days=95), range(12), 12)):
        some(months, many)
        with today(instant):
            told()
    editions = tellings._earlier(TABLE, 2025)
    last = Telling.objects.order_by("-number").first()
    assert last is not None
    cells = tellings._cells(TABLE, list(tellings.quarters_of(2025)), set(places))
    assert len(editions) == 3
    assert recovered_by_subtraction(cells, [one.counts for one in editions], editions, floor=5) == []
    for number, edition in enumerate(editions):  # and what was told anew was so
        assert all(edition.told[key] == value(cells, key, edition.counts) for key in edition.anew), number
    assert {cell.told for cell in last.cells.all()} & {1, 2, 3, 4} == set()


def test_without_a_rule_nothing_of_people_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*given: object, **named: object) -> None:
        raise NoRule("ninguna")

    deliver([Given(activity(), FIRST, "distrito-1", 1, 900, 800)])
    monkeypatch.setattr(tellings.norms, "rule", nothing)
    with today(JULY), pytest.raises(Refused, match="ninguna regla"):
        told()
    assert not ToldCell.objects.filter(batch__table="tests.people").exists()


def test_it_is_told_when_a_quarter_closes_and_not_between() -> None:
    it = activity()
    deliver([Given(it, FIRST, "distrito-1", 1, 90, 80)])
    mine = [("tests.people", 2025)]
    with today(JULY):
        assert ("tests.people", 2025) in tellings.due()
        tell_what_is_due()
        deliver([Given(it, FIRST, "distrito-1", 1, 90, 80)])
        assert not set(mine) & set(tellings.due())
    with today(JULY + dt.timedelta(days=89)):
        assert not set(mine) & set(tellings.due())
    with today(OCTOBER):
        assert set(mine) <= set(tellings.due())
    assert Telling.objects.filter(table="tests.people").count() == 1


def test_nobody_decides_when_people_are_told() -> None:
    for username in ("area", "revision", "vecina"):
        with pytest.raises(Forbidden):
            tell_people(TellPeople("tests.people", 2025), by=actor_named(username))
    with pytest.raises(Refused, match="No hay una tabla"):
        tell_people(TellPeople("tests.nobody", 2025), by=Actor.system("prueba"))


def test_the_command_says_how_much_is_kept_back(capsys: pytest.CaptureFixture[str]) -> None:
    deliver([Given(activity(), FIRST, "distrito-1", 1, 3, 80)])
    with today(JULY):
        call_command("indicators", "tell", "--table", "tests.people", "--year", "2025")
    assert "tests.people 2025, edición 1: " in capsys.readouterr().out
