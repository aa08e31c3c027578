"""A sheet and a target from form to public page, as people send them; what is kept by itself; and how soon a number follows."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from calpulli.indicators.models import Sheet, Target
from calpulli.indicators.offers.chores import keep_computations
from calpulli.indicators.offers.evidence import computations_kept, lines_measured
from calpulli.indicators.offers.searching import _answer, _documents
from calpulli.indicators.queries.kept import history_of
from tests.indicators.working import AREA, SYSTEM, Given, deliver, make_activities, measures_offered, today
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
JAN = 2026 * 12
KEY = "linea-1.3-talleres"
FORM = {
    "place": "linea-1.3/1",
    "key": KEY,
    "name": "Talleres por entrega de la línea 1.3",
    "definition": "Cuántos talleres se dan cada vez.",
    "formula": "talleres / entregas",
    "variables": "talleres = medida tests.units\nentregas = medida tests.deliveries",
    "unit": "talleres/entregas",
    "frequency": "QUARTER",
    "dimension": "eficiencia",
    "kind": "gestion",
    "mark": "gestion",
    "sense": "ascendente",
    "met": "100",
    "risk": "80",
    "over": "130",
    "source": "Registros inventados",
    "area": AREA,
    "cremaa": "claro = 4 Se entiende sin explicación",
}


@pytest.fixture(autouse=True)
def operation(db: None) -> Iterator[None]:
    with today(), measures_offered():
        yield


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def proposed() -> Sheet:
    answer = signed_in("area").post("/mesa/indicadores/ficha", FORM)
    assert answer.status_code == 302, re.findall(r'class="error[^>]*>([^<]+)', answer.content.decode())
    return Sheet.objects.get(key=KEY, state="proposed")


def approved() -> None:
    row = proposed()
    assert signed_in("revision").post(f"/mesa/indicadores/ficha/{row.pk}", {"answer": "approve"}).status_code == 302


def test_a_sheet_goes_from_its_form_to_the_board_by_two_people(client: Client) -> None:
    row = proposed()
    page = text(signed_in("area"), f"/mesa/indicadores/ficha/{row.pk}")
    assert "Usted la propuso: la decide otra persona." in page and "Aprobar la ficha" not in page
    assert signed_in("area").post(f"/mesa/indicadores/ficha/{row.pk}", {"answer": "approve"}).status_code == 404
    assert client.get(f"/indicador/{KEY}").status_code == 404
    assert signed_in("revision").post(f"/mesa/indicadores/ficha/{row.pk}", {"answer": "approve"}).status_code == 302
    shown = text(client, f"/indicador/{KEY}")
    assert "Claro 4 Se entiende sin explicación" in shown and "Relevante sin evaluar" in shown
    assert "arriba de 130 %, la meta estaba mal puesta" in shown
    assert FORM["name"] in text(client, "/tablero")


def test_a_form_with_faults_says_all_of_them_and_keeps_nothing() -> None:
    wrong = FORM | {"formula": "talleres / entregs", "unit": "%", "source": "", "cremaa": "claro = 9 Mucho"}
    answer = signed_in("area").post("/mesa/indicadores/ficha", wrong)
    assert answer.status_code == 422
    assert not Sheet.objects.filter(key=KEY).exists()
    assert "talleres / entregs" in answer.content.decode(), "what was typed stays"
    assert signed_in("vecina").post("/mesa/indicadores/ficha", FORM).status_code == 404


def test_a_target_goes_from_its_form_to_the_page_by_two_people(client: Client) -> None:
    approved()
    told = {"indicator": KEY, "period": "2026-Q4", "value": "2", "source": "Acuerdo inventado", "reason": ""}
    assert signed_in("area").post("/mesa/indicadores/metas", told).status_code == 302
    row = Target.objects.get(indicator=KEY)
    decision = {"answer": "approve", "target": row.pk}
    assert signed_in("area").post("/mesa/indicadores/metas", decision).status_code == 404
    assert signed_in("revision").post("/mesa/indicadores/metas", decision | {"target": "9" * 4_400}).status_code == 404
    hidden = {"answer": "refuse", "target": row.pk, "reason": "malo\x00"}
    assert signed_in("revision").post("/mesa/indicadores/metas", hidden).status_code == 422
    assert signed_in("revision").post("/mesa/indicadores/metas", decision).status_code == 302
    assert "Meta del periodo 2 " in text(client, f"/indicador/{KEY}/2026-Q4")
    late = signed_in("area").post("/mesa/indicadores/metas", told | {"period": "2026-Q1"})
    assert late.status_code == 422 and "ya terminó" in late.content.decode()


def test_after_one_event_the_public_number_follows_within_a_second(client: Client) -> None:
    """Two in one delivery, then eight more in another: 2, and then 10 / 2 = 5."""
    approved()
    (activity,) = (one.pk for one in make_activities(("A1",), by=SYSTEM).result)
    deliver([Given(activity, JAN, "d1", 2, 9, 8)])
    assert '<strong class="stat-value">2</strong>' in client.get(f"/indicador/{KEY}/2026-Q1").content.decode()
    began = time.monotonic()
    deliver([Given(activity, JAN, "d1", 8, 9, 8)])
    page = client.get(f"/indicador/{KEY}/2026-Q1").content.decode()
    took = time.monotonic() - began
    assert '<strong class="stat-value">5</strong>' in page
    assert took < 1, took


def test_what_came_late_is_computed_and_kept_by_itself() -> None:
    approved()
    (activity,) = (one.pk for one in make_activities(("A1",), by=SYSTEM).result)
    deliver([Given(activity, JAN, "d1", 2, 9, 8)])
    assert keep_computations() > 0
    assert keep_computations() == 0, "nothing moved"
    deliver([Given(activity, JAN, "d1", 8, 9, 8)])
    assert keep_computations() > 0
    assert [one.value for one in history_of(KEY, "2026-Q1")] == ["5", "2"]
    told = computations_kept()
    assert told is not None and re.search(r"[1-9]\d* se volvieron a calcular", told)
    assert lines_measured() == "25 de 25 líneas con un indicador que se calcula"


def test_an_indicator_is_found_with_its_number() -> None:
    approved()
    (activity,) = (one.pk for one in make_activities(("A1",), by=SYSTEM).result)
    deliver([Given(activity, JAN + 6, "d1", 6, 9, 8), Given(activity, JAN + 6, "d1", 2, 9, 8)])
    [found] = [one for one in _documents() if one.key == KEY]
    assert (found.title, found.url, found.context) == (FORM["name"], f"/indicador/{KEY}", "Línea 1.3")
    assert [(one.label, one.value) for one in _answer(KEY)] == [
        ("Tercer trimestre de 2026", "4 talleres/entregas"),
        ("Meta", "sin meta"),
        ("Cómo está", "sin meta"),
    ]
