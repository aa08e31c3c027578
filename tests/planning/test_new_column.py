"""A column that no law asks for, from 2027 on, by its declaration alone: from the form to a stranger's verdict."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import openpyxl
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from calpulli.commons.act import Actor, Refused
from calpulli.ledger import doors as ledger
from calpulli.ledger.queries import check_ledger
from calpulli.ledger.states import row_state
from calpulli.people.models import Account
from calpulli.planning import queries
from calpulli.planning.actions import capture_edition, open_erratum, publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenErratum, PublishEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli.planning.offers.record_datasets import record_rows
from calpulli_core.board.archive import read_zip, write_zip
from calpulli_core.formats import columns
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.columns import LAYOUTS, Column, Kind, Layout, Source
from calpulli_core.verify import check_files
from calpulli_core.verify.columns import FORMATS
from tests.core.verify.invented import LATER, LATER_SINCE, PARTICIPANTS
from tests.core.verify.telling import tell_of_later
from tests.verifier.engine import PAGE, Engine, check, faults, node, page_that_knows

HELP = "Cuente a cada persona una sola vez."
COLUMN = Column(16, "participants", PARTICIPANTS, Kind.NUMBER, Source.AUTHOR, help=HELP)
ENTRY = f'["{LATER}", {{ since: "{LATER_SINCE}", columns: [...FIRST, ["{PARTICIPANTS}", "number"]] }}]'
TYPED = {"poa_url": "https://ejemplo.mx/poa", "work_programme_url": "", "updated_on": "30/06/2031", "note": "Nota."}
RECORD = "/registros/demo-2026/2031-Q2"


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The declaration and the verifier's table, each with one entry more."""
    later = Layout(LATER, LATER_SINCE, (*LAYOUTS[0].columns, COLUMN))
    monkeypatch.setattr(columns, "LAYOUTS", (LAYOUTS[0], later))
    tell_of_later(monkeypatch)


def client(username: str) -> Client:
    browser = Client()
    browser.force_login(Account.objects.get(username=username))
    return browser


def send(edition: Edition, typed: str, **more: str) -> tuple[int, str]:
    """What the form of the edition answers to whoever captures."""
    view = queries.find_edition(edition.pk)
    assert view is not None
    data = TYPED | {"participants": typed, "seen": view.state_digest, "submit": "1"} | more
    answer = client("area").post(f"/mesa/edicion/{edition.pk}", data)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def published(edition: Edition, author: Actor, reviewer: Actor) -> Edition:
    assert send(edition, "1250")[0] == 302
    seal_edition(SealEdition(edition.pk, edition.period.span.ends_on.replace(month=7, day=9)), by=reviewer)
    return publish_edition(PublishEdition(edition.pk), by=author).result


def files_of(edition: Edition) -> dict[str, bytes]:
    return read_zip(Client().get(f"{RECORD}/edicion/{edition.number}/paquete.zip").content)


def get(form: str) -> bytes:
    answer = Client().get(f"{RECORD}/registro.{form}")
    assert answer.status_code == 200
    return answer.content


def test_the_form_asks_for_it_and_says_what_is_wrong(edition: Edition) -> None:
    page = client("area").get(f"/mesa/edicion/{edition.pk}").content.decode()
    assert f"{PARTICIPANTS} (columna 16)" in page
    assert f"{HELP} Un número entero, solo con cifras. Si no se sabe, déjelo vacío: se publicará «no reportado»." in page
    assert page.count('name="participants"') == 1
    for typed, words in (("mil", "No es un número entero"), ("-1", "no puede ser negativo"), ("1000000000", "999999999")):
        status, told = send(edition, typed)
        assert (status, words in told, f'value="{typed}"' in told) == (422, True, True)
    edition.refresh_from_db()
    assert (edition.state, edition.further) == ("open", {})


def test_a_draft_keeps_it_and_may_leave_it_blank(edition: Edition, author: Actor) -> None:
    kept = capture_edition(CaptureEdition(edition.pk, Captured(participants=7, note="Nota.")), by=author).result
    assert (kept.further, kept.captured) == ({"participants": "7"}, Captured(participants="7", note="Nota."))
    blank = capture_edition(CaptureEdition(edition.pk, Captured(note="Nota.")), by=author).result
    assert blank.further == {}
    page = client("area").get(f"/mesa/edicion/{edition.pk}").content.decode()
    assert 'name="participants" ' in page
    assert send(edition, "")[0] == 302
    view = queries.find_edition(edition.pk)
    assert view is not None
    assert (view.record.cell(16).value, view.record.cell(16).mark) == ("", "no reportado")


def test_whoever_reviews_reads_it(edition: Edition) -> None:
    send(edition, "1250")
    page = client("revision").get(f"/mesa/edicion/{edition.pk}").content.decode()
    assert "Lea las 16 columnas y decida." in page
    assert f"16. {PARTICIPANTS}" in page


def test_the_public_page_and_every_format_carry_it(published: Edition) -> None:
    page = Client().get(RECORD).content.decode()
    assert "Las 16 columnas" in page
    assert "Una fila con 16 columnas" in page
    assert 'id="columna-16"' in page
    told = json.loads(get("json"))
    assert told["format"] == LATER
    assert told["columns"][15] == {"mark": None, "name": PARTICIPANTS, "number": 16, "value": "1250"}
    names, values = csv.reader(io.StringIO(get("csv").decode(), newline=""))
    assert (names[15], values[15], len(names)) == (PARTICIPANTS, "1250", 16)
    sheet = openpyxl.load_workbook(io.BytesIO(get("xlsx")))["Reporte de Formatos"]
    assert [sheet["P7"].value, sheet["P8"].value, sheet["Q7"].value] == [PARTICIPANTS, "1250", None]
    paper = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(get("pdf"))).pages)
    assert f"16.{PARTICIPANTS}1250".replace(" ", "") in "".join(paper.split())


def test_records_of_before_keep_their_columns(published: Edition) -> None:
    counts: dict[tuple[object, object], int] = {}
    for plan, period, _number, column, *_rest in record_rows():
        counts[plan, period] = max(counts.get((plan, period), 0), int(str(column)))
    assert counts.pop(("demo-2026", "2031-Q2")) == 16
    assert counts, "the demonstration has records of before"
    assert {*counts.values()} == {15}
    assert "Las 15 columnas" in Client().get("/registros/iecm-2023/2023-Q1").content.decode()


def test_the_data_set_and_the_search_find_it(published: Edition) -> None:
    rows = [row for row in record_rows() if row[1] == "2031-Q2" and row[3] == 16]
    assert rows == [("demo-2026", "2031-Q2", 1, 16, PARTICIPANTS, "1250", "")]
    assert "segundo trimestre de 2031" in Client().get("/buscar", {"q": "1250"}).content.decode().lower()


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_what_comes_out_goes_in_again(published: Edition, form: str) -> None:
    upload = SimpleUploadedFile(f"registro.{form}", get(form))
    data = {"plan_key": "copia-2031", "base": "demo-2026", "import": "1", "file": upload}
    assert client("area").post("/mesa/importar", data).status_code == 302
    [view] = [found for found in queries.waiting("open") if found.plan_key == "copia-2031"]
    assert view.edition.further == {"participants": "1250"}
    assert list(view.record.values) == [cell["value"] for cell in json.loads(get("json"))["columns"]]


def test_a_file_of_an_earlier_format_says_which_one_is_right(published: Edition) -> None:
    names, values = csv.reader(io.StringIO(get("csv").decode(), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([names[:15], values[:15]])
    data = {
        "plan_key": "copia-2031",
        "base": "demo-2026",
        "check": "1",
        "file": SimpleUploadedFile("r.csv", out.getvalue().encode()),
    }
    answer = client("area").post("/mesa/importar", data)
    assert answer.status_code == 422
    assert (
        f"El registro de 2031 va en el formato «{LATER}», de 16 columnas, y este es «121-XXII-b/1», de 15."
        in answer.content.decode()
    )


def test_an_erratum_begins_with_it_and_tells_its_change(published: Edition, author: Actor, reviewer: Actor) -> None:
    erratum = open_erratum(OpenErratum(published.pk, "Se contaron dos veces algunas."), by=author).result
    assert erratum.further == {"participants": "1250"}
    same = CaptureEdition(erratum.pk, published.captured.but(validated_on=None))
    with pytest.raises(Refused, match="dice lo mismo"):
        submit_edition(same, by=author)
    submit_edition(replace(same, captured=same.captured.but(participants=1200)), by=author)
    seal_edition(SealEdition(erratum.pk, published.validated_on), by=reviewer)
    done = publish_edition(PublishEdition(erratum.pk), by=author).result
    files = files_of(done)
    [line] = [json.loads(line) for line in files["data/differences.jsonl"].splitlines()]
    assert line == {"after": "1200", "before": "1250", "name": PARTICIPANTS, "number": 16}
    assert check_files(files).ok
    assert f"Columna 16: {PARTICIPANTS}" in Client().get(f"{RECORD}/edicion/2").content.decode()


def test_the_ledger_attests_it_and_old_states_still_hold(published: Edition) -> None:
    published.refresh_from_db()
    assert row_state(published)["further"] == {"participants": "1250"}
    earlier = Edition.objects.filter(period__plan_id="iecm-2023").first()
    assert earlier is not None
    assert "further" not in row_state(earlier), "an empty field is in no digest: the facts of before still name this state"
    assert list(check_ledger([])) == []
    before = ledger.row_digest(published)
    published.further = {"participants": "1251"}
    assert ledger.row_digest(published) != before


def test_a_verifier_without_the_entry_refuses_and_nothing_is_published(
    edition: Edition, author: Actor, reviewer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send(edition, "1250")[0] == 302
    seal_edition(SealEdition(edition.pk, edition.period.span.ends_on.replace(month=7, day=9)), by=reviewer)
    with monkeypatch.context() as untold:
        untold.delitem(cast(MutableMapping[str, Any], FORMATS), LATER)
        with pytest.raises(Refused, match="no pasa su propia comprobación"):
            publish_edition(PublishEdition(edition.pk), by=author)
    assert publish_edition(PublishEdition(edition.pk), by=author).result.state == "published"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Engine]:
    """The verifier's page, built with one entry more."""
    if node() is None:
        pytest.skip("No hay Node: el verificador en JavaScript queda sin probar.")
    with Engine("check.mjs", page_that_knows(ENTRY, tmp_path)) as engine:
        yield engine


def test_both_verifiers_accept_it_by_their_entry_and_find_what_was_changed(published: Edition, told: Engine) -> None:
    files = files_of(published)
    tampered = files | {"data/record.json": files["data/record.json"].replace(b'"1250"', b'"1251"')}
    assert tampered != files
    assert check_files(files).ok
    assert check(told, write_zip(files))["ok"]
    changed = {("changed", "data/record.json", None)}
    assert {(one.code, one.file, one.record) for one in check_files(tampered).faults} == changed
    assert faults(check(told, tampered)) == changed
    with Engine("check.mjs", PAGE) as untold:
        assert faults(check(untold, files)) == {("malformed", "data/record.json", None)}
