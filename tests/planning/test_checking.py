"""From the page of a record to the verifier: the hashes in the link are those of what is downloaded and of the signed list."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from calpulli.commons import institutes

RECORD = "/registros/iecm-2023/2023-Q1"


@pytest.mark.parametrize("address", [RECORD, f"{RECORD}/edicion/1", f"/en{RECORD}"])
def test_the_link_knows_every_file_of_the_record(db: None, client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    link = html.unescape(re.findall(r'href="([^"]*verificador#[^"]*)"', page)[0])
    told = parse_qs(urlsplit(link).fragment, strict_parsing=True)
    with zipfile.ZipFile(io.BytesIO(client.get(told["paquete"][0]).content)) as bundle:
        listed = {one["path"]: one["sha256"] for one in json.loads(bundle.read("manifest.json"))["files"]}
    assert told["vuelta"] == [address]
    for name, digest in zip(told["archivo"], told["huella"], strict=True):
        form = name.rpartition(".")[2]
        answer = client.get(f"{RECORD}/edicion/1/registro.{form}")
        assert f'filename="{name}"' in answer["Content-Disposition"]
        assert hashlib.sha256(answer.content).hexdigest() == digest == listed[f"data/record.{form}"]
    assert {name.rpartition(".")[2] for name in told["archivo"]} == {"pdf", "xlsx", "csv", "json"}


def test_one_story_about_hashes(db: None, client: Client) -> None:
    page = client.get(RECORD).content.decode()
    assert "con las de abajo" not in page
    assert "Suéltelo" not in page
    assert "Ya terminó." in page
    assert "no conoce todavía ningún otro lugar" in page


def test_a_place_outside_is_named_where_there_is_one(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        institutes.reading, "section", lambda name: {"places": [{"name": "Archivo", "url": "https://archivo.example/"}]}
    )
    institutes.outside_places.cache_clear()
    try:
        for address in (RECORD, "/verificar"):
            page = client.get(address).content.decode()
            assert '<a href="https://archivo.example/" rel="noopener">Archivo</a>' in page
            assert "no conoce todavía" not in page
    finally:
        institutes.outside_places.cache_clear()


def test_a_place_that_is_no_address_of_the_web_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(institutes.reading, "section", lambda name: {"places": [{"name": "x", "url": "javascript:alert(1)"}]})
    institutes.outside_places.cache_clear()
    try:
        with pytest.raises(ValueError, match="no es una dirección de la web"):
            institutes.outside_places()
    finally:
        institutes.outside_places.cache_clear()
