"""From a number to its rows: what they add up to, where they lead, what is not shown; and the sheet to count them by hand."""

from __future__ import annotations

import csv
import html
import io
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client

from calpulli.annual.models import Activity, Exercise, Programme, Spread, Tally
from calpulli.commons.act import Action, Actor, Work
from calpulli.commons.registries.measures import MEASURES, Aggregate, Measure
from calpulli.indicators.queries import drilling
from calpulli.indicators.queries.cells import Cell, read
from calpulli.indicators.queries.drilling import choices, drill
from calpulli.indicators.queries.words import figures, unit_words
from calpulli_core.indicators.moments import Moment
from tests.indicators.working import AREA, FIRST, SYSTEM, Given, deliver, make_activities, measure, measures_offered, today

pytestmark = pytest.mark.django_db
JANUARY = 2031 * 12
LINES = [f"linea-{objective}.{line}" for objective in range(1, 6) for line in range(1, 6)]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def file_of(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def number_on(text: str) -> Decimal:
    found = re.search(r'<strong class="stat-value">([0-9,.]+)</strong>', text)
    assert found, "a number"
    return Decimal(found[1].replace(",", ""))


def body_of(text: str, name: str) -> str:
    told = text[text.index(f'aria-labelledby="{name}"') :]
    return told[told.index("<tbody") : told.index("</table>")]


@pytest.mark.parametrize(
    ("measure", "where"),
    [
        ("budget.accrued", "periodo=2026-Q1"),
        ("budget.modified", "periodo=2026-Q2&activity=01-01"),
        ("annual.deliveries_made", "periodo=2026-Q3&line=linea-1.1"),
        ("annual.deliveries_units", "periodo=2026-Q3&activity=01-01"),
        ("annual.goal_adjusted", "periodo=2026&activity=01-01"),
    ],
)
def test_the_last_column_adds_up_to_the_number(client: Client, measure: str, where: str) -> None:
    rows = file_of(client, f"/medida/{measure}/renglones.csv?{where}")
    amounts = [Decimal(row[-2]) for row in rows]
    assert len(amounts) > 1
    assert sum(amounts) == number_on(page(client, f"/medida/{measure}?{where}"))


def test_pages_lose_no_row_of_those_that_differ_in_their_amount_alone(db: None) -> None:
    """Sixty of one place and month, on two pages: in the order of what is shown of them, and together the number."""
    amounts = [Fraction(units) for units in range(1, 61)]
    with measures_offered(), today():
        (activity,) = make_activities(("T1",), by=SYSTEM).result
        mixed = random.Random(7).sample(range(1, 61), 60)
        deliver([Given(activity.pk, FIRST, "distrito-1", units, 1, 1) for units in mixed])
        one = measure("tests.shown", Aggregate.SUM, "units", shown=(("district", "Distrito"),))
        with offered(one):
            pages = [drill(one, {}, Moment.parse("2025-M01"), actor=None, page=page) for page in (1, 2)]
    told = [Fraction(row[-1].plain) for page in pages if page.rows for row in page.rows.rows]
    assert told == amounts and pages[0].reading.value == sum(amounts)


def test_of_more_than_fits_a_file_nothing_is_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drilling, "MOST_IN_FILE", 2)
    found = MEASURES.get("annual.activities_due")
    assert found is not None
    drilled = drill(found, {}, Moment.parse("2026-Q1"), actor=None, page=None)
    assert drilled.rows and drilled.rows.count > 2
    assert (drilled.rows.rows, drilled.rows.fits_a_file) == ((), False)


@contextmanager
def offered(one: Measure) -> Iterator[None]:
    MEASURES.add(one.key, one)
    try:
        yield
    finally:
        del MEASURES._items[one.key]


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [
        ("900000000031/100", 6, "9000000000.31"), ("200/3", 6, "66.666667"), ("-1/2", 6, "-0.5"), ("100", 3, "100"),
        ("0", 6, "0"),
        ("1/8", 3, "0.125"), ("-1/10000000", 6, "0"), ("123456789012345678901234567890/8", 6, "15432098626543209862654320986.25"),
    ],
)  # fmt: skip
def test_a_file_says_all_the_figures_of_a_number(value: str, places: int, told: str) -> None:
    """Money of nine thousand million has its cents, and what is longer than a machine's number all of its figures."""
    assert figures(Fraction(value), places) == told


def test_a_measure_of_people_says_why_no_row_is_seen(client: Client) -> None:
    """Of a quarter that nobody told yet it is not said that they are few."""
    told = page(client, "/medida/annual.people_reached?periodo=2027-Q1")
    assert "de tan pocas personas" not in told and "se publica la cuenta y no cada uno" in told


def test_money_says_its_moment_in_spanish_and_its_amount_in_pesos(client: Client) -> None:
    told = body_of(page(client, "/medida/budget.accrued?periodo=2026-Q1&activity=01-01"), "renglones-contados")
    assert "Devengado" in told and "accrued" not in told
    assert re.search(r"[0-9]{1,3},[0-9]{3}\.[0-9]{2}<", told), "with commas and both decimals"
    assert "enero de 2026" in told


def test_a_row_leads_to_the_report_of_its_quarter(client: Client) -> None:
    told = body_of(page(client, "/medida/annual.activities_due?periodo=2026-Q3&line=linea-1.1"), "renglones-contados")
    addresses = re.findall(r'href="([^"#]+)#(trimestre-3)"', told)
    assert len(addresses) == told.count("<tr ") > 0
    for address, anchor in addresses:
        assert f'id="{anchor}"' in page(client, address)
    assert re.search(r">(<span[^>]*>)?01-01 Dar talleres", told), "its key stands before its name"


def test_of_a_year_each_row_says_its_quarter(client: Client) -> None:
    rows = file_of(client, "/medida/annual.activities_due/renglones.csv?periodo=2026&activity=01-01")
    assert [row[3] for row in rows] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert "una vez por cada trimestre" in page(client, "/medida/annual.activities_due?periodo=2026")


@pytest.mark.parametrize("quarter", ["2026-Q1", "2026-Q2", "2026-Q3"])
def test_what_counts_and_what_does_not_are_all_that_was_due(quarter: str) -> None:
    """The list is made from the pages' own rules, the number by the database: of every line they must say the same."""
    moment, measure = Moment.parse(quarter), MEASURES.get("annual.activities_fulfilled")
    assert measure is not None and measure.candidates is not None
    asked = {
        (key, line): Cell(f"annual.activities_{key}", (("line", line),), moment) for key in ("due", "fulfilled") for line in LINES
    }
    readings = read(asked.values())
    for line in LINES:
        items = measure.candidates({"line": line}, moment).items
        due, done = (readings[asked[key, line]].value for key in ("due", "fulfilled"))
        assert (len(items), sum(not one.why for one in items)) == (due, done or 0), line


def test_the_page_says_why_something_does_not_count(client: Client) -> None:
    """01-05 made 45 of 60."""
    told = body_of(page(client, "/medida/annual.activities_fulfilled?periodo=2026-Q2&line=linea-1.1"), "no-contados")
    assert told.count("<tr ") == 1
    assert "01-05" in told and "no alcanza la meta" in told and "60 orientaciones" in told and ">45<" in told
    assert 'id="no-cuentan"' not in page(client, "/medida/annual.activities_due?periodo=2026-Q2&line=linea-1.1")


def test_deliveries_are_shown_by_activity_and_month_and_never_by_place(client: Client) -> None:
    (one,) = of_units((False,), by=SYSTEM).result
    for month, district, units in ((0, "distrito-01", 2), (0, "distrito-02", 3), (1, "distrito-01", 4)):
        tally(one, JANUARY + month, district, units)
    rows = file_of(client, "/medida/annual.deliveries_units/renglones.csv?periodo=2031-Q1&activity=A1")
    assert [row[2:4] for row in rows] == [["2031-M01", "5"], ["2031-M02", "4"]]


@pytest.mark.parametrize("of_people", [True, None])
@pytest.mark.parametrize("measure", ["annual.deliveries_made", "annual.deliveries_units", "annual.deliveries_median"])
def test_where_the_unit_is_people_no_row_is_shown(client: Client, measure: str, of_people: bool | None) -> None:
    """Nor where nobody said whether it is: of the two activities, the file and the page have the one of things."""
    things, people = of_units((False, of_people), by=SYSTEM).result
    tally(things, JANUARY, "distrito-01", 3)
    tally(people, JANUARY, "distrito-01", 4)
    (row,) = file_of(client, f"/medida/{measure}/renglones.csv?periodo=2031-Q1")
    assert row[0].startswith("A1")
    told = body_of(page(client, f"/medida/{measure}?periodo=2031-Q1"), "renglones-contados")
    assert told.count("<tr ") == 1 and "A2" not in told


def test_no_file_of_people_nor_of_what_is_not_there(client: Client) -> None:
    for address in (
        "/medida/annual.people_reached/renglones.csv?periodo=2026-Q3",
        "/medida/annual.nothing/renglones.csv",
        "/medida/annual.activities_due/renglones.csv?periodo=2031-Q1",
        "/medida/annual.activities_due/renglones.csv?line=%00",
    ):
        assert client.get(address).status_code == 404, address


def test_districts_are_in_the_order_of_their_numbers() -> None:
    measure = MEASURES.get("annual.deliveries_made")
    assert measure is not None
    numbers = [int(re.sub(r"[^0-9]", "", words)) for _, words in choices(measure.dimension("district"), 2026)]
    assert numbers == sorted(numbers) and max(numbers) > 10


def test_one_is_not_many() -> None:
    assert unit_words("actividades", Fraction(1)) == "actividad"
    assert unit_words("actividades", Fraction(2)) == unit_words("actividades", Fraction(0)) == "actividades"
    assert unit_words("talleres", Fraction(1)) == "talleres", "a text of the institute stays"
    assert unit_words("1", Fraction(1)) == ""


def test_the_sheet_lists_what_to_count_and_says_what_it_is(client: Client) -> None:
    told = page(client, "/indicador/linea-1.1-en-termino/2026-Q2/hoja")
    listed = body_of(told, "contar-1")
    assert listed.count("<tr ") == listed.count('class="tick-box"') == 3
    assert all(key in listed for key in ("01-01", "01-05", "11-01")) and "no alcanza" not in listed
    assert told.count("Diseñar e implementar procesos y acciones") == 1, "the text of the line once"
    assert "Ficha versión 1. Hoja hecha el" in told and "Da lo mismo que lo sellado: 66.67 %" in told
    assert re.search(r">https?://[a-z.:0-9]+/medida/annual.activities_fulfilled\?periodo=2026-Q2&line=linea-1.1<", told)
    answers = told[told.index("Ver las respuestas") :]
    assert "01-05" in answers and "no alcanza la meta" in answers


def tally(one: Activity, month: int, district: str, units: int) -> None:
    Tally.objects.create(
        of=one, month=month, district=district, units=units, deliveries=1, women=1, men=1, unsaid=0,
        area=one.area, programme=one.programme.key, activity=one.key,
    )  # fmt: skip
    Spread.objects.create(of=one, month=month, district=district, units=units, deliveries=1)


def _of_units(work: Work, of_people: tuple[bool | None, ...]) -> list[Activity]:
    exercise = work.add(Exercise(plan_key="demo-2026", year=2031))
    programme = work.add(Programme(exercise=exercise, key="P1", name="Inventado", kind="institutional"))
    made = {"exercise": exercise, "programme": programme, "name": "Inventada", "area": AREA, "unit": "piezas", "counted": True}
    return [work.add(Activity(key=f"A{number}", of_people=one, **made)) for number, one in enumerate(of_people, 1)]


def _anybody(actor: Actor, /) -> bool:
    return True


of_units: Action[tuple[bool | None, ...], list[Activity]] = Action("annual.tested", _anybody, _of_units)


@pytest.mark.parametrize("measure", ["annual.deliveries_made", "annual.deliveries_units", "annual.deliveries_median"])
def test_of_a_district_the_number_is_told_and_no_row(client: Client, measure: str) -> None:
    """One delivery of seven in a month and a district: a row would be that delivery. By activity its rows are seen."""
    (things,) = of_units((False,), by=SYSTEM).result
    tally(things, JANUARY, "distrito-09", 7)
    told = page(client, f"/medida/{measure}?periodo=2031-M01&activity=A1&district=distrito-09")
    assert "renglones-contados" not in told and "De un distrito se publica la cuenta, y no sus renglones" in told
    assert number_on(told) == (1 if measure.endswith("made") else 7)
    file = f"/medida/{measure}/renglones.csv?periodo=2031-M01&activity=A1"
    assert client.get(f"{file}&district=distrito-09").status_code == 404
    assert len(file_of(client, file)) == 1
