"""The public face: what the board, an indicator, its worksheet and a measure say, and that a number moves with an act."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calpulli.annual import actions as annual
from calpulli.annual import inputs as annual_inputs
from calpulli.annual.models import Report
from calpulli.people.doors import actor_named
from tests.indicators.sheets import approve, draft
from tests.indicators.working import SYSTEM, Given, deliver, make_activities, measures_offered, today

pytestmark = pytest.mark.django_db
JAN = 2026 * 12


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def operation(db: None) -> Iterator[None]:
    with today(), measures_offered():
        yield


def test_every_line_of_the_plan_is_on_the_board(client: Client) -> None:
    page = client.get("/tablero").content.decode()
    assert len(re.findall(r'<span class="hidden-text">Actividades de la línea \d\.\d cumplidas en término:</span>', page)) == 25
    assert len(re.findall(r'<details class="board-fold">', page)) == 5
    told = re.sub(r"<[^>]+>", " ", page)
    for dimension in ("calidad", "oportunidad", "eficacia", "eficiencia", "rendición de cuentas"):
        assert re.search(f"de (gestión|resultado) · {dimension}", told), dimension
    assert "falta el módulo que lo mide" in told


def test_each_objective_says_how_its_lines_stand_and_the_board_the_sum(client: Client) -> None:
    """Counted from the file, which says each number: the demonstration's third quarter."""
    file = csv.DictReader(io.StringIO(client.get("/tablero.csv?trimestre=2026-Q3").content.decode("utf-8-sig")))
    stands = {row["linea"]: row["estado"] for row in file if row["indicador"].endswith("-en-termino")}
    page = client.get("/tablero?trimestre=2026-Q3").content.decode()
    for state in ("met", "missed", "no-target", "no-value"):
        chip = re.search(rf'estado={state}"[^>]*>.*?<strong>(\d+)</strong>', page, re.S)
        assert chip and int(chip[1]) == list(stands.values()).count(state) > 0, state
        alike = client.get(f"/tablero?trimestre=2026-Q3&estado={state}").content.decode()
        shown = {
            f"linea-{number}" for number in re.findall(r"Actividades de la línea (\d\.\d) cumplidas en término:</span>", alike)
        }
        assert shown == {line for line, how in stands.items() if how == state}, state
        assert '<details class="board-fold" open>' in alike
    assert client.get("/tablero?estado=perfecto").status_code == 404


STATES = {
    "met": ("cumple su meta", "cumplen su meta"),
    "missed": ("no cumple su meta", "no cumplen su meta"),
    "early": ("aún no se puede saber cómo va", "aún no se puede saber cómo van"),
    "no-target": ("tiene número y no meta", "tienen número y no meta"),
    "no-value": ("no tiene datos", "no tienen datos"),
}


@pytest.mark.parametrize("quarter", ["2026-Q3", "2026-Q4"])
def test_what_the_folds_say_adds_up_to_what_the_board_says(client: Client, quarter: str) -> None:
    """Also of the running quarter, of which the lines have no number yet, and that is not that they have no data."""
    with today():
        page = client.get(f"/tablero?trimestre={quarter}").content.decode()
    folds = [found.split("; ") for found in re.findall(r'<span class="board-fold-counts">(.*?)</span>', page)]
    assert len(folds) == 5
    for state, words in STATES.items():
        chip = re.search(rf'estado={state}"[^>]*>.*?<strong>(\d+)</strong>', page, re.S)
        inside = (told.split(" ", 1) for fold in folds for told in fold)
        assert sum(int(count) for count, what in inside if what in words) == (int(chip[1]) if chip else 0), state
    assert quarter != "2026-Q4" or "estado=early" in page


def test_a_column_is_as_high_as_its_number(client: Client) -> None:
    """Of 33 units for 100 %: 2 of 3 that were due are 22."""
    page = client.get("/tablero?trimestre=2026-Q2").content.decode()
    assert re.search(r'<rect class="column-missed" x="1" y="13.0" width="18" height="22.0"/>', page)
    assert re.search(r'class="zero-line" x1="0" x2="20" y1="5.3" y2="5.3"', page), "what was set: 90"


def test_the_file_says_the_same_exactly(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/tablero.csv?trimestre=2026-Q2").content.decode("utf-8-sig"))))
    by_key = {row["indicador"]: row for row in rows}
    assert by_key["linea-1.1-en-termino"]["valor"] == "200/3"
    assert by_key["linea-1.1-en-termino"]["meta"] == "90"
    assert by_key["objetivo-2-calidad"]["valor"] == "" and by_key["objetivo-2-calidad"]["sin_datos_porque"]


def test_a_page_shows_how_its_number_follows(client: Client, operation: None) -> None:
    """Seven workshops in three deliveries: each input leads to its rows, each step has its numbers."""
    (a,) = (one.pk for one in make_activities(("A1",), by=SYSTEM).result)
    deliver([Given(a, JAN, "d1", 4, 9, 8), Given(a, JAN + 1, "d1", 2, 9, 8), Given(a, JAN + 2, "", 1, 9, 8)])
    approve(draft())
    page = text(client, "/indicador/talleres-por-entrega/2026-Q1")
    assert "2.33" in page and "7 / 3" in page
    assert "exacto es 7 / 3" in page
    sheet = text(client, "/indicador/talleres-por-entrega/2026-Q1/hoja")
    assert sheet.index("espacio para escribir") < sheet.index("Ver las respuestas") < sheet.index("Debe darle 2.33")
    assert "sin meta" in text(client, "/tablero")


def test_a_period_that_has_not_begun_has_no_number(client: Client) -> None:
    assert "el periodo no ha empezado" in text(client, "/indicador/linea-1.1-en-termino/2031-Q1")


@pytest.mark.parametrize(
    "address",
    [
        *("/indicador/nadie", "/indicador/linea-1.1-en-termino/2026", "/tablero?trimestre=2026-M01", "/tablero?trimestre=x"),
        *("/medida/annual.nothing", "/medida/annual.activities_due?periodo=2026-M01", "/medida/annual.activities_due?pagina=0"),
        *("/medida/annual.activities_due?periodo=ayer", "/medida/annual.activities_due?pagina=99999999999"),
    ],
)
def test_what_does_not_exist_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_rows_of_a_measure_are_as_many_as_its_number(client: Client) -> None:
    page = client.get("/medida/annual.activities_due?periodo=2026-Q3&line=linea-1.1").content.decode()
    body = page[page.index('aria-labelledby="renglones-contados"') :]
    counted = body[: body.index("</table>")].count("<tr ") - 1
    number = re.search(r'<strong class="stat-value">(\d+)</strong>', page)
    assert number and counted == int(number[1]) > 0


def test_a_hostile_filter_finds_nothing_and_breaks_nothing(client: Client) -> None:
    answer = client.get("/medida/annual.activities_due", {"line": "x' OR 1=1 --", "periodo": "2026-Q3"})
    assert answer.status_code == 404


def test_the_number_moves_when_a_report_is_approved(client: Client) -> None:
    """A report that waits is approved by another person, and the next page has another number, with nothing kept between."""
    waiting = Report.objects.filter(state="submitted").select_related("activity").first()
    assert waiting is not None, "the demonstration has a report that waits"
    line = waiting.activity.shares.first().line
    address = f"/indicador/{line}-en-termino/{waiting.activity.exercise.year}-Q{waiting.quarter}"
    before = text(client, address)
    assert "último cómputo guardado" in before
    reviewer = next(name for name in ("revision", "seguimiento") if actor_named(name).may("reviewer", waiting.activity.area))
    annual.approve_report(annual_inputs.DecideReport(waiting.pk), by=actor_named(reviewer))
    after = text(client, address)
    assert "Se acaba de calcular" in after
    assert numerator(before) + 1 == numerator(after)


def numerator(page: str) -> int:
    found = re.search(r"cumplidas Actividades cumplidas.*?2026 (\d+) actividad(?:es)?\b", page)
    assert found, page
    return int(found[1])


def test_the_board_asks_the_database_little(client: Client) -> None:
    """In the transaction of a test nothing is remembered: each quarter asks for its term, and what of it was returned."""
    client.get("/tablero")
    with CaptureQueriesContext(connection) as asked:
        client.get("/tablero")
    assert len(asked) <= 42, len(asked)
