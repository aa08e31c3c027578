"""What looks typed to try, and addresses that lead nowhere in public; and what only resembles them."""

from __future__ import annotations

import pytest

from calpulli_core.text.standins import leads_nowhere, stand_ins


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nota de prueba.", ["de prueba"]),
        ("NOTA DE PRUEBA", ["DE PRUEBA"]),
        ("Esto es una prueba del área.", ["es una prueba"]),
        ("Prueba", ["Prueba"]),
        (" prueba. ", ["prueba."]),
        ("Test", ["Test"]),
        ("xxx", ["xxx"]),
        ("Ver oficio XXXX del área.", ["XXXX"]),
        ("Lorem ipsum dolor sit amet", ["Lorem ipsum"]),
        ("asdf", ["asdf"]),
        ("El dato está por definir.", ["por definir"]),
        ("Nota de\nprueba.", ["de\nprueba"]),
    ],
)
def test_a_text_typed_to_try_is_told_in_its_own_words(text: str, found: list[str]) -> None:
    assert stand_ins(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "El Consejo valoró los medios de prueba que ofreció el partido.",
        "Se amplió el periodo de prueba del sistema de resultados.",
        "Se hicieron pruebas al sistema de cómputo en abril.",
        "Artículo 121, fracción XXX, y fracción XXXIII.",
        "Año MMMM del calendario.",
        "El atestado y la protesta del cargo.",
        "La nota explica el texto del acuerdo.",
        "Sin cambios respecto del trimestre anterior.",
    ],
)
def test_words_that_mean_what_they_say_are_let_be(text: str) -> None:
    assert stand_ins(text) == []


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://ejemplo.mx/poa", "ejemplo.mx"),
        ("https://www.ejemplo.gob.mx/poa.pdf", "www.ejemplo.gob.mx"),
        ("http://EXAMPLE.com", "example.com"),
        ("https://docs.example.org/x", "docs.example.org"),
        ("https://sitio.test/poa", "sitio.test"),
        ("https://poa.invalid", "poa.invalid"),
        ("https://poa.example", "poa.example"),
        ("http://localhost:8000/poa", "localhost"),
        ("http://servidor.local/poa", "servidor.local"),
        ("http://intranet/poa", "intranet"),
        ("http://127.0.0.1/poa", "127.0.0.1"),
        ("http://192.168.1.10/poa", "192.168.1.10"),
        ("http://[::1]/poa", "::1"),
        ("https://ejemplo.mx./poa", "ejemplo.mx"),
    ],
)
def test_an_address_that_leads_nowhere_in_public_is_told_by_its_host(address: str, host: str) -> None:
    assert leads_nowhere(address) == host


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://www.iecm.mx/poa.pdf",
        "https://ejemplos.org.mx",
        "https://ejemplo.iecm.mx/poa",
        "https://latest.mx",
        "https://contest.com",
        "https://8.8.8.8/poa",
        "https://com.mx/ejemplo.mx",
        "https://[",
    ],
)
def test_a_public_address_is_let_be(address: str) -> None:
    assert leads_nowhere(address) == ""
