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
    "host",
    [
        *("ejemplo.mx", "www.ejemplo.gob.mx", "example.com", "docs.example.org", "ejemplo.mx.", "example"),
        *("sitio.test", "poa.invalid", "poa.example", "localhost", "servidor.local", "casa.home.arpa", "intranet"),
        *("127.0.0.1", "192.168.1.10", "::1"),
    ],
)
def test_a_host_that_leads_nowhere_in_public_is_told(host: str) -> None:
    assert leads_nowhere(host)


@pytest.mark.parametrize(
    "host", ["", "www.iecm.mx", "ejemplos.org.mx", "ejemplo.iecm.mx", "latest.mx", "contest.com", "8.8.8.8", "com.mx", "test.mx"]
)
def test_a_public_host_is_let_be(host: str) -> None:
    assert not leads_nowhere(host)
