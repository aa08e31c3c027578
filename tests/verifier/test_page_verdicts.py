"""What the page says of a bundle: good, altered, spoiled, loose or in a folder."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from page_driver import (
    MARKUP,
    SIGNER_OPEN,
    SOUND,
    altered,
    answer,
    drop,
    give,
    groups,
    with_markup,
)

from tests.core.verify.cases import pack, row, swap

pytestmark = pytest.mark.browser


def test_a_good_bundle_shows_its_fingerprint_and_its_columns(wide: Any) -> None:
    files = row().first
    give(wide, pack(files))
    manifest, record = json.loads(files["manifest.json"]), json.loads(files["data/record.json"])
    printed = [" ".join(one.split()) for one in wide.locator("#details .hash").all_inner_texts()]
    own = hashlib.sha256(files["manifest.json"]).hexdigest()
    assert printed == [groups(own), groups(manifest["key"]["fingerprint"])]
    assert wide.locator("#details dt").all_inner_texts() == ["Huella del paquete", "Huella de la llave"]
    assert SIGNER_OPEN in wide.inner_text("#verdict")
    assert "Puede quedarse aquí." in wide.inner_text("#verdict")
    assert not wide.locator("#details details").get_attribute("open")
    assert "Falta" not in wide.inner_text("#result")
    columns = wide.locator("#record-list > div")
    assert columns.count() == 15
    for number, column in enumerate(record["columns"]):
        assert columns.nth(number).locator("dt").inner_text() == f"{number + 1}. {column['name']}"
        assert columns.nth(number).locator("dd").inner_text() == (column["value"] or column["mark"])
    assert "primer trimestre de 2023 (2023-Q1)" in wide.inner_text("#about-list")
    assert "no es un documento oficial" in wide.inner_text("#about-list")


def test_an_altered_bundle_names_file_record_and_its_name(wide: Any) -> None:
    assert drop(wide, {"paquete.zip": pack(altered())}) == "Alterado"
    told = wide.inner_text("#details")
    assert "data/lines.csv" in told
    assert "renglón 2" in told
    assert "linea-1.2" in told
    assert wide.locator("#verdict").get_attribute("role") == "status"


def test_loose_files_are_put_in_their_places(wide: Any) -> None:
    assert drop(wide, row().first) == SOUND
    assert drop(wide, altered()) == "Alterado"


def test_a_folder_is_read(wide: Any, tmp_path: Path) -> None:
    folder = tmp_path / "trimestre"
    for path, data in row().first.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    wide.set_input_files("#folder", folder)
    assert answer(wide) == SOUND
    (folder / "data" / "sobra.txt").write_bytes(b"")
    wide.set_input_files("#folder", folder)
    assert answer(wide) == "Alterado"
    assert "data/sobra.txt" in wide.inner_text("#details")


def test_a_good_answer_says_that_a_later_edition_may_exist(wide: Any) -> None:
    later = "puede haber una edición posterior: mire la página del registro"
    give(wide, pack(row().first))
    assert later in wide.inner_text("#details")
    give(wide, pack(altered()))
    assert later not in wide.inner_text("#details")


def test_what_the_bundle_is_in_plain_words(wide: Any) -> None:
    files = row().first
    give(wide, pack(files))
    manifest = json.loads(files["manifest.json"])
    rows = wide.locator("#about-list > div")
    told = dict(part.inner_text().split("\n", 1) for part in rows.all())
    programme = json.loads(files["data/record.json"])["programme"]
    assert told["Programa"] == f"{programme['institution']['name']}, {manifest['plan'][-4:]} ({manifest['plan']})"
    assert told["Publicado por"] == manifest["installation"]["institute"]
    for term, notice in (("Aviso", manifest["installation"]["notice"]), ("Sobre el sello", manifest["seal"]["notice"])):
        assert told.get(term, "") == (notice[0].upper() + notice[1:] if notice else "")
    assert not {"clave", "recibo", "manifiesto"} & set(re.findall(r"\w+", wide.inner_text("body").lower()))


def test_the_header_of_a_table_is_named(wide: Any) -> None:
    files = row().first
    spoiled = swap(files, "data/lines.csv", files["data/lines.csv"].replace(b'"identifier"', b'"identifiex"', 1))
    give(wide, pack(spoiled))
    places = wide.locator(".place").all_inner_texts()
    assert any("data/lines.csv · el encabezado" in place for place in places)
    assert not any("renglón 0" in place for place in places)


def test_what_a_bundle_says_never_becomes_markup(wide: Any) -> None:
    give(wide, pack(with_markup()))
    assert wide.locator("#record-list dd").nth(5).inner_text() == MARKUP
    assert wide.locator("main img").count() == 0
    assert wide.title() == "Verificador"
