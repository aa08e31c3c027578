"""The pages: what anyone reads, what hostile addresses get, and the road of an adecuación in a browser without JavaScript."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from calpulli.budget import actions, queries
from calpulli.budget.inputs import ImportBudget
from calpulli.budget.models import Adecuacion, BudgetEntry
from calpulli.budget.offers.progress import _told
from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.registries.searchable import SEARCHABLES
from calpulli_core.budget import Balance
from tests.budget.conftest import YEAR, drafted, row
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(programme: queries.YearProgramme, author: Actor) -> None:
    rows = [
        row(cents=100_000),
        row(moment="committed", cents=60_000),
        row(moment="accrued", cents=60_000),
        row(moment="exercised", cents=60_000),
        row(moment="paid", cents=6_000_000),
    ]
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", rows), by=author)


def told(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_flag_is_a_question_with_its_innocent_explanation(client: Client, money: None) -> None:
    page = told(client, f"/presupuesto/{YEAR}/preguntas")
    assert "Pagado ($60,000.00) pasa de ejercido ($600.00)." in page
    assert "se dividiera entre 100" in page
    assert "No es una acusación." in page


def test_an_activity_shows_its_money_and_what_is_not_known(client: Client, money: None) -> None:
    page = told(client, f"/presupuesto/{YEAR}/actividad/A-1")
    assert "$1,000.00" in page
    assert "Todavía no hay un reporte aprobado." in page
    assert "Sin datos" in told(client, f"/presupuesto/{YEAR}/actividad/A-2")


def test_a_simulation_says_that_it_is_one_and_is_in_no_index(client: Client, money: None) -> None:
    answer = client.get(f"/presupuesto/{YEAR}/simulacion?porcentaje=12&donde=todo")
    page = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert page.count("Simulación") > 3
    assert "$120.00" in page  # of 1,000.00


@pytest.mark.parametrize(
    "address",
    [
        "/presupuesto/0000",
        "/presupuesto/99999999999999999999",
        f"/presupuesto/{YEAR}/actividad/%00",
        f"/presupuesto/{YEAR}/actividad/' OR 1=1--",
        f"/presupuesto/{YEAR}/por/otra-cosa",
        f"/presupuesto/{YEAR}/por/otra-cosa.csv",
        "/presupuesto/1999/simulacion?porcentaje=12&donde=todo",
        "/mesa/presupuesto/adecuacion/999999999",
    ],
)
def test_what_does_not_exist_is_not_there(money: None, address: str) -> None:
    assert signed_in("area").get(address).status_code == 404


def test_of_a_draft_nobody_outside_reads_a_name(client: Client, money: None, programme: queries.YearProgramme) -> None:
    """Not even where entries came before that was refused."""
    drafted(programme)
    for address in ("", "/por/actividad", "/por/actividad.csv", "/actividad/A-1", "/preguntas", "/adecuaciones"):
        told(client, f"/presupuesto/{YEAR}{address}", 404)
    assert str(YEAR) not in told(client, "/presupuesto")
    for key in ("budget.activity", "budget.adecuacion"):
        source = SEARCHABLES.get(key)
        assert source is not None and not [one for one in source.documents() if one.key.startswith(str(YEAR))]
    plan, line = programme.plan_key, programme.lines[0]
    assert f"Dinero de la línea en {YEAR}" not in told(client, f"/programas/{plan}/linea/{line.number}")
    assert f"/presupuesto/{YEAR}" not in told(client, "/por-confirmar")


@pytest.mark.parametrize("percent", ["", "0", "-3", "101", "12,5", "1e2", "doce", "१२", "12.345", "9" * 300, "<b>"])
def test_a_percentage_that_is_none_is_told(client: Client, money: None, percent: str) -> None:
    answer = client.get(f"/presupuesto/{YEAR}/simulacion", {"porcentaje": percent, "donde": "todo"})
    assert answer.status_code == 422
    assert "<b>" not in answer.content.decode()


def test_a_place_that_is_none_is_told(client: Client, money: None) -> None:
    answer = client.get(f"/presupuesto/{YEAR}/simulacion", {"porcentaje": "12", "donde": "capitulo:9999"})
    assert answer.status_code == 422


# -- the desk ---------------------------------------------------------------------------------------------------------------

MOVES = {
    "document": "AD-7",
    "reason": "Hace falta papel.",
    "rows": "2",
    **{"activity_1": "A-1", "kind_1": "reduccion", "amount_1": "100.00", "source_1": "recursos-fiscales"},
    **{"partida_1": "2111", "month_1": "3"},
    **{"activity_2": "A-2", "kind_2": "ampliacion", "amount_2": "$ 100", "source_2": "recursos-fiscales"},
    **{"partida_2": "2151", "month_2": "3"},
}


def test_an_adecuacion_goes_from_one_person_to_another(money: None) -> None:
    area, revision = signed_in("area"), signed_in("revision")
    assert area.post("/mesa/presupuesto/adecuacion", MOVES).status_code == 302
    made = Adecuacion.objects.get(document="AD-7")
    assert (made.state, made.year) == ("proposed", YEAR)
    assert "AD-7" not in area.get(f"/presupuesto/{YEAR}").content.decode()
    assert "AD-7" in revision.get("/mesa").content.decode()
    address = f"/mesa/presupuesto/adecuacion/{made.pk}"
    assert area.post(f"{address}/aprobar").status_code == 404
    assert revision.post(f"{address}/no-aprobar", {"answer": ""}).status_code == 422
    assert revision.post(f"{address}/aprobar").status_code == 302
    found = BudgetEntry.objects.filter(document="AD-7").order_by("position").values_list("activity", "cents")
    assert list(found) == [("A-1", -10_000), ("A-2", 10_000)]
    assert revision.post(f"{address}/aprobar").status_code == 409


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount_2": "99.99"}, "deben sumar cero"),
        ({"amount_1": "1,00"}, "Escriba pesos con punto"),
        ({"amount_1": "-5"}, "mayor que cero"),
        ({"amount_1": "401", "amount_2": "401"}, "tiene comprometidos $600.00"),
        ({"activity_1": "A-9"}, "A-9"),
        ({"month_1": "13"}, "13"),
        ({"partida_2": ""}, "Falta este dato del movimiento 2"),
        ({"reason": " "}, "Diga por qué hace falta"),
        ({"kind_1": "ampliacion"}, "deben sumar cero"),
    ],
)
def test_an_adecuacion_that_cannot_be_says_why(money: None, change: dict[str, str], words: str) -> None:
    answer = signed_in("area").post("/mesa/presupuesto/adecuacion", MOVES | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Adecuacion.objects.filter(year=YEAR).exists()


def test_the_form_says_what_each_purse_has_before_anything_is_sent(money: None) -> None:
    """1,000.00 of which 600.00 are committed: 400.00 can be taken. The purse that receives has nothing yet."""
    page = signed_in("area").post("/mesa/presupuesto/adecuacion", {"look": "1", "rows": "2", "activity_1": "A-1"})
    text = plain(page)
    assert page.status_code == 200 and "Lo que tienen las bolsas de la actividad A-1" in text
    assert "$1,000.00 $600.00 $400.00" in text and "Esta bolsa" not in text and "Falta este dato" not in text
    page = signed_in("area").post("/mesa/presupuesto/adecuacion", MOVES | {"look": "1"})
    text = plain(page)
    assert "Esta bolsa tiene $1,000.00 y comprometidos $600.00: se le pueden quitar hasta $400.00." in text
    assert "Esta bolsa todavía no tiene dinero: puede recibirlo" in text
    assert "Ninguna bolsa de esta actividad tiene dinero todavía." in text
    assert not Adecuacion.objects.filter(year=YEAR).exists()
    page = signed_in("area").post("/mesa/presupuesto/adecuacion", MOVES | {"amount_1": "401", "amount_2": "401"})
    assert page.status_code == 422 and "se le pueden quitar hasta $400.00" in plain(page)


def plain(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("rows", ["-1", "x", "99999", "१", "", "1000000000000000000000"])
def test_how_many_rows_a_form_has_is_bounded(money: None, rows: str) -> None:
    answer = signed_in("area").post("/mesa/presupuesto/adecuacion", {"rows": rows, "more": "1"})
    assert answer.status_code == 200
    assert 2 <= answer.content.decode().count("<fieldset") <= 20


def test_a_movement_is_recorded_for_ones_own_area_alone(money: None) -> None:
    teacher = signed_in("educacion")
    data = {"moment": "committed", "activity": "A-2", "partida": "2111", "source": "recursos-fiscales", "month": "2"}
    data |= {"amount": "10", "document": "F-1"}
    answer = teacher.post("/mesa/presupuesto/movimiento", data)
    assert answer.status_code == 422  # nothing was approved for it: it is asked about first
    assert "Ya lo revisé y es correcto" in answer.content.decode()
    # Whoever marks that she saw it before it was told is told first; and what was told of another amount does not count.
    blind = teacher.post("/mesa/presupuesto/movimiento", data | {"warned": "on"})
    assert blind.status_code == 422
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', blind.content.decode())
    assert seen is not None
    data |= {"warned": "on", "seen": seen[1]}
    assert teacher.post("/mesa/presupuesto/movimiento", data | {"amount": "11"}).status_code == 422
    assert teacher.post("/mesa/presupuesto/movimiento", data).status_code == 302
    assert BudgetEntry.objects.get(document="F-1").cents == 1_000
    assert teacher.post("/mesa/presupuesto/movimiento", data | {"activity": "A-1", "warned": "on"}).status_code == 422
    assert teacher.get("/mesa/presupuesto/adecuacion").status_code == 404
    assert BudgetEntry.objects.filter(activity="A-1", document="F-1").count() == 0


def test_this_years_money_is_recorded_also_when_the_next_annual_programme_is_approved(money: None) -> None:
    """The next one is approved before its year begins: the form is of today's year unless another one is asked for."""
    area, address = signed_in("area"), "/mesa/presupuesto/movimiento"
    with clock.rehearse(dt.datetime(2026, 11, 23, 18, tzinfo=dt.UTC)):
        page = told(area, address)
        assert "Presupuesto 2026" in page and f"{address}?ejercicio={YEAR}" in page
        assert "Actividad A-1" not in page
        other = told(area, f"{address}?ejercicio={YEAR}")
        assert f"Presupuesto {YEAR}" in other and "Actividad A-1" in other and f'name="ejercicio" value="{YEAR}"' in other
        assert "Presupuesto 2026" in told(area, "/mesa/presupuesto/adecuacion")
        for strange in ("1999", "x", "", "٢٠٢٦"):
            told(area, f"{address}?ejercicio={strange}", 404)


def test_a_change_of_months_that_are_over_says_so(client: Client, money: None) -> None:
    rows = [row(moment="change", cents=-5, document="AD-9"), row(moment="change", cents=5, month=12, document="AD-9")]
    plan = queries.programme_of(YEAR).plan_key  # type: ignore[union-attr]
    (one,) = actions.import_budget(ImportBudget(plan, YEAR, "F", rows), by=Actor.system("orden")).result.waiting
    reviewer = signed_in("revision")
    words = "Mueve dinero de meses que ya habían terminado: enero."
    assert words in told(reviewer, f"/mesa/presupuesto/adecuacion/{one.pk}")
    reviewer.post(f"/mesa/presupuesto/adecuacion/{one.pk}/aprobar")
    assert words in told(client, f"/presupuesto/{YEAR}/adecuaciones/{one.pk}")


def test_the_page_of_a_line_says_what_is_done_for_it_and_with_what_money(
    client: Client, fresh_budget: None, author: Actor, programme: queries.YearProgramme
) -> None:
    """A-1 gives the first line 33.34 % of its 1,000.00, and A-2 its 50.00: 383.40; of the 500.00 accrued, 166.70."""
    rows = [row(cents=100_000), row(moment="committed", cents=50_000), row(moment="accrued", cents=50_000)]
    rows.append(row(activity="A-2", area="direccion-educacion", cents=5_000, document="D-2"))
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", rows), by=author)
    lines = [line.number for line in programme.lines]
    first, second, *_others, last = lines
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told(client, f"/programas/{programme.plan_key}/linea/{first}")))
    assert "Qué se hace para ella este año" in page
    assert f"A-2 Actividad A-2 0 de 30 talleres {YEAR}, sirve solo a esta línea" in page
    assert f"A-1 Actividad A-1 0 de 30 talleres {YEAR}, 33.34 % de la actividad es para esta línea" in page
    assert page.index("A-2 Actividad") < page.index("A-1 Actividad")  # what serves it most comes first
    assert f"Dinero de la línea en {YEAR} $166.70 de $383.40 43.5 %:" in page
    other = told(client, f"/programas/{programme.plan_key}/linea/{second}")
    assert "$166.65 de $333.30" in other
    assert "A-2" not in other
    served_by_none = told(client, f"/programas/{programme.plan_key}/linea/{last}")
    assert "Qué se hace para ella este año" not in served_by_none
    assert "Con qué dinero" not in served_by_none
    assert "Con qué dinero" not in told(client, f"/programas/iecm-2023/linea/{first}")


def test_a_line_whose_money_was_all_taken_says_no_part_of_nothing(client: Client, fresh_budget: None) -> None:
    """Of 0.00 there is no share: the sentence begins with its words."""
    assert _told(YEAR, Balance(approved=500, change=-500)).when.startswith("lo que ya se recibió y se debe")
    assert _told(YEAR, Balance(approved=500, accrued=250)).when.startswith("50.0 %: lo que ya se recibió")
