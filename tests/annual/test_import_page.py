"""The page that brings the annual programme from a file: reviewed without keeping anything, then brought; its templates."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from calpulli.annual import actions, exports, inputs
from calpulli.annual.models import Exercise
from calpulli.annual.pages.imports import grouped
from calpulli.commons import files
from calpulli.commons.registries.bringing import bring
from calpulli.commons.registries.chores import CHORES
from calpulli.ledger import queries as ledger
from calpulli.people.doors import actor_named
from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.annual.tables import TABLES
from calpulli_core.formats.defects import RecordErrors
from tests.annual.brought import PLAN, YEAR, ours
from tests.annual.conftest import on
from tests.core.formats.annual.planting import BUDGET, book, cells_of_goals, csv
from tests.core.formats.annual.test_planted import FILES, PLANTED
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


def reviewed(page: str) -> str:
    found = re.search(r'name="reviewed" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def confirmed(client: Client, digest: str) -> tuple[int, str]:
    answer = client.post(PAGE, {"reviewed": digest, "import": "1"}, follow=True)
    return answer.status_code, answer.content.decode()


def test_what_was_reviewed_is_brought_without_choosing_it_again(area: Client) -> None:
    _status, page = sent(area, "check", ("poa.xlsx", book(ours())))
    digest = reviewed(page)
    status, page = confirmed(area, digest)
    assert status == 200 and "El archivo entró" in page and "Actividades: se agregan 2." in page
    assert Exercise.objects.get(plan_key=PLAN, year=YEAR).activities.count() == 2
    status, page = confirmed(area, digest)  # pressed twice: it is there once, and the second says so
    assert status == 422 and "ya no está" in page


def test_each_file_shows_the_hash_that_its_owner_can_compute(area: Client) -> None:
    content = book(ours())
    _status, page = sent(area, "check", ("poa.xlsx", content))
    assert "poa.xlsx" in page and hashlib.sha256(content).hexdigest() in re.sub(r"<[^>]+>|\s", "", page)


def test_what_waits_longer_than_an_hour_goes_away_by_itself(area: Client) -> None:
    place = Path(settings.FILES_DIR) / "por-confirmar"
    with on(2, 1):
        sent(signed_in("area"), "check", ("poa.xlsx", book(ours())))
        assert CHORES.get("annual.reviewed_files").run() == 0  # type: ignore[union-attr]
        assert len(list(place.iterdir())) == 1
    with on(2, 2):
        assert CHORES.get("annual.reviewed_files").run() == 1  # type: ignore[union-attr]
    assert not list(place.iterdir())


def test_what_another_review_takes_away_meanwhile_breaks_nothing(tmp_path: Path, settings: Any) -> None:
    """A link that leads nowhere is what a file looks like that goes between being listed and being read."""
    settings.FILES_DIR = str(tmp_path)
    (tmp_path / "por-confirmar").mkdir()
    (tmp_path / "por-confirmar" / "ido").symlink_to(tmp_path / "nada")
    now = dt.datetime(YEAR, 2, 1, 18, tzinfo=dt.UTC)
    digest = files.hold("poa:1", [("a.csv", b"a")], about="", now=now)
    assert files.take("poa:1", digest, now=now) is not None


def test_it_is_of_that_person_alone_and_for_an_hour(area: Client) -> None:
    with on(2, 1):
        mine = signed_in("area")
        digest = reviewed(sent(mine, "check", ("poa.xlsx", book(ours())))[1])
        assert confirmed(signed_in("participacion"), digest)[0] == 422
        assert confirmed(mine, "0" * 64)[0] == confirmed(mine, "../../x")[0] == 422
    with on(2, 2):
        status, page = confirmed(signed_in("area"), digest)
        assert status == 422 and "se guarda una hora" in page
    assert not Exercise.objects.get(plan_key=PLAN, year=YEAR).activities.exists()


def test_the_last_review_takes_the_place_of_the_one_before(area: Client) -> None:
    first = reviewed(sent(area, "check", ("poa.xlsx", book(ours())))[1])
    second = reviewed(sent(area, "check", ("otro.xlsx", book(ours())))[1])
    assert first != second
    assert confirmed(area, first)[0] == 422
    assert confirmed(area, second)[0] == 200


def test_what_would_do_something_else_by_now_is_not_brought(area: Client) -> None:
    digest = reviewed(sent(area, "check", ("poa.xlsx", book(ours())))[1])
    sent(area, "import", ("poa.xlsx", book(ours("Programas", "Matriz"))))
    _status, page = sent(area, "check", ("poa.xlsx", book(ours())))
    assert "Programas: sin cambios." in page
    counted = ledger.counts()
    status, page = confirmed(area, digest)
    assert status == 422 and "ya no está" in page
    assert ledger.counts() == counted


def test_the_programme_changed_between_the_review_and_the_word(area: Client) -> None:
    digest = reviewed(sent(area, "check", ("poa.xlsx", book(ours())))[1])
    sources = exports.read([Brought("p.xlsx", book(ours("Programas", "Matriz")))], plan_key=PLAN)
    bring(sources.arrival, by=actor_named("area"), keep=True)
    counted = ledger.counts()
    status, page = confirmed(area, digest)
    assert status == 422 and "ya no haría lo mismo" in page
    assert ledger.counts() == counted


@pytest.mark.parametrize("name", sorted(FILES))
def test_planted_files_bring_exactly_their_errors_to_the_page_and_nothing_is_saved(area: Client, name: str) -> None:
    """`planted.toml` is written by hand: the page counts as many as it lists, tells each place, and keeps nothing."""
    counted, before = ledger.counts(), sorted(files.kept())
    status, page = sent(area, "import", (name, FILES[name]()))
    planted = PLANTED[name]
    if name == "empty.csv":  # the field says so before anything is read
        assert status == 422 and "El archivo está vacío." in page and ledger.counts() == counted
        return
    assert status == 422 and "reviewed" not in page
    count = len(planted)
    assert (f"Tiene {count} cosas por corregir." if count > 1 else "Tiene 1 cosa por corregir.") in page
    text = html.unescape(page)
    for sheet, row, column, *_rest in planted:
        assert not column or str(column) in text, (sheet, row, column)
    assert ledger.counts() == counted and sorted(files.kept()) == before
