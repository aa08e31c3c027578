"""One line for each request, and nothing in it of who asked or for what."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from calpulli.commons.act import Actor
from calpulli.ledger import doors as ledger
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.site import logs
from calpulli.site.middleware import request_line

PASSWORD = "copal-nube-jade-12"
FIELDS = {"time", "level", "logger", "method", "route", "status", "ms"}
# What a browser and a proxy say of whoever asks.
ABOUT = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_X_FORWARDED_FOR": "198.51.100.23",
    "HTTP_USER_AGENT": "NavegadorDeAna/9",
    "HTTP_REFERER": "http://testserver/buscado-antes",
}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that would go to standard error, as it would."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.JsonLines())
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


def lines(text: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.getvalue().splitlines()]


def requests(text: io.StringIO) -> list[dict[str, Any]]:
    return [line for line in lines(text) if line["logger"] == "calpulli.requests"]


def test_a_signed_in_request_leaves_no_trace_of_the_person(client: Client, db: None, written: io.StringIO) -> None:
    # Not the demonstration's own, which is refused from elsewhere.
    register_account(RegisterAccount("ana.lopez", "Ana Inventada", "Área", ("author",), PASSWORD), by=Actor.system("prueba"))
    client.post("/entrar", {"username": "ana.lopez", "password": PASSWORD}, **ABOUT)
    answer = client.get("/mesa?buscar=Nombre+Apellido", **ABOUT)
    assert answer.status_code == 200
    first, second = requests(written)
    assert set(first) == set(second) == FIELDS
    assert (first["method"], first["route"], first["status"]) == ("POST", "sign_in", 302)
    assert (second["method"], second["route"], second["status"]) == ("GET", "desk", 200)
    assert 0 < second["ms"] < 60_000
    values = [*client.cookies.values(), *ABOUT.values(), PASSWORD, "Nombre", "Apellido", "buscar", "ana.lopez", "mesa"]
    for value in values:
        assert getattr(value, "value", value) not in written.getvalue()


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        ("/registros/iecm-2023/2023-Q1?de=ana", "record", 200),
        ("/registros/otro-2023/2023-Q1", "record", 404),
        ("/ana@ejemplo.mx", None, 404),
        ("/estatico/no-hay.css", "static", 404),
        ("/salud", "health", 200),
    ],
)
def test_a_route_is_told_by_its_name(
    client: Client, db: None, written: io.StringIO, address: str, route: str | None, status: int
) -> None:
    client.get(address)
    assert [(line["route"], line["status"]) for line in lines(written)] == [(route, status)]
    for word in ("2023", "ana", "no-hay"):
        assert word not in written.getvalue().replace(lines(written)[0]["time"], "")


def test_what_is_refused_is_told_without_its_words(client: Client, db: None, written: io.StringIO) -> None:
    assert client.get("/", HTTP_HOST="ana.malo.ejemplo").status_code == 400
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/entrar", {"username": "ana", "password": "x"}).status_code == 403
    assert [line["status"] for line in requests(written)] == [400, 403]
    assert "ana" not in written.getvalue() and "malo" not in written.getvalue() and "/entrar" not in written.getvalue()


def test_an_error_has_a_code_and_places_and_not_its_words(
    client: Client, db: None, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        try:
            raise KeyError("CURP de Ana")
        except KeyError as error:
            raise ValueError("Key (username)=(ana@ejemplo.mx) already exists") from error

    monkeypatch.setattr(ledger, "signing_keys", fail)
    client.raise_request_exception = False
    answers = [client.get("/llaves.json?de=ana") for _ in range(2)]
    errors = [line for line in lines(written) if line["logger"] == "django.request"]
    assert len(errors) == 2 and errors[0]["error"] == errors[1]["error"]
    assert (errors[0]["level"], errors[0]["route"], errors[0]["status"]) == ("error", "keys", 500)
    assert errors[0]["kinds"] == ["ValueError", "KeyError"]
    assert any(place.startswith("calpulli/site/pages/") and place.endswith(" keys") for place in errors[0]["traceback"])
    assert any(place.startswith("django/core/handlers/") for place in errors[0]["traceback"])
    assert [line["error"] for line in requests(written)] == [errors[0]["error"]] * 2
    assert {answer["X-Error-Code"] for answer in answers} == {errors[0]["error"]}
    for word in ("ana", "Ana", "CURP", "already"):
        assert word not in written.getvalue()


def raised(kind: type[Exception]) -> Exception:
    try:
        raise kind("words")
    except Exception as error:
        return error


def test_the_same_fault_has_the_same_code_and_another_another() -> None:
    first, again, other = (
        logs.error_code(raised(ValueError)),
        logs.error_code(raised(ValueError)),
        logs.error_code(raised(TypeError)),
    )
    assert first == again != other
    assert len(first) == 12 and int(first, 16) >= 0


def test_causes_that_turn_in_a_circle_end() -> None:
    one, two = ValueError("1"), ValueError("2")
    one.__cause__, two.__cause__ = two, one
    assert logs.told_error(one)["kinds"] == ["ValueError", "ValueError"]


def test_a_line_is_one_line_whatever_comes(written: io.StringIO) -> None:
    request = RequestFactory().generic("ANA\r\n{}", "/")

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=418)

    request_line(answer)(request)
    logging.getLogger("calpulli.other").warning("uno\ndos «tres»")
    assert [line.get("method", line.get("message")) for line in lines(written)] == ["OTHER", "uno\ndos «tres»"]
    assert lines(written)[0]["status"] == 418


def test_lines_go_to_standard_error_as_the_settings_say() -> None:
    from django.conf import settings

    handlers = settings.LOGGING["handlers"]
    assert settings.LOGGING["root"]["handlers"] == ["console"] and set(handlers) == {"console"}
    built = logging.StreamHandler()  # what "class" names, without a stream
    assert handlers["console"] == {"class": "logging.StreamHandler", "formatter": "lines"}
    assert built.stream is sys.stderr
    assert settings.LOGGING["formatters"]["lines"]["()"] == "calpulli.site.logs.JsonLines"
