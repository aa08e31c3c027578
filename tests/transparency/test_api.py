"""The API: what it promises, what it answers, and what it says of a question that cannot be answered."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from calpulli.commons.registries.datasets import DATASETS
from calpulli.ledger.models import Fact
from calpulli.transparency.api import description

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
HOME = "/api/v1/conjuntos"
ORIGIN = "http://localhost"


def asked(client: Client, address: str, **query: str) -> Any:
    answer = client.get(HOME + address, query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def faults(client: Client, address: str, query: dict[str, Any], status: int = 422) -> dict[str, dict[str, str]]:
    answer = client.get(HOME + address, query)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = json.loads(answer.content)
    assert told["status"] == status
    return {fault["campo"]: fault for fault in told["errores"]}


def test_the_description_is_the_one_that_is_kept() -> None:
    """A change of the API is seen in this file; what /api/v1/openapi.json serves is the next one."""
    assert json.loads(SNAPSHOT.read_bytes()) == json.loads(description())


def test_it_is_served(client: Client, db: None) -> None:
    assert client.get("/api/v1/openapi.json").content == description()


def test_the_list_has_every_data_set_with_its_dictionary(client: Client, db: None) -> None:
    told = {one["clave"]: one for one in asked(client, "")["conjuntos"]}
    assert set(told) == {dataset.key for dataset in DATASETS}
    assert asked(client, "/foda") == told["foda"]
    assert [column["nombre"] for column in told["foda"]["columnas"]] == ["plan", "grupo", "numero", "identificador", "texto"]


def test_filters_leave_what_is_equal(client: Client, db: None) -> None:
    rows = asked(client, "/lineas-de-accion/renglones", plan="iecm-2023", objetivo="1", orden="-lugar")["renglones"]
    assert [row["numero"] for row in rows] == ["1.4", "1.3", "1.2", "1.1"]
    assert asked(client, "/ediciones/renglones", motivo="")["renglones"] != []
    assert asked(client, "/periodos/renglones", fundamento_confirmado="false", plan="nada")["renglones"] == []


@pytest.mark.parametrize(
    ("key", "order"), [("hechos", ""), ("hechos", "-momento"), ("registros", "-nombre"), ("ediciones", "publicado")]
)
def test_following_the_pages_reads_every_row_once(client: Client, db: None, key: str, order: str) -> None:
    address, rows = f"{HOME}/{key}/renglones?limite=3&orden={order}", []
    while address:
        answer = client.get(address.removeprefix(ORIGIN))
        told = json.loads(answer.content)
        rows += told["renglones"]
        address = told["siguiente"]
        assert (f'<{address}>; rel="next"' == answer.get("Link")) or address is None
    whole = json.loads(client.get(f"/datos/{key}.json").getvalue())
    assert sorted(map(str, rows)) == sorted(map(str, whole))
    if order:
        values = [row[order.removeprefix("-")] for row in rows]
        assert values == sorted(values, reverse=order.startswith("-"))


def test_the_facts_come_by_their_moment(client: Client, db: None) -> None:
    fact = Fact.objects.order_by("chain", "sequence")[0]
    rows = asked(client, "/hechos/renglones", momento=f"{fact.at:%Y-%m-%dT%H:%M:%SZ}", cadena=fact.chain)["renglones"]
    assert fact.digest in {row["huella"] for row in rows}


def test_every_fault_of_a_question_is_told_at_once(client: Client, db: None) -> None:
    found = faults(
        client,
        "/periodos/renglones",
        {"color": "rojo", "dias_de_plazo": "x", "vence": "14/11/2026", "orden": "publicado", "desde": "zzz"},
    )
    assert set(found) == {"color", "dias_de_plazo", "vence", "orden", "desde"}
    assert "plan, periodo, inicia" in found["color"]["remedio"]
    assert "entero" in found["dias_de_plazo"]["regla"]
    assert found["vence"]["valor"] == "14/11/2026"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limite": "1001"}, "limite"),
        ({"limite": "0"}, "limite"),
        ({"limite": "muchos"}, "limite"),
        ({"secuencia": "9" * 30}, "secuencia"),
        ({"secuencia": "١"}, "secuencia"),
        ({"acto": "a\x00b"}, "acto"),
        ({"momento": "2026-11-14"}, "momento"),
        ({"cadena": ["planning", "people"]}, "cadena"),
        ({"desde": "e30"}, "desde"),
        ({"desde": "ñ"}, "desde"),
        ({"desde": "W1siY2FkZW5hIiwic2VjdWVuY2lhIl0sWzEsMV1d"}, "desde"),
        ({"orden": "quien"}, "orden"),
        ({"orden": "--acto"}, "orden"),
    ],
)
def test_what_cannot_be_answered_says_why(client: Client, db: None, query: dict[str, Any], field: str) -> None:
    found = faults(client, "/hechos/renglones", query)
    assert list(found) == [field]
    assert found[field]["regla"].endswith(".")
    assert found[field]["remedio"]


@pytest.mark.parametrize("address", ["/no-hay", "/no-hay/renglones", "/no-hay/ediciones", "/foda/ediciones/77"])
def test_what_is_not_there_is_a_problem_too(client: Client, db: None, address: str) -> None:
    assert faults(client, address, {}, status=404) == {}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_it_only_reads(client: Client, db: None, method: str) -> None:
    answer = getattr(client, method)(HOME)
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_any_page_of_the_web_may_ask(client: Client, db: None) -> None:
    asked_before = client.options(HOME, headers={"origin": "https://otro.ejemplo", "access-control-request-method": "GET"})
    assert (asked_before.status_code, asked_before["Access-Control-Allow-Origin"]) == (204, "*")
    for address in ("", "/foda/renglones", "/no-hay"):
        answer = client.get(HOME + address)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer


def test_who_has_the_page_is_told_so(client: Client, db: None) -> None:
    first = client.get(f"{HOME}/hechos/renglones?limite=2")
    again = client.get(f"{HOME}/hechos/renglones?limite=2", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = client.get(f"{HOME}/hechos/renglones?limite=3", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200
    assert "Last-Modified" in first


def test_an_edition_gives_the_digest_of_its_files(client: Client, db: None) -> None:
    told = asked(client, "/foda/ediciones/1")
    assert asked(client, "/foda/ediciones")["ediciones"] == [told]
    for file in told["archivos"]:
        content = client.get(file["direccion"].removeprefix(ORIGIN)).content
        assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_what_the_page_tells_can_be_asked(client: Client, db: None) -> None:
    """Each example of the page is answered as it says."""
    page = html.unescape(client.get("/api").content.decode())
    examples = re.findall(r'"(http://localhost/api[^"]*)"', page)
    assert len(examples) == 6
    statuses = [client.get(address.removeprefix(ORIGIN)).status_code for address in examples]
    assert statuses == [200, 200, 200, 200, 200, 422]
