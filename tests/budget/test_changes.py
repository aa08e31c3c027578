"""Adecuaciones in public: what was moved, why and which post decided it; never one that waits, never a name."""

from __future__ import annotations

import pytest
from django.test import Client

from calpulli.budget import actions, queries
from calpulli.budget.inputs import DecideAdecuacion, ImportBudget, Movement, ProposeAdecuacion
from calpulli.budget.offers.questions import change_rows, flag_rows
from calpulli.commons.act import Actor
from calpulli.commons.registries.datasets import DATASETS
from calpulli.commons.registries.searchable import SEARCHABLES
from calpulli.people.models import Account
from tests.budget.conftest import YEAR, row
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
LIST = f"/presupuesto/{YEAR}/adecuaciones"


@pytest.fixture
def made(programme: queries.YearProgramme, author: Actor, reviewer: Actor) -> dict[str, int]:
    """One approved, one that was not, one that waits: by their documents."""
    rows = [row(), row(partida="1131", cents=1_000)]
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", rows), by=author)
    purse = row()[1:6]
    movements = (Movement(*purse, 2, -30_050), Movement(*purse[:-1], "1131", 3, 30_050))
    found = {}
    for document in ("AD-SÍ", "AD-NO", "AD-ESPERA"):
        command = ProposeAdecuacion(programme.plan_key, YEAR, document, f"Motivo de {document}.", movements)
        found[document] = actions.propose_adecuacion(command, by=author).result.pk
    actions.approve_adecuacion(DecideAdecuacion(found["AD-SÍ"]), by=reviewer)
    actions.refuse_adecuacion(DecideAdecuacion(found["AD-NO"], "Falta el oficio."), by=reviewer)
    return found


def told(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_the_list_has_what_was_decided_and_nothing_that_waits(client: Client, made: dict[str, int]) -> None:
    page = told(client, LIST)
    assert "AD-SÍ" in page and "Motivo de AD-SÍ." in page and "$300.50" in page and "$0.00" in page
    assert "AD-NO" in page and "Falta el oficio." in page
    assert "AD-ESPERA" not in page
    assert LIST in told(client, f"/presupuesto/{YEAR}")


def test_one_shows_its_pairs_and_that_they_sum_to_zero(client: Client, made: dict[str, int]) -> None:
    page = told(client, f"{LIST}/{made['AD-SÍ']}")
    assert page.index("−$300.50") < page.index("$300.50</span>")
    assert "Febrero" in page and "Marzo" in page and "2111" in page and "1131" in page
    assert "Debe ser cero" in page and "$0.00" in page
    assert f"?lote={queries.find_decided(YEAR, made['AD-SÍ']).batch}" in page  # type: ignore[union-attr]


def test_posts_answer_and_names_do_not(client: Client, made: dict[str, int]) -> None:
    page = told(client, f"{LIST}/{made['AD-SÍ']}")
    assert "Responsable de la revisión del programa, Secretaría Administrativa" in page
    assert "Responsable de la captura del programa, Secretaría Administrativa" in page
    names = [one.display_name for one in Account.objects.filter(username__in=("area", "revision"))]
    assert len(names) == 2 and not any(name in page for name in names)


def test_one_that_waits_is_another_years_or_is_none_is_not_there(client: Client, made: dict[str, int]) -> None:
    for address in (f"{LIST}/{made['AD-ESPERA']}", f"/presupuesto/2026/adecuaciones/{made['AD-SÍ']}", f"{LIST}/0"):
        told(client, address, 404)


def test_one_of_a_file_says_that_it_brought_no_reason(client: Client, made: dict[str, int], reviewer: Actor) -> None:
    rows = [row(moment="change", cents=-5, document="AD-F"), row(moment="change", cents=5, partida="1131", document="AD-F")]
    plan = queries.programme_of(YEAR).plan_key  # type: ignore[union-attr]
    (one,) = actions.import_budget(ImportBudget(plan, YEAR, "F", rows), by=Actor.system("orden")).result.waiting
    actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    page = told(client, f"{LIST}/{one.pk}")
    assert "Llegó en un archivo, que no dice el motivo" in page and "Quien opera el sistema, desde un archivo" in page


def test_a_cut_of_what_was_approved_is_told_as_one(client: Client, made: dict[str, int], reviewer: Actor) -> None:
    """600.00 less of a purse and 100.00 more of another: nothing changed its place, and the year has 500.00 less."""
    purse = {"moment": "approved", "document": "RECORTE"}
    rows = [row(**purse, cents=-60_000), row(**purse, partida="1131", cents=10_000)]
    plan = queries.programme_of(YEAR).plan_key  # type: ignore[union-attr]
    (one,) = actions.import_budget(ImportBudget(plan, YEAR, "F", rows), by=Actor.system("orden")).result.waiting
    staff = signed_in("revision")
    desk = told(staff, f"/mesa/presupuesto/adecuacion/{one.pk}")
    assert "Cuánto cambia lo aprobado" in desk and "−$500.00" in desk and "Aprobar el cambio" in desk
    assert "Cuánto cambia de lugar" not in desk and "Decidir el cambio de lo aprobado RECORTE" in told(staff, "/mesa")
    actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    of_adecuaciones, _heading, of_approved = told(client, LIST).partition('id="cambios-de-lo-aprobado"')
    assert "RECORTE" not in of_adecuaciones and "AD-SÍ" in of_adecuaciones
    assert all(words in of_approved for words in ("RECORTE", "$100.00", "−$600.00", "−$500.00"))
    year = told(client, f"/presupuesto/{YEAR}")
    assert "1 adecuación aprobada" in year and "1 cambio de lo aprobado" in year
    source = SEARCHABLES.get("budget.adecuacion")
    assert source is not None and source.answer is not None
    (found,) = [found for found in source.documents() if found.key == f"{YEAR}/{one.pk}"]
    assert found.name == "Cambio de lo aprobado RECORTE"
    assert [(fact.label, fact.value) for fact in source.answer(found.key)] == [("Cambió lo aprobado", "−$500.00")]
    assert "cambio de lo aprobado RECORTE" in told(client, "/libro")


def test_the_data_set_has_each_movement_with_its_decision(made: dict[str, int]) -> None:
    dataset = DATASETS.get("adecuaciones-del-presupuesto")
    assert dataset is not None
    names = dataset.names
    found = [dict(zip(names, one, strict=True)) for one in change_rows() if one[1] == YEAR]
    assert [(one["documento"], one["estado"], one["renglon"], one["mes"], one["centavos"]) for one in found] == [
        ("AD-SÍ", "aprobada", 1, 2, -30_050),
        ("AD-SÍ", "aprobada", 2, 3, 30_050),
        ("AD-NO", "no aprobada", 1, 2, -30_050),
        ("AD-NO", "no aprobada", 2, 3, 30_050),
    ]
    assert [one["lote"] is None for one in found] == [False, False, True, True]
    assert found[2]["respuesta"] == "Falta el oficio."


def test_search_finds_those_that_were_approved(made: dict[str, int]) -> None:
    source = SEARCHABLES.get("budget.adecuacion")
    assert source is not None
    (one,) = [found for found in source.documents() if found.key.startswith(str(YEAR))]
    assert (one.name, one.title, one.url) == ("Adecuación AD-SÍ", "Motivo de AD-SÍ.", f"{LIST}/{made['AD-SÍ']}")


def test_the_data_set_of_questions_says_where_and_since_when(programme: queries.YearProgramme, author: Actor) -> None:
    rows = [row(), row(moment="committed", cents=60_000), row(moment="accrued", cents=50_000), row(moment="exercised", cents=1)]
    rows += [row(moment="exercised", cents=49_999, month=2), row(moment="paid", cents=5_000_000, month=2)]
    rows += [row(moment="committed", cents=100_001, month=3), row(moment="committed", cents=-60_001, month=4)]
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", rows), by=author)
    purse = (YEAR, "secretaria-administrativa", "A-1", "recursos-fiscales", "2111")
    assert [one for one in flag_rows() if one[0] == YEAR] == [
        (*purse, "paid", "exercised", "abierta", 2, 5_000_000, 50_000, 5_000_000, 50_000, 100),
        (*purse, "committed", "modified", "corregida", 3, 160_001, 100_000, 100_000, 100_000, None),
    ]
