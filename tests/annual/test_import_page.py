"""The page that brings the annual programme from a file: reviewed without keeping anything, then brought; its templates."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from calpulli.annual import actions, exports, inputs
from calpulli.annual.models import Exercise
from calpulli.annual.pages.imports import grouped
from calpulli.ledger import queries as ledger
from calpulli.people.doors import actor_named
from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.annual.tables import TABLES
from calpulli_core.formats.defects import RecordErrors
from tests.annual.brought import PLAN, YEAR, ours
from tests.annual.conftest import on
from tests.core.formats.annual.planting import BUDGET, book, cells_of_goals, csv
from tests.signing import signed_in

PAGE = "/mesa/poa/importar"


@pytest.fixture
def area(db: None) -> Client:
    with on(1, 5):
        actions.open_exercise(inputs.OpenExercise(PLAN, YEAR), by=actor_named("area"))
    return signed_in("area")


def sent(client: Client, button: str, *files: tuple[str, bytes]) -> tuple[int, str]:
    told = {"plan": PLAN, button: "1", "brought": [SimpleUploadedFile(name, content) for name, content in files]}
    answer = client.post(PAGE, told, follow=True)
    return answer.status_code, answer.content.decode()


def test_it_is_reviewed_and_then_brought(area: Client) -> None:
    counted = ledger.counts()
    status, page = sent(area, "check", ("poa.xlsx", book(ours())))
    assert status == 200 and "El archivo está completo y sin errores" in page and "Actividades: se agregan 2." in page
    assert ledger.counts() == counted
    status, page = sent(area, "import", ("poa.xlsx", book(ours())))
    assert status == 200 and "El archivo entró" in page and "Programas: se agregan 2." in page
    assert Exercise.objects.get(plan_key=PLAN, year=YEAR).activities.count() == 2
    assert "El archivo entró" not in area.get(PAGE).content.decode()


def test_every_defect_is_in_a_table_and_nothing_is_saved(area: Client) -> None:
    counted = ledger.counts()
    status, page = sent(area, "import", ("metas.xlsx", cells_of_goals()))
    assert status == 422 and "Tiene 14 cosas por corregir. No se guardó nada." in page
    assert "Metas, fila 8, columna 4 (Enero)" in page and "Escriba 1250." in page
    assert ledger.counts() == counted


def test_several_csv_come_together_and_markup_is_only_text(area: Client) -> None:
    rows = ours("Programas", "Matriz")
    parts = [
        (f"{name}.csv", csv(heads, *(",".join("" if c is None else str(c) for c in row) for row in body)).encode())
        for name, (heads, body) in rows.items()
    ]
    status, page = sent(area, "import", *parts)
    assert status == 200 and "Programas: se agregan 2." in page
    status, page = sent(area, "check", ("x.csv", csv(["Ejercicio", "<img src=x>"], "1,2").encode()))
    assert status == 422 and "<img src=x>" not in page and "&lt;img" in page


def test_nothing_chosen_and_no_exercise_say_what_to_do(area: Client) -> None:
    assert area.post(PAGE, {"plan": PLAN, "check": "1"}).status_code == 422
    sheets = ours("Programas", "Matriz")
    for name in sheets:
        for row in sheets[name][1]:
            row[0] = YEAR + 1
    status, page = sent(area, "import", ("poa.xlsx", book(sheets)))
    assert status == 422 and f"No hay un programa anual {YEAR + 1}" in page


def test_templates_and_what_there_is_can_be_taken(area: Client) -> None:
    for name in exports.BOOKS:
        assert openpyxl.load_workbook(io.BytesIO(area.get(f"/mesa/poa/plantillas/{name}.xlsx").content)).sheetnames
    for table in TABLES:
        name = exports.file_name(table)
        empty, filled = (
            area.get(f"/mesa/poa/{kind}/{name}.csv").content.decode("utf-8-sig") for kind in ("plantillas", "ejemplos")
        )
        assert filled.startswith(empty) and len(empty.splitlines()) == 1 < len(filled.splitlines())
    sent(area, "import", ("poa.xlsx", book(ours())))
    out = area.get(f"/mesa/poa/archivos/{PLAN}-{YEAR}.xlsx")
    assert f'filename="{PLAN}-{YEAR}-poa.xlsx"' in out["Content-Disposition"]
    status, page = sent(area, "check", ("poa.xlsx", out.content))
    assert status == 200 and "Actividades: sin cambios." in page
    for address in ("plantillas/otra.xlsx", "plantillas/otra.csv", f"archivos/{PLAN}-1999.xlsx"):
        assert area.get(f"/mesa/poa/{address}").status_code == 404


def test_the_same_mistake_down_a_column_is_told_once() -> None:
    row = "2027,area-1,P01,A-01,01,131,Enero,Aprobado,D-{},100"
    data = csv(BUDGET, *[row.format(place) for place in range(3_000)]).encode()
    with pytest.raises(RecordErrors) as caught:
        read_files([Brought("b.csv", data)])
    assert len(caught.value.defects) == 3_000
    (one,) = grouped(caught.value.defects)
    assert one.place == "Presupuesto, filas 2, 3, 4 y 2,997 más, columna 6 (Partida)"
