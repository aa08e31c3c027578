"""What a stranger can take away about people, page by page and file by file: attacked from those bytes and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import random
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from calpulli.annual.models import Activity, Exercise, Programme, Tally
from calpulli.annual.offers.measures import tally_rows
from calpulli.commons.act import Action, Actor, Work
from calpulli.commons.registries.datasets import DATASETS
from calpulli.indicators.actions import tell_people
from calpulli.indicators.inputs import TellPeople
from calpulli.indicators.models import ToldCell
from calpulli.indicators.queries import tellings
from calpulli_core.privacy.telling import Edition
from tests.core.privacy.attack import recovered_by_subtraction, value
from tests.indicators.working import AREA, FIRST, SYSTEM, TABLE, Given, deliver, make_activities, measures_offered, mine, today

pytestmark = pytest.mark.django_db
FLOOR = 5
INSTANTS = [dt.datetime(2025, 7, 2, 18, tzinfo=dt.UTC), dt.datetime(2025, 10, 2, 18, tzinfo=dt.UTC)]
INSTANTS.append(dt.datetime(2026, 1, 5, 18, tzinfo=dt.UTC))
PLACES = ("distrito-1", "distrito-2", "distrito-3", "distrito-4", "")
MONTHS = (6, 9, 12)
Cell = tuple[str, str, str]
Published = dict[Cell, int | None]


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with measures_offered():
        yield


def three_editions() -> list[dict[Cell, int]]:
    """With skew, ties, gaps and late data; gives the counts of people as they were at each, added up here from the rows."""
    (activity,) = (one.pk for one in make_activities(("A",), by=SYSTEM).result)
    chance, history = random.Random(23), list[dict[Cell, int]]()
    for instant, months, many in zip(INSTANTS, MONTHS, (25, 12, 12), strict=True):
        few = (0, 0, 1, 1, 2, 4, 9, 60)
        deliver(
            [
                Given(
                    activity, FIRST + chance.randrange(months), chance.choice(PLACES), 1, chance.choice(few), chance.choice(few)
                )
                for _ in range(many)
            ]
        )
        with today(instant):
            tell_people(TellPeople(TABLE.key, 2025), by=SYSTEM)
        history.append(counted(months))
    return history


def counted(months: int) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for row in mine().filter(month__lt=FIRST + months):
        quarter = f"2025-Q{(row.month - FIRST) // 3 + 1}"
        for who in ("women", "men"):
            place = (quarter, row.district, who)
            found[place] = found.get(place, 0) + getattr(row, who)
    return found


def file_of(client: Client, edition: int) -> Published:
    answer = client.get(f"/personas/{TABLE.key}/2025.csv?edicion={edition}")
    assert answer.status_code == 200
    told = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    unnamed = {"sin-lugar": "", "todos": "*"}
    return {
        (row["periodo"], unnamed.get(row["lugar"], row["lugar"]), unnamed.get(row["categoria"], row["categoria"])): int(
            row["personas"]
        )
        if row["personas"]
        else None
        for row in told
    }


def test_the_file_of_the_page_and_the_data_set_join(client: Client) -> None:
    three_editions()
    found = DATASETS.get("personas-contadas")
    assert found is not None and found.rows is not None
    whole = [dict(zip(found.names, found.told(row), strict=True)) for row in found.rows()]
    for edition in (1, 2, 3):
        answer = client.get(f"/personas/{TABLE.key}/2025.csv?edicion={edition}").content.decode("utf-8-sig")
        named = {(row["periodo"], row["lugar"], row["categoria"]): row["personas"] for row in csv.DictReader(io.StringIO(answer))}
        assert named == {
            (row["periodo"], row["lugar"], row["categoria"]): "" if row["personas"] is None else str(row["personas"])
            for row in whole
            if (row["tabla"], row["ejercicio"], row["edicion"]) == (TABLE.key, 2025, edition)
        }


def pages_of(client: Client, edition: int, periods: list[str]) -> dict[str, list[list[str]]]:
    """The cells of the table of each period, as they stand in the HTML."""
    found = {}
    for period in periods:
        page = client.get(f"/personas/{TABLE.key}/2025?edicion={edition}&periodo={period}").content.decode()
        body = page[page.index('aria-labelledby="personas-por-lugar"') :].split("</table>")[0]
        rows = re.findall(r"<tr\b.*?</tr>", body, re.S)[1:]
        cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
        found[period] = [[html.unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in cells]
    return found


def test_pages_and_file_say_the_same_and_no_small_number(client: Client) -> None:
    three_editions()
    for edition in (1, 2, 3):
        published = file_of(client, edition)
        assert not {count for count in published.values() if count is not None and 0 < count < FLOOR}
        periods = sorted({period for period, _, _ in published})
        for period, rows in pages_of(client, edition, periods).items():
            named = {"Todos juntos": "*", "En ninguno en particular": "", "1": "distrito-1", "2": "distrito-2"}
            for place, *cells in rows:
                said = [published[period, named.get(place, place), who] for who in ("*", "women", "men")]
                shown = [re.search(r"[\d,]+$|se calla", cell) for cell in cells]
                assert ["se calla" if one is None else f"{one:,}" for one in said] == [one and one[0] for one in shown], (
                    edition,
                    period,
                    place,
                )


def test_subtracting_totals_districts_periods_and_editions_recovers_nothing(client: Client) -> None:
    """A reader takes every number that changed since the edition before, or that is in the first, for what was so that day."""
    history = three_editions()
    files = [file_of(client, edition) for edition in (1, 2, 3)]
    cells = {key: atoms_of(key, {where for _, where, _ in files[-1]} - {"*"}) for key in files[-1]}
    editions, before = [], Published()
    for counts, told in zip(history, files, strict=True):
        sure = {key for key, count in told.items() if count is not None and before.get(key) != count}
        assert all(told[key] == value(cells, key, counts) for key in sure), "or the reader would be led astray"
        editions.append(Edition(counts, told, frozenset(sure)))
        before = told
    assert len(editions[0].anew) > 20 and len(editions[2].anew) > 5
    assert recovered_by_subtraction(cells, history, editions, floor=FLOOR) == []


def test_nor_does_somebody_who_knows_which_numbers_are_new(client: Client) -> None:
    """Told by an insider, which of the published numbers are of which edition."""
    history = three_editions()
    files = [file_of(client, edition) for edition in (1, 2, 3)]
    cells = {key: atoms_of(key, {where for _, where, _ in files[-1]} - {"*"}) for key in files[-1]}
    editions = []
    for number, (counts, told) in enumerate(zip(history, files, strict=True), 1):
        rows = ToldCell.objects.filter(batch__table=TABLE.key, batch__number=number, anew=True)
        anew = frozenset((row.period, row.place, row.category) for row in rows)
        editions.append(Edition(counts, told, anew))
    assert recovered_by_subtraction(cells, history, editions, floor=FLOOR) == []


def atoms_of(key: Cell, places: set[str]) -> frozenset[Cell]:
    """What a cell sums, as anybody understands it from its headings."""
    period, place, category = key
    periods = [period] if "-" in period else [f"{period}-Q{number}" for number in (1, 2, 3, 4)]
    return frozenset(
        (when, where, who)
        for when in periods
        for where in (places if place == "*" else {place})
        for who in (("women", "men") if category == "*" else (category,))
    )


def test_the_page_says_why_and_older_editions_stay(client: Client) -> None:
    three_editions()
    page = client.get(f"/personas/{TABLE.key}/2025").content.decode()
    assert "edición 3" in page and "edicion=1" in page
    assert "Una cuenta de menos de 5 personas no se dice" in page
    first = client.get(f"/personas/{TABLE.key}/2025?edicion=1")
    assert first.status_code == 200 and "segundo trimestre de 2025" in first.content.decode()
    for wrong in ("?edicion=9", "?edicion=x", "?edicion=%C2%B2", "?periodo=2025-Q9"):
        assert client.get(f"/personas/{TABLE.key}/2025{wrong}").status_code == 404
    assert client.get("/personas/tests.nobody/2025").status_code == 404
    assert "Personas inventadas" in client.get("/personas").content.decode()


def test_the_demonstration_tells_its_people(client: Client) -> None:
    page = client.get("/personas/annual.people/2026").content.decode()
    assert "se calla" in page
    assert re.search(r'<strong class="stat-value">[\d,]+</strong>', page)
    assert tellings.last_telling("annual.people", 2026) is not None


@pytest.mark.parametrize(("of_people", "is_told"), [(True, False), (None, False), (False, True)])
def test_units_that_are_people_are_in_no_measure(of_people: bool | None, is_told: bool) -> None:
    """Two deliveries of one unit each, in a district: of things they are two; of people, or where nobody said it, two people."""
    activity = make_unit(of_people, by=SYSTEM).result
    Tally.objects.create(
        of=activity, month=FIRST, district="distrito-1", units=2, deliveries=2, women=1, men=1, unsaid=0,
        area=activity.area, programme=activity.programme.key, activity=activity.key,
    )  # fmt: skip
    for asked in (frozenset({"district"}), frozenset[str]()):
        assert tally_rows(asked).filter(of=activity).exists() is is_told


def _unit(work: Work, of_people: bool | None) -> Activity:
    exercise = work.add(Exercise(plan_key="demo-2026", year=2031))
    programme = work.add(Programme(exercise=exercise, key="P1", name="Inventado", kind="institutional"))
    told = {"key": "U1", "name": "U", "area": AREA, "unit": "personas", "counted": True, "of_people": of_people}
    return work.add(Activity(exercise=exercise, programme=programme, **told))


def _anybody(actor: Actor, /) -> bool:
    return True


make_unit: Action[bool | None, Activity] = Action("annual.tested", _anybody, _unit)
