"""Data sets as files: read back with other libraries they are the same rows, and no spreadsheet runs a cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from calpulli.commons.registries.datasets import DATASETS
from calpulli.transparency import exports, queries
from calpulli.transparency.exports.tables import LONGEST_XLSX_CELL

NAMES = ("n", "t")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
STARTS = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "'", "''=", '"', ",", ";"])


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


@given(texts=st.lists(st.builds(str.__add__, STARTS, TEXTS), max_size=8))
def test_csv_comes_back_and_no_cell_is_a_formula(texts: list[str]) -> None:
    header, *cells = read_csv(exports.to_csv(NAMES, [(n, text) for n, text in enumerate(texts)]))
    assert header == ["n", "t"]
    assert [cell[1].removeprefix("'") if cell[1].startswith("'") else cell[1] for cell in cells] == texts
    assert not [cell for cell in cells if cell[1].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_csv_is_that_of_the_standard() -> None:
    rows = [(-5, 'dice "sí", y\nsigue'), (7, "=1+1"), (8, "'así")]
    expected = 'n,t\r\n-5,"dice ""sí"", y\nsigue"\r\n7,\'=1+1\r\n8,\'\'así\r\n'
    assert exports.to_csv(NAMES, rows) == expected.encode()


def test_values_are_written_as_the_dictionary_says() -> None:
    instant = dt.datetime(2026, 11, 14, 18, 0, 1, 999, tzinfo=dt.UTC)
    row = (True, dt.date(2026, 11, 14), instant, None, 3)
    assert exports.to_csv("abcde", [row]) == b"a,b,c,d,e\r\ntrue,2026-11-14,2026-11-14T18:00:01Z,,3\r\n"
    expected = {"a": True, "b": "2026-11-14", "c": "2026-11-14T18:00:01Z", "d": None, "e": 3}
    assert json.loads(exports.to_json("abcde", [row])) == [expected]


def test_an_empty_table_is_an_empty_list() -> None:
    assert json.loads(exports.to_json(NAMES, [])) == []
    assert exports.to_csv(NAMES, []) == b"n,t\r\n"


def test_a_sheet_keeps_texts_as_texts() -> None:
    rows = [(1, "=1+1"), (2, "https://ejemplo.mx"), (3, "007"), (4, "x" * (LONGEST_XLSX_CELL + 5))]
    sheet = openpyxl.load_workbook(io.BytesIO(exports.to_xlsx(NAMES, rows, title="t"))).active
    cells = [list(row) for row in sheet.iter_rows(min_row=2)]
    assert [(row[0].value, row[1].value, row[1].data_type) for row in cells[:3]] == [
        (1, "=1+1", "s"), (2, "https://ejemplo.mx", "s"), (3, "007", "s"),
    ]  # fmt: skip
    assert cells[3][1].value.endswith("[…]")
    assert len(cells[3][1].value) == LONGEST_XLSX_CELL


@pytest.mark.parametrize("key", [dataset.key for dataset in DATASETS])
def test_every_file_of_a_data_set_has_the_same_rows(client: Client, db: None, key: str) -> None:
    dataset = queries.dataset_named(key)
    assert dataset is not None
    header, *cells = read_csv(client.get(f"/datos/{key}.csv").getvalue())
    objects = json.loads(client.get(f"/datos/{key}.json").getvalue())
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/datos/{key}.xlsx").getvalue()), read_only=True).active
    assert tuple(header) == dataset.names
    assert [list(one) for one in objects] == [header] * len(cells)
    assert len(list(sheet.iter_rows())) == len(cells) + 1
    for row, told in zip(cells, objects, strict=True):
        for text, value in zip(row, told.values(), strict=True):
            plain = json.dumps(value) if isinstance(value, bool) else "" if value is None else str(value)
            assert text.removeprefix("'") == plain.removeprefix("'")


def test_who_has_the_table_is_not_sent_it_again(client: Client, db: None) -> None:
    first = client.get("/datos/hechos.csv")
    again = client.get("/datos/hechos.csv", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")
    assert client.get("/datos/hechos.json", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert first["Access-Control-Allow-Origin"] == "*"


def test_the_descriptions_name_every_column(client: Client, db: None) -> None:
    package = json.loads(client.get("/datos/periodos/datapackage.json").content)
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    dictionary = read_csv(client.get("/datos/periodos/diccionario.csv").content)
    assert list(fields) == [line[0] for line in dictionary[1:]]
    assert (fields["vence"]["type"], fields["dias_de_plazo"]["type"]) == ("date", "integer")
    assert package["resources"][0]["schema"]["primaryKey"] == ["plan", "periodo"]
    assert package["licenses"][0]["path"].startswith("https://")


def test_the_catalogue_of_machines_leads_to_every_file(client: Client, db: None) -> None:
    told = json.loads(client.get("/datos/catalogo.jsonld").content)
    assert {one["dct:identifier"] for one in told["dcat:dataset"]} == {dataset.key for dataset in DATASETS}
    for one in told["dcat:dataset"]:
        for file in one["dcat:distribution"]:
            assert client.get(file["dcat:downloadURL"].removeprefix("http://localhost")).status_code == 200


def test_one_finds_by_other_words_and_without_accents(client: Client, db: None) -> None:
    for wanted in ("mision", "Misión", "columna 9", "ERRATAS"):
        assert "encontrado" in client.get("/datos", {"buscar": wanted}).content.decode()
    assert "Ningún conjunto" in client.get("/datos", {"buscar": "<script>"}).content.decode()
