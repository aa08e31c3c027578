"""From a data set to the verifier: the hashes in the link are those of what is downloaded, and the ledger holds them."""

from __future__ import annotations

import hashlib
import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from calpulli.ledger.doors import fact_at


def link_of(page: str) -> dict[str, list[str]]:
    """What the page's link to the verifier carries."""
    address = html.unescape(re.findall(r'href="(/(?:en/)?verificador#[^"]*)"', page)[0])
    assert urlsplit(address).path in ("/verificador", "/en/verificador")
    return parse_qs(urlsplit(address).fragment, strict_parsing=True)


@pytest.mark.parametrize("address", ["/datos/foda", "/datos/foda/edicion/1", "/en/datos/foda", "/en/datos/foda/edicion/1"])
def test_the_link_carries_the_hash_of_every_file_and_the_way_back(db: None, client: Client, address: str) -> None:
    told = link_of(client.get(address).content.decode())
    downloaded = {}
    for file in ("datos.csv", "datos.json", "datapackage.json"):
        answer = client.get(f"/datos/foda/edicion/1/{file}")
        name = re.findall('filename="(.*?)"', answer["Content-Disposition"])[0]
        downloaded[name] = hashlib.sha256(answer.content).hexdigest()
    assert dict(zip(told["archivo"], told["huella"], strict=True)) == downloaded
    assert told["vuelta"] == [address]
    assert told["edicion"] == ["1"]


def test_the_fact_that_the_link_names_holds_the_hashes(db: None, client: Client) -> None:
    told = link_of(client.get("/datos/foda/edicion/1").content.decode())
    _, chain, number = urlsplit(told["hecho"][0]).path.strip("/").split("/")
    fact = fact_at(chain, int(number))
    assert fact is not None
    assert (fact["name"], fact["details"]["dataset"]) == ("transparency.dataset_published", "foda")
    assert set(told["huella"]) <= set(fact["details"].values())
    page = client.get(told["hecho"][0]).content.decode().replace("</span><span>", "")
    for digest in told["huella"]:
        assert digest in page


def test_the_fixed_edition_comes_before_what_changes(db: None, client: Client) -> None:
    page = client.get("/datos/foda").content.decode()
    assert page.index("Cite esta: es la más nueva") < page.index("Como está hoy")
    assert page.index("/datos/foda/edicion/1/datos.csv") < page.index('"/datos/foda.csv"')
    assert "transparency.dataset_published" not in page
    assert "Cite esta" not in client.get("/datos/hechos").content.decode()
