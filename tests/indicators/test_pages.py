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
    lines = re.findall(r"cumplidas en término</a>", page)
    assert len(re.findall(r"Actividades de la línea \d\.\d cumplidas en término", page)) == 25
    assert len(lines) >= 25
    told = re.sub(r"<[^>]+>", " ", page)
    for dimension in ("calidad", "oportunidad", "eficacia", "eficiencia", "rendición de cuentas"):
        assert f"· {dimension} ·" in told, dimension
    assert "falta el módulo que lo mide" in told


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
    assert answer.status_code == 200 and "Ningún renglón" in answer.content.decode()


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
    found = re.search(r"cumplidas Actividades cumplidas.*?2026 (\d+) actividades", page)
    assert found, page
    return int(found[1])


def test_the_board_asks_the_database_little(client: Client) -> None:
    client.get("/tablero")
    with CaptureQueriesContext(connection) as asked:
        client.get("/tablero")
    assert len(asked) <= 40, len(asked)
